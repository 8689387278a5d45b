"""Hours of random gestures on every page: do heap, nodes, listeners and the server's memory stay as they are?

The run has legs, each on one page that is not left, so that a page that is loaded anew cannot hide what the one before
it held. What can be done on a page is discovered in it, so pages and cards that are new take part by themselves.
"""

import itertools
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.browser import load_database
from tests.benchmarks.chromium import Chromium, chromium
from tests.benchmarks.contenders import OURS
from tests.benchmarks.serving import served
from tests.benchmarks.slopes import slope_of
from tests.benchmarks.timing import machine, write_report
from tests.benchmarks.web import proportional_mb

SCRIPT = Path(__file__).with_name("soak.js").read_text(encoding="utf-8")
SAMPLE_EVERY = 250
LEAST_SAMPLES = 5
WEIGHTS = {"mark": 62, "button": 8, "filter": 7, "choice": 7, "remove": 6, "back": 5, "theme": 2, "select": 3}
SHIFT_SHARE = 0.25
_SETTLE_S = 1.0
_HOVER_S = 0.03


@dataclass(frozen=True)
class Sample:
    """Memory at one moment, after a garbage collection, without filters.

    Attributes
    ----------
    gestures, leg : int
        How many were made before, and in which leg.
    page : str
        Its path.
    heap_mb, server_mb : float
        The page's JavaScript heap, and the proportional set size of the server's processes.
    nodes, listeners : int
        Of the browser's renderer.
    """

    gestures: int
    leg: int
    page: str
    heap_mb: float
    nodes: int
    listeners: int
    server_mb: float


QUANTITIES = {"heap MB": "heap_mb", "nodes": "nodes", "listeners": "listeners", "server MB": "server_mb"}


class Reader:
    """Someone who makes random gestures at a steady rate.

    Parameters
    ----------
    browser : Chromium
        Where.
    seed : int
        Equal seeds make equal choices where the page is equal.
    """

    def __init__(self, browser: Chromium, seed: int = 11) -> None:
        self.browser = browser
        self.done: Counter[str] = Counter()
        self._random = random.Random(seed)

    def gesture(self) -> None:
        """Do one thing; what is not there is counted as a missed one and replaced by a click on a mark."""
        (kind,) = self._random.choices([*WEIGHTS], [*WEIGHTS.values()])
        done = self._do(kind)
        self.done[kind if done else f"no {kind}"] += 1
        if not done and kind != "mark":
            self.done["mark" if self._do("mark") else "no mark"] += 1

    def _do(self, kind: str) -> bool:
        share = self._random.random()
        if kind == "back":
            self.browser.run("location.search ? history.back() : null")
            return True
        if kind == "choice":
            self.click(f"__soak.target('filter', {self._random.random()})")
        if kind == "select":
            return bool(self.browser.run(f"__soak.select({share})"))
        return self.click(
            f"__soak.target('{kind}', {share})", shift=kind == "mark" and share % 0.01 < SHIFT_SHARE / 100
        )

    def click(self, place: str, *, shift: bool = False) -> bool:
        """Click where an expression of the page says; return whether it is anywhere."""
        found = self.browser.run(place)
        if found:
            self.browser.point(found[0], found[1], _HOVER_S)
            self.browser.press(found[0], found[1], shift=shift)
        return bool(found)

    def go(self, path: str) -> None:
        """Go to a page by its link in the navigation."""
        self.click(f"__soak.linkTo('{path}')")
        time.sleep(2 * _SETTLE_S)

    def rest(self) -> None:
        """Bring the page to where samples are taken: light, nothing open, no filter, settled."""
        self.browser.key("Escape")
        self.click("__soak.target('remove', 0.9999)")
        if self.browser.run("document.documentElement.dataset.theme") == "dark":
            self.click("__soak.target('theme', 0)")
        self.browser.run("scrollTo(0, 0)")
        time.sleep(_SETTLE_S)


def measure(n_gestures: int, minutes: float, n_rows: int) -> str:
    """Return the table of slopes with their verdicts; it is kept in build/benchmarks too.

    Parameters
    ----------
    n_gestures : int
        On all pages together.
    minutes : float
        The time they take, where the machine can; gestures are never hurried beyond it.
    n_rows : int
        Sessions.
    """
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        database = Path(folder) / "sessions.db"
        load_database(database, n_rows)
        environment = OURS.environment(database, Path(folder))
        with served(OURS.python(), OURS.module, environment) as (address, pid), chromium() as browser:
            browser.cdp("Browser.setDownloadBehavior", behavior="deny")
            browser.before_each_page(SCRIPT)
            browser.open(address)
            time.sleep(2 * _SETTLE_S)
            reader, begin = Reader(browser), time.monotonic()
            samples = list(_samples(reader, pid, n_gestures, minutes * 60 / n_gestures))
            faults = browser.complaints()
    data: dict[str, Any] = {"machine": machine("dash", "gunicorn"), "rows": n_rows, "gestures": dict(reader.done)}
    data |= {"minutes": (time.monotonic() - begin) / 60, "complaints": faults}
    return _table(samples, n_gestures, data)


def _samples(reader: Reader, pid: int, n_gestures: int, pause_s: float) -> Iterator[Sample]:
    pages = reader.browser.run("__soak.pages()")
    n_legs = max(len(pages), min(2 * len(pages), n_gestures // SAMPLE_EVERY // LEAST_SAMPLES))
    a_leg = n_gestures // n_legs
    every = max(1, min(SAMPLE_EVERY, a_leg // LEAST_SAMPLES))
    for leg in range(n_legs):
        for path in [*pages, pages[leg % len(pages)]]:
            reader.go(path)
        for number in range(a_leg):
            due = time.monotonic() + pause_s
            reader.gesture()
            time.sleep(max(0.0, due - time.monotonic()))
            if (number + 1) % every == 0:
                yield _sample(reader, pid, leg * a_leg + number + 1, leg)


def _sample(reader: Reader, pid: int, gestures: int, leg: int) -> Sample:
    reader.rest()
    browser = reader.browser
    for _ in range(2):
        browser.cdp("HeapProfiler.collectGarbage")
    browser.cdp("Performance.enable")
    found = {metric["name"]: metric["value"] for metric in browser.cdp("Performance.getMetrics")["metrics"]}
    counts = (found["JSHeapUsedSize"] / 1e6, int(found["Nodes"]), int(found["JSEventListeners"]))
    return Sample(gestures, leg, browser.run("location.pathname"), *counts, proportional_mb(pid))


def _table(samples: list[Sample], n_gestures: int, data: dict[str, Any]) -> str:
    """Return a line for each quantity; the first sample of a leg is left out, for what is made once and kept."""
    kept = [now for before, now in itertools.pairwise(samples) if before.leg == now.leg]
    rows = []
    for label, name in QUANTITIES.items():
        legs = [0 if name == "server_mb" else sample.leg for sample in kept]
        slope = slope_of([sample.gestures for sample in kept], [getattr(sample, name) for sample in kept], legs)
        interval = f"{slope.low:+.3f} to {slope.high:+.3f}"
        rows.append([label, f"{slope.level:,.1f}", f"{slope.value:+.3f}", interval, slope.n, slope.verdict(n_gestures)])
    data["samples"] = [vars(sample) for sample in samples]
    head = ["quantity", "level", "in 1,000 gestures", "95 % interval", "samples", "verdict"]
    return write_report("soak", data, head, rows)
