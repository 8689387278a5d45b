"""Teller: the phases of a training as they go by, one line that changes on a terminal, lines elsewhere, or nothing."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TextIO

Tell = Callable[[str, int, int], None]
"""Told the phase in words, how many phases are done, and how many there are."""

Style = Literal["bar", "lines", "none"]
_WIDTH = 24


@dataclass
class Teller:
    """Tells each phase; to be called with the phase, and how many are done of how many.

    Attributes
    ----------
    style : {"bar", "lines", "none"}
        How it is told.
    stream : TextIO
        Where.
    """

    style: Style = "none"
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    _phase: str = ""
    _began: float = field(default_factory=time.monotonic)

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Tell that a phase begins."""
        if self.style == "bar":
            filled = _WIDTH * done // max(total, 1)
            self._write(f"\r\x1b[K{'━' * filled}{'╌' * (_WIDTH - filled)} {done}/{total} {phase}")
        elif self.style == "lines":
            self._end_line()
        self._phase, self._began = phase, time.monotonic()

    def end(self) -> None:
        """Tell that all is done."""
        if self.style == "bar" and self._phase:
            self._write("\r\x1b[K")
        elif self.style == "lines":
            self._end_line()

    def _end_line(self) -> None:
        if self._phase:
            self._write(f"{self._phase}: {time.monotonic() - self._began:.1f} s\n")

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()
