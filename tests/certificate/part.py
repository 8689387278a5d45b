"""A part of the certificate: cells that are measured one by one, and what is said of all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from analytics.experiment.proportion import wilson
from tests.certificate.draws import Row


@dataclass(frozen=True)
class Section:
    """What a part says.

    Attributes
    ----------
    sentence : str
        The result in one sentence.
    is_kept : bool
        Whether the part shows what it promises.
    text : str
        Markdown: method, tables, what falls short.
    plots : dict of str to str
        SVG by file name.
    """

    sentence: str
    is_kept: bool
    text: str
    plots: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A part of the certificate.

    Attributes
    ----------
    letter : str
        How it is called by ``make certify PART=a``.
    title, promise : str
        What it is of, and what it promises.
    cells : sequence of Row
        What is measured, one at a time.
    measure : callable
        From a cell and a size (1: in full) to what was measured.
    section : callable
        From the rows of all cells to what is said.
    module : str
        File that it stands in; it is measured anew when ``measure``, or anything that this rests on, changes.
    """

    letter: str
    title: str
    promise: str
    cells: Sequence[Row]
    measure: Callable[[Row, float], Row]
    section: Callable[[Sequence[Row]], Section]
    module: str

    def row_of(self, cell: Row, size: float = 1.0) -> Row:
        """Return a cell with what was measured of it."""
        return {**cell, **self.measure(cell, size)}


def upper_bound(share: float, n: int) -> float:
    """Return how large a share, measured of n, may be: the upper end of its 95 % interval."""
    return float(wilson(round(share * n), n).high)


def column(rows: Sequence[Row], name: str) -> np.ndarray:
    """Return one number of each row."""
    return np.array([row[name] for row in rows], dtype=float)


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return a table as Markdown."""
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def percent(value: float, digits: int = 1) -> str:
    """Return a share as text."""
    return f"{100 * value:.{digits}f} %"
