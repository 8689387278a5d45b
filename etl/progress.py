"""Progress of a load: a bar on a terminal, plain lines elsewhere, or nothing; always the truth about what is done."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

EVERY_S = 5.0
Style = Literal["bar", "lines", "none"]


@dataclass
class Reporter:
    """Tells how far a run is.

    Attributes
    ----------
    style : {"bar", "lines", "none"}
        How it is told.
    stream : TextIO
        Where.
    timings : dict of str to float
        Seconds that each phase took, also where nothing is told.
    """

    style: Style = "none"
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    timings: dict[str, float] = field(default_factory=dict)
    _progress: Progress | None = None
    _task: TaskID | None = None
    _began: float = 0.0
    _told: float = 0.0

    @contextmanager
    def phase(self, name: str, size: int = 0) -> Iterator[None]:
        """Time a phase and tell of it.

        Parameters
        ----------
        name : str
            What is done, such as ``"load rows"``.
        size : int
            What `advance` counts up to; 0 where it is not known.
        """
        self._began = self._told = time.monotonic()
        with self._shown(name, size):
            yield
        took = time.monotonic() - self._began
        self.timings[name] = self.timings.get(name, 0.0) + took
        if self.style == "lines":
            self._line(f"{name}: {took:.1f} s")

    def advance(self, done: int, size: int, n_rows: int) -> None:
        """Tell that ``done`` of ``size`` has been read, which were so many rows."""
        now = time.monotonic()
        rate = n_rows / max(now - self._began, 1e-6)
        if self._progress and self._task is not None:
            rows = f"{n_rows:,} rows, {rate:,.0f}/s"
            self._progress.update(self._task, completed=done, total=size or None, rows=rows)
        elif self.style == "lines" and now - self._told >= EVERY_S:
            self._told = now
            share = f"{done / size:.0%}, " if size else ""
            left = f", {(size - done) * (now - self._began) / done:.0f} s left" if size and done else ""
            self._line(f"{share}{n_rows:,} rows, {rate:,.0f}/s{left}")

    def _line(self, text: str) -> None:
        self.stream.write(text + "\n")
        self.stream.flush()

    @contextmanager
    def _shown(self, name: str, size: int) -> Iterator[None]:
        if self.style != "bar":
            yield
            return
        columns = [SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rows]}")]
        console = Console(file=self.stream)
        with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=console) as progress:
            self._progress, self._task = progress, progress.add_task(name, total=size or None, rows="")
            yield
            progress.update(self._task, total=1, completed=1) if not size else None
        self._progress = self._task = None
