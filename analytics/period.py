"""Period: which days a filter keeps, and the stretch of the same length before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from semantic.catalog import DAY, MISSING
from semantic.filter import AnyClause, Clause, Filter, RangeClause

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Period:
    """What a clause on days means for the days of the data.

    Attributes
    ----------
    kept : ndarray of bool, shape (days,)
        Days whose sessions count; without a clause also those without a day.
    previous : ndarray of bool, shape (days,)
        As many days just before; none where the data does not reach back that far or the clause is no range.
    days : tuple of str
        ISO days kept.
    previous_days : tuple of str
        ISO days of the previous period.
    """

    kept: Mask
    previous: Mask
    days: tuple[str, ...]
    previous_days: tuple[str, ...]

    @classmethod
    def of(cls, clause: AnyClause | None, members: Sequence[str]) -> "Period":
        """Return the period of a clause.

        Parameters
        ----------
        clause : Clause, RangeClause or None
            What the filter says of days; None keeps all.
        members : sequence of str
            ISO days of the data without gaps, `MISSING` last where it occurs.
        """
        kept = np.array([_keeps(clause, member) for member in members], dtype=bool)
        previous = np.zeros(len(members), dtype=bool)
        if clause is not None and not isinstance(clause, Clause) and kept.any():
            first, last = np.flatnonzero(kept)[[0, -1]]
            length = last + 1 - first
            previous[first - length : first] = first >= length
        return cls(kept, previous, _days(members, kept), _days(members, previous))


def previous_period(where: Filter, first_day: date, last_day: date) -> Filter | None:
    """Return the filter with as many days just before those that it keeps, or None where there are none.

    Parameters
    ----------
    where : Filter
        Its clause on days must be a range.
    first_day, last_day : date
        First and last day of the data; the previous period lies wholly within, days beyond do not count.

    Examples
    --------
    >>> where = Filter.from_query("day=2026-07-08..2026-07-11&device=Mobile")
    >>> previous_period(where, date(2026, 7, 1), date(2026, 9, 30)).to_query()
    'day=2026-07-05..2026-07-08&device=Mobile'
    """
    clause = where.clause(DAY)
    if not isinstance(clause, RangeClause):
        return None
    end = last_day + timedelta(days=1)
    low = max(clause.low, first_day) if isinstance(clause.low, date) else first_day
    high = min(clause.high, end) if isinstance(clause.high, date) else end
    has_room = low < high and (high - low) <= (low - first_day)
    return where.replace(RangeClause(DAY, low - (high - low), low)) if has_room else None


def describe_days(days: Sequence[str]) -> str:
    """Return the span of some days in words; empty where there are none.

    Examples
    --------
    >>> describe_days(["2026-04-01", "2026-04-02", "2026-06-30"])
    '1 Apr – 30 Jun 2026'
    """
    if not days:
        return ""
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    end = f"{last.day} {last:%b %Y}"
    if first == last:
        return end
    return f"{first.day} {first:%b}{f' {first.year}' if first.year != last.year else ''} – {end}"


def _keeps(clause: AnyClause | None, member: str) -> bool:
    if clause is None:
        return True
    if isinstance(clause, Clause):
        return member in clause.values
    low = clause.low.isoformat() if isinstance(clause.low, date) else ""
    high = clause.high.isoformat() if isinstance(clause.high, date) else "~"
    return member != MISSING and low <= member < high


def _days(members: Sequence[str], mask: Mask) -> tuple[str, ...]:
    return tuple(m for m, is_kept in zip(members, mask, strict=True) if is_kept and m != MISSING)
