"""Thousands of random requests, as the page sends them: does the server's memory level off, and where?

What can be filtered and chosen is discovered in the page's data, so cards that are new take part by themselves.
"""

import json
import random
import tempfile
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.benchmarks.browser import load_database
from tests.benchmarks.contenders import OURS
from tests.benchmarks.serving import served
from tests.benchmarks.slopes import slope_of
from tests.benchmarks.timing import machine, write_report
from tests.benchmarks.web import proportional_mb

N_SAMPLES = 24
N_AT_ONCE = 3
WEIGHTS = {"/page-data/explore": 34, "/page-data/": 34, "/api/v1/sessions": 20, "/cards": 4, "/data-version": 4}
WEIGHTS |= {"/page-data/model": 1, "/page-data/data": 1, "/explore": 1, "/api/v1/sessions.csv": 1}
_KINDS = ("json", "csv", "xlsx", "zip")


@dataclass(frozen=True)
class Sample:
    """Memory at one moment.

    Attributes
    ----------
    requests : int
        How many were answered before.
    server_mb, own_mb : float
        The proportional set size of the server's processes, and what of it are no pages of files, which the system
        takes back when it needs them.
    """

    requests: int
    server_mb: float
    own_mb: float


class Caller:
    """Draws addresses.

    Parameters
    ----------
    shown : dict
        The data of the page Explore without a filter.
    seed : int
        Equal seeds draw equal addresses.
    """

    def __init__(self, shown: dict[str, Any], seed: int = 5) -> None:
        self._random = random.Random(seed)
        self._members = {name: choice["members"] for name, choice in shown["choices"].items()}
        self._edges = {name: choice["edges"] for name, choice in shown["choices"].items() if choice["edges"]}
        self._options = {name: value for view in shown["views"].values() for name, value in view["chosen"].items()}
        self._views = sorted(shown["views"])

    def draw(self) -> str:
        """Return the path and query of a request."""
        (path,) = self._random.choices([*WEIGHTS], [*WEIGHTS.values()])
        parts = self._filter()
        if path == "/page-data/explore":
            parts += [f"{name}={value}" for name, value in self._chosen()]
        if path == "/api/v1/sessions":
            parts.append(f"first={self._random.choice([0, 0, 100, 1000])}")
        if path == "/cards":
            path = f"/cards/{self._random.choice(self._views)}.{self._random.choice(_KINDS)}"
        return f"{path}?{'&'.join(parts)}"

    def _filter(self) -> list[str]:
        names = self._random.sample(sorted(self._members), self._random.randrange(min(4, len(self._members) + 1)))
        return [f"{name}={self._values(name)}" for name in names]

    def _values(self, name: str) -> str:
        if name in self._edges and self._random.random() < 0.5:
            low, high = sorted(self._random.sample(range(60), 2))
            return f"{low}..{high}"
        members = self._members[name]
        return ",".join(quote(str(one)) for one in self._random.sample(members, min(len(members), 2)))

    def _chosen(self) -> Iterator[tuple[str, str]]:
        for name, value in self._options.items():
            if self._random.random() < 0.3:
                known = ["2", "3"] if value in ("2", "3") else [*self._members] if value in self._members else [value]
                yield name, self._random.choice(known)


def measure(n_requests: int, n_rows: int) -> str:
    """Return the table of the server's memory by requests; it is kept in build/benchmarks too.

    Parameters
    ----------
    n_requests : int
        In all.
    n_rows : int
        Sessions.
    """
    found = samples(n_requests, n_rows)
    late = found[len(found) // 2 :]
    slope = slope_of([one.requests for one in late], [one.own_mb for one in late], [0] * len(late))
    data = {"machine": machine("gunicorn", "sqlalchemy", "pyarrow"), "rows": n_rows, "samples": [*map(vars, found)]}
    rows = [[f"{one.requests:,}", f"{one.server_mb:.0f}", f"{one.own_mb:.0f}"] for one in found]
    verdict = f"{slope.low:+.1f} to {slope.high:+.1f}; {slope.verdict(n_requests - late[0].requests)}"
    return write_report(
        "memory", data, ["requests", "server MB", "less files MB"], [*rows, ["in 1,000, second half", "", verdict]]
    )


def samples(n_requests: int, n_rows: int) -> list[Sample]:
    """Return the memory when ready and as requests under random filters are answered, a few at a time."""
    with tempfile.TemporaryDirectory(prefix="memory-") as folder:
        database = Path(folder) / "sessions.db"
        load_database(database, n_rows)
        environment = OURS.environment(database, Path(folder))
        with served(OURS.python(), OURS.module, environment) as (address, pid):
            found = [_sample(0, pid)]
            caller = Caller(json.loads(_answer(f"{address}/page-data/explore")))
            addresses = [address + caller.draw() for _ in range(n_requests)]
            with ThreadPoolExecutor(N_AT_ONCE) as pool:
                for first in range(0, n_requests, step := max(1, n_requests // N_SAMPLES)):
                    list(pool.map(_answer, some := addresses[first : first + step]))
                    found.append(_sample(first + len(some), pid))
            return found


def _sample(requests: int, pid: int) -> Sample:
    return Sample(requests, proportional_mb(pid), proportional_mb(pid, "Pss_Anon"))


def _answer(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=120) as response:
        return bytes(response.read())
