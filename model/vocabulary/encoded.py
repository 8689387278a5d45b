"""Encoded: numbers for a model, with what was repaired and what cannot be defended."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.examples import Floats, Whole
from model.vocabulary.meaning import Meaning

MOST_FLAGS = 1_000
"""How many different values of one column are told one by one."""


@dataclass(frozen=True, slots=True)
class Flag:
    """What is said of one value in one column.

    Attributes
    ----------
    feature : str
        Name of the feature.
    why : str
        One sentence with the value.
    rows : ndarray of int
        Where it stands.
    """

    feature: str
    why: str
    rows: Whole


@dataclass(frozen=True, slots=True)
class Encoded:
    """Many sessions as numbers.

    Attributes
    ----------
    x : ndarray of float, shape (n, k)
        In the order of the features; in rows with a fault what one prediction would be made from.
    faults : tuple of Flag
        Values that the model cannot answer for; their rows are refused.
    repairs : tuple of Flag
        Values that were read as another one.
    """

    x: Floats
    faults: tuple[Flag, ...]
    repairs: tuple[Flag, ...]

    @property
    def is_faulty(self) -> npt.NDArray[np.bool_]:
        """Which rows are refused, shape (n,)."""
        mask = np.zeros(len(self.x), dtype=bool)
        for flag in self.faults:
            mask[flag.rows] = True
        return mask

    def reasons(self) -> dict[int, str]:
        """Return the sentences of each row that is refused."""
        return _by_row(self.faults)

    def notices(self) -> dict[int, str]:
        """Return the sentences of each row in which something was repaired."""
        return _by_row(self.repairs)


@dataclass(frozen=True, slots=True)
class EncodedOne:
    """One session as numbers.

    Attributes
    ----------
    x : ndarray of float, shape (k,)
        In the order of the features.
    notices : tuple of str
        A sentence for each value that is not what the model knows.
    """

    x: Floats
    notices: tuple[str, ...]


def flags_of(name: str, codes: Whole, meanings: Sequence[Meaning]) -> tuple[list[Flag], list[Flag]]:
    """Return the faults and the repairs of a column.

    Parameters
    ----------
    name : str
        Of the feature.
    codes : ndarray of int, shape (n,)
        Which meaning each row has.
    meanings : sequence of Meaning
        Of the distinct values.
    """
    faults: list[Flag] = []
    repairs: list[Flag] = []
    is_noted = np.array([bool(meaning.note) for meaning in meanings], dtype=bool)
    rows = np.flatnonzero(is_noted[codes]) if is_noted.any() else np.zeros(0, np.int64)
    rows = rows[np.argsort(codes[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(codes[rows], prepend=-1)) if len(rows) else rows
    for group in np.split(rows, starts[1:]) if len(rows) else ():
        meaning = meanings[codes[group[0]]]
        (faults if meaning.is_fault else repairs).append(Flag(name, f"{meaning.note}.", group))
    return _few(name, faults), _few(name, repairs)


def _few(name: str, flags: list[Flag]) -> list[Flag]:
    if len(flags) <= MOST_FLAGS:
        return flags
    rest = flags[MOST_FLAGS - 1 :]
    rows = np.sort(np.concatenate([flag.rows for flag in rest]))
    why = f"{len(rest):,} more values like this one: {rest[0].why}"
    return [*flags[: MOST_FLAGS - 1], Flag(name, why, rows)]


def _by_row(flags: Sequence[Flag]) -> dict[int, str]:
    found: dict[int, str] = {}
    for flag in flags:
        for row in flag.rows.tolist():
            found[row] = f"{found[row]} {flag.why}" if row in found else flag.why
    return dict(sorted(found.items()))
