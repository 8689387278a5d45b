"""Domain: the members of a dimension in one version of the data, and where a value or a clause falls among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from semantic.catalog import MISSING, Dimension
from semantic.filter import AnyClause, Clause, FilterError, RangeClause

EPOCH = date(1970, 1, 1)
_TARGET_BINS = 20


@dataclass(frozen=True)
class Domain:
    """The members of one dimension, in their fixed order.

    Attributes
    ----------
    dimension : Dimension
        Whose members they are.
    members : tuple of str
        Labels; `MISSING`, where the data has missing values, stands last.
    edges : tuple of float
        Cuts of a binned dimension: ``len(edges) + 1`` half-open bins, the outer two unbounded.
    """

    dimension: Dimension
    members: tuple[str, ...]
    edges: tuple[float, ...] = ()

    def __len__(self) -> int:
        return len(self.members)

    @cached_property
    def position_of(self) -> dict[str, int]:
        """Member name to its place."""
        return {member: place for place, member in enumerate(self.members)}

    @property
    def n_present(self) -> int:
        """Number of members other than `MISSING`."""
        return len(self.members) - (MISSING in self.position_of)

    @property
    def first_day(self) -> date:
        """First day of a time dimension."""
        return date.fromisoformat(self.members[0])

    def unknown(self, clause: AnyClause) -> tuple[str, ...]:
        """Return the values of the clause that are no members."""
        return tuple(v for v in clause.values if v not in self.position_of) if isinstance(clause, Clause) else ()

    def mask(self, clause: AnyClause) -> npt.NDArray[np.bool_]:
        """Return which members the clause keeps, shape (len(self),).

        Raises
        ------
        FilterError
            Where a range is asked of a dimension without an order, or with ends of the wrong type.
        """
        kept = np.zeros(len(self.members), dtype=bool)
        if isinstance(clause, Clause):
            kept[[self.position_of[v] for v in clause.values if v in self.position_of]] = True
        else:
            low, high = self._places(clause)
            kept[max(low, 0) : max(min(high, self.n_present), 0)] = True
        return kept

    def is_exact(self, clause: AnyClause) -> bool:
        """Return whether the clause keeps whole members only, so that sums per member can answer it."""
        if isinstance(clause, Clause) or self.dimension.kind == "time":
            return True
        return all(end is None or end in self.edges for end in (clause.low, clause.high))

    def _places(self, clause: RangeClause) -> tuple[int, int]:
        check_range(self.dimension, clause)
        if not self.n_present:
            return 0, 0
        if self.dimension.kind == "time":
            low = (clause.low - self.first_day).days if isinstance(clause.low, date) else 0
            high = (clause.high - self.first_day).days if isinstance(clause.high, date) else self.n_present
            return low, high
        edges = np.asarray(self.edges)
        low = int(np.searchsorted(edges, clause.low, side="right")) if isinstance(clause.low, float) else 0
        high = (
            int(np.searchsorted(edges, clause.high, side="left")) + 1
            if isinstance(clause.high, float)
            else self.n_present
        )
        return low, high

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` needs beside the dimension."""
        return {"members": list(self.members), "edges": list(self.edges)}

    @classmethod
    def from_json(cls, dimension: Dimension, data: Mapping[str, Any]) -> "Domain":
        """Return the domain that `to_json` wrote."""
        return cls(dimension, tuple(data["members"]), tuple(data["edges"]))


def check_range(dimension: Dimension, clause: RangeClause) -> None:
    """Raise FilterError where the dimension has no order, or an end is of the wrong type."""
    ends = [end for end in (clause.low, clause.high) if end is not None]
    if dimension.kind == "time":
        wanted, fits = "days such as 2026-07-01", all(isinstance(end, date) for end in ends)
    elif dimension.is_binned:
        wanted, fits = "numbers", not any(isinstance(end, date) for end in ends)
    else:
        raise FilterError(f"{dimension.name} has no order, so it cannot hold a range; give values such as a,b")
    if not fits:
        raise FilterError(f"{dimension.name} has a range {clause.to_text()}; its ends must be {wanted}")


def bin_labels(edges: tuple[float, ...], *, integral: bool) -> tuple[str, ...]:
    """Return what the bins between and beyond the edges are called.

    Parameters
    ----------
    edges : tuple of float
        Ascending cuts.
    integral : bool
        True where the column holds whole numbers: the bin from 18 to before 26 is then ``18–25``.

    Returns
    -------
    tuple of str
        ``len(edges) + 1`` labels.

    Examples
    --------
    >>> bin_labels((18, 26, 36), integral=True)
    ('under 18', '18–25', '26–35', '36 and over')
    """
    texts = [f"{edge:,.10g}" for edge in edges]
    inner = [_bin_label(low, high, integral=integral) for low, high in pairwise(edges)]
    return (f"under {texts[0]}", *inner, f"{texts[-1]} and over")


def _bin_label(low: float, high: float, *, integral: bool) -> str:
    if not integral:
        return f"{low:,.10g}–{high:,.10g}"
    return f"{low:,.10g}" if high - low == 1 else f"{low:,.10g}–{high - 1:,.10g}"


def choose_edges(values: npt.NDArray[np.float64]) -> tuple[float, ...]:
    """Return round cuts that part the bulk of the values into about twenty bins.

    Parameters
    ----------
    values : ndarray of float, shape (n,)
        A sample; NaN is passed over.

    Returns
    -------
    tuple of float
        Multiples of 1, 2, 2.5 or 5 times a power of ten between the 1st and the 99th percentile; at least one.
    """
    present = values[np.isfinite(values)]
    if not present.size:
        return (0.0,)
    low, high = np.percentile(present, [1, 99])
    integral = bool(np.all(present == np.round(present)))
    if high <= low:
        return (float(low),)
    raw = max((high - low) / _TARGET_BINS, 1.0 if integral else 0.0)
    power = 10.0 ** np.floor(np.log10(raw))
    steps = [1.0, 2.0, 5.0, 10.0] if integral else [1.0, 2.0, 2.5, 5.0, 10.0]
    step = next(power * s for s in steps if power * s >= raw * (1 - 1e-9))
    first, last = np.ceil(low / step), np.floor(high / step)
    return tuple(float(np.round(k * step, 10)) for k in np.arange(first, last + 1)) or (float(low),)


def day_members(first: int, last: int) -> tuple[str, ...]:
    """Return the ISO names of all days from first to last, both days since 1970."""
    return tuple((EPOCH + timedelta(days=day)).isoformat() for day in range(first, last + 1))
