"""From a click to the last chart repainted, and the first load, in a browser, beside two peers over the same rows."""

import itertools
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from config import Config, load_config
from etl.__main__ import main as etl
from semantic.database import engine_for
from semantic.store import Store
from tests.benchmarks.chromium import PROBE, Chromium, chromium
from tests.benchmarks.contenders import CONTENDERS, OURS, Contender
from tests.benchmarks.loads import FirstLoad, first_load
from tests.benchmarks.peer_rows import write_rows
from tests.benchmarks.serving import ROOT, served
from tests.benchmarks.timing import machine, write_report

N_WARM = 5
N_LOADS = 3
N_LEAST = 3
SECONDS = 120
"""How long a contender is measured; one that is slower gets fewer gestures."""

MEMBERS = {
    "device": ("Mobile", "Desktop", "Tablet"),
    "location": ("Bangalore", "Mumbai", "Delhi", "Hyderabad", "Chennai", "Kolkata"),
    "category": ("Electronics", "Fashion", "Home", "Books", "Beauty"),
    "gender": ("Female", "Male", "Other"),
    "age": ("18–25", "26–35", "36–50", "over 50"),
}
Click = tuple[str, str]


@dataclass(frozen=True)
class Gestures:
    """What was measured of one contender at one size.

    Attributes
    ----------
    contender : str
        Its name.
    n_rows : int
        Sessions.
    outcomes : tuple of dict
        One a gesture, as the probe gives them.
    loads : tuple of FirstLoad
        First loads, each with an empty cache.
    """

    contender: str
    n_rows: int
    outcomes: tuple[dict[str, Any], ...]
    loads: tuple[FirstLoad, ...]

    def quantile(self, key: str, share: float) -> float:
        """Return a quantile over the gestures, in milliseconds."""
        known = [outcome[key] for outcome in self.outcomes if outcome[key] is not None]
        return float(np.quantile(known, share)) if known else float("nan")


def measure(sizes: list[int], n_gestures: int, seconds: float = SECONDS) -> str:
    """Return both tables, of gestures and of first loads; they are kept in build/benchmarks too.

    Parameters
    ----------
    sizes : list of int
        Sessions.
    n_gestures : int
        For each contender and size.
    seconds : float
        After which a contender gets no further gesture.
    """
    found = [one for n_rows in sizes for one in _of_size(n_rows, n_gestures, seconds)]
    data: dict[str, Any] = {"machine": machine("dash", "plotly", "pandas", "gunicorn")}
    data["outcomes"] = {f"{one.contender} {one.n_rows}": one.outcomes for one in found}
    data["loads"] = {f"{one.contender} {one.n_rows}": [load.to_json() for load in one.loads] for one in found}
    return _gesture_table(found, data) + "\n\n" + _load_table(found, data)


def _of_size(n_rows: int, n_gestures: int, seconds: float) -> Iterator[Gestures]:
    with tempfile.TemporaryDirectory(prefix="browser-") as folder:
        database, rows = Path(folder) / "sessions.db", Path(folder) / "sessions.parquet"
        load_database(database, n_rows)
        config = load_config(ROOT / "config.yaml", {})
        write_rows(database, rows, config, Store(engine_for(f"sqlite:///{database}", read_only=True), config.catalog))
        for contender in CONTENDERS:
            with served(contender.python(), contender.module, contender.environment(database, rows)) as (address, _):
                loads = tuple(first_load(contender, address) for _ in range(N_LOADS))
                outcomes = tuple(gestures(contender, address, n_gestures, seconds))
            one = Gestures(contender.name, n_rows, outcomes, loads)
            sys.stderr.write(" ".join(_gesture_line(one, one)[:7]) + "\n")
            yield one


def load_database(database: Path, n_rows: int) -> Config:
    """Load that many simulated sessions into a new SQLite file, as ``python -m etl load`` does."""
    written = (ROOT / "config.yaml").read_text(encoding="utf-8")
    path = database.with_suffix(".yaml")
    lines = [f"  sessions: {n_rows}" if line.startswith("  sessions:") else line for line in written.splitlines()]
    lines = [f"database: sqlite:///{database}" if line.startswith("database:") else line for line in lines]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if etl(["load", "--config", str(path), "--quiet"]):
        raise RuntimeError(f"{n_rows} sessions cannot be loaded")
    return load_config(path, {})


def clicks(n: int, seed: int = 7) -> list[tuple[Click, bool]]:
    """Return random clicks, each with whether all filters are removed before it.

    They come in pairs of two dimensions, so that one filter is in force after the first and two after the second.
    """
    draw = random.Random(seed)
    pairs = (draw.sample(sorted(MEMBERS), 2) for _ in itertools.count())
    chosen = ((name, draw.choice(MEMBERS[name]), place == 0) for pair in pairs for place, name in enumerate(pair))
    return [((name, member), is_first) for name, member, is_first in itertools.islice(chosen, n)]


def gestures(contender: Contender, address: str, n: int, seconds: float) -> Iterator[dict[str, Any]]:
    """Yield what the probe noted of each gesture after those that warm up, until the seconds are over.

    Parameters
    ----------
    contender : Contender
        Whose page.
    address : str
        Where it is served.
    n : int
        How many count.
    seconds : float
        For all, though a few gestures always count; a quarter of them at most goes to warming up.
    """
    with chromium() as browser:
        browser.before_each_page(contender.script + PROBE)
        browser.open(address)
        browser.run("__probe.outcome()")
        begin, n_done = time.monotonic(), 0
        for number, (click, is_first) in enumerate(clicks(n + N_WARM)):
            spent = time.monotonic() - begin
            if n_done == n or (n_done >= N_LEAST and spent > seconds):
                return
            if is_first and number:
                press(browser, f"document.querySelector('{contender.clear}')")
                browser.run("__probe.settled()")
            outcome = gesture(browser, contender, click)
            if number >= N_WARM or (number and spent > seconds / 4):
                n_done += 1
                yield {"click": click, **outcome}


def gesture(browser: Chromium, contender: Contender, click: Click) -> dict[str, Any]:
    """Click a mark and return what the probe noted."""
    press(browser, f"({contender.mark})({json.dumps(click[0])}, {json.dumps(click[1])})", "__probe.arm()")
    outcome: dict[str, Any] = browser.run("__probe.outcome()")
    return outcome


def press(browser: Chromium, element: str, before: str = "0") -> None:
    """Click the middle of an element with the mouse.

    Parameters
    ----------
    browser : Chromium
        Where.
    element : str
        An expression.
    before : str
        What is run between pointing and pressing.
    """
    box = browser.run(
        f"(() => {{ const b = ({element}).getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; }})()"
    )
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    browser.point(x, y)
    browser.run(before)
    browser.press(x, y)


def _gesture_table(found: list[Gestures], data: dict[str, Any]) -> str:
    head = [
        "rows",
        "contender",
        "p50 ms",
        "p95 ms",
        "first number p50 ms",
        "charts",
        "timed",
        "ours as a share, p50",
        "p95",
    ]
    return write_report("browser", data, head, [_gesture_line(one, _ours(found, one.n_rows)) for one in found])


def _ours(found: list[Gestures], n_rows: int) -> Gestures:
    return next(one for one in found if one.n_rows == n_rows and one.contender == OURS.name)


def _gesture_line(one: Gestures, ours: Gestures) -> list[str]:
    p50, p95 = one.quantile("last_chart_ms", 0.5), one.quantile("last_chart_ms", 0.95)
    shares = [ours.quantile("last_chart_ms", 0.5) / p50, ours.quantile("last_chart_ms", 0.95) / p95]
    told, n_charts = one.quantile("first_kpi_ms", 0.5), one.quantile("n_charts", 0.5)
    numbers = [f"{p50:.0f}", f"{p95:.0f}", f"{told:.0f}", f"{n_charts:.0f}", str(len(one.outcomes))]
    return [f"{one.n_rows:,}", one.contender, *numbers, *(f"{share:.2f}" for share in shares)]


def _load_table(found: list[Gestures], data: dict[str, Any]) -> str:
    head = ["rows", "contender", "transferred KB", "unpacked KB", "requests", "first number ms", "last chart ms"]
    lines = []
    for one in found:
        middle = sorted(one.loads, key=lambda load: load.last_chart_ms)[len(one.loads) // 2]
        sizes = [f"{sum(middle.transferred.values()) / 1000:,.0f}", f"{middle.unpacked / 1000:,.0f}"]
        times = [f"{middle.first_kpi_ms:.0f}", f"{middle.last_chart_ms:.0f}"]
        lines.append([f"{one.n_rows:,}", one.contender, *sizes, str(middle.n_requests), *times])
    return write_report("first-load", data, head, lines)
