"""Timings and how they are written down."""

import json
import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

N_ROUNDS = 5
"""How often all gestures are gone through, so that a moment of noise does not decide."""

BUILD = Path(__file__).resolve().parents[2] / "build" / "benchmarks"

T = TypeVar("T")


@dataclass(frozen=True)
class Timing:
    """Wall times of the same thing done again and again.

    Attributes
    ----------
    seconds : tuple of float
        One a repetition.
    """

    seconds: tuple[float, ...]

    @property
    def p50_ms(self) -> float:
        """Median in milliseconds."""
        return float(np.quantile(self.seconds, 0.5) * 1000)

    @property
    def p95_ms(self) -> float:
        """95th percentile in milliseconds."""
        return float(np.quantile(self.seconds, 0.95) * 1000)

    @property
    def max_ms(self) -> float:
        """Longest in milliseconds."""
        return max(self.seconds) * 1000


def time_each(work: Callable[[T], object], items: Sequence[T], seconds: float, n_warm: int = 5) -> Timing:
    """Return the times of the work on each item, in rounds, until these or the seconds are used up.

    Parameters
    ----------
    work : callable
        What is timed.
    items : sequence
        What it is called with, one at a time.
    seconds : float
        When to stop early.
    n_warm : int
        Calls before the clock runs.
    """
    for item in items[:n_warm]:
        work(item)
    times: list[float] = []
    deadline = time.perf_counter() + seconds
    for item in [*items] * N_ROUNDS:
        begin = time.perf_counter()
        work(item)
        times.append(time.perf_counter() - begin)
        if time.perf_counter() > deadline:
            break
    return Timing(tuple(times))


def time_once(work: Callable[[T], object], items: Sequence[T], seconds: float) -> Timing:
    """Return the time of the work on each item, done once and in order, until the seconds are used up.

    Parameters
    ----------
    work : callable
        What is timed.
    items : sequence
        What it is called with.
    seconds : float
        When to stop early.
    """
    times: list[float] = []
    for item in items:
        times.append(stopwatch(lambda item=item: work(item)))  # type: ignore[misc]
        if sum(times) > seconds:
            break
    return Timing(tuple(times))


def stopwatch(work: Callable[[], object]) -> float:
    """Return how many seconds the work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def machine(*packages: str) -> dict[str, Any]:
    """Return what the numbers depend on: cores, system, Python and versions of packages."""
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
        **{name: version(name) for name in packages},
    }


def write_report(name: str, data: dict[str, Any], header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return the table as Markdown, and keep it with its data in build/benchmarks.

    Parameters
    ----------
    name : str
        Of the files.
    data : dict
        Everything measured, for later.
    header : sequence of str
        Heads of the columns.
    rows : sequence of sequences
        Cells.
    """
    lines = [header, ["---"] * len(header), *rows]
    table = "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / f"{name}.json").write_text(json.dumps(data, indent=1), encoding="utf-8")
    (BUILD / f"{name}.md").write_text(table + "\n", encoding="utf-8")
    return table
