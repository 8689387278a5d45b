"""Baseline: what the numbers of a page are compared with, and how it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.period import previous_period
from semantic.catalog import DAY
from semantic.filter import EVERYTHING, Filter, RangeClause

OPTION = "compare-to"
PREVIOUS = "previous"
_UNTIL_THEN = "Until then all sessions are the baseline."


@dataclass(frozen=True, slots=True)
class Baseline:
    """What ghosts and changes are of.

    Attributes
    ----------
    option : str
        What stands in the URL for it; empty: nothing.
    where : Filter
        Its sessions.
    words, name : str
        Such as "saved view Diwali phones", and the same where there is little room.
    versus : Filter or None
        What key figures are compared with; None: with the previous period, where there is one.
    shifted_days : tuple of str
        ISO days of the selection, where the baseline is as many days just before them.
    notice : str
        Why it is not the one that was asked for; empty where it is.
    """

    option: str = ""
    where: Filter = EVERYTHING
    words: str = "all sessions"
    name: str = "all sessions"
    versus: Filter | None = None
    shifted_days: tuple[str, ...] = ()
    notice: str = ""


ALL_SESSIONS = Baseline()
"""The baseline where none is chosen."""


@dataclass(frozen=True, slots=True)
class NamedFilter:
    """The filter of a saved view.

    Attributes
    ----------
    name : str
        What people call it.
    where : Filter
        What the data knows of it.
    """

    name: str
    where: Filter


def baseline_of(chosen: str, where: Filter, days: Sequence[str], saved: NamedFilter | None = None) -> Baseline:
    """Return the baseline that a reader chose; all sessions, with a notice, where it cannot be.

    Parameters
    ----------
    chosen : str
        ``previous``, or the slug of a saved view; empty: all sessions.
    where : Filter
        The filter in force.
    days : sequence of str
        ISO days of the data, first to last.
    saved : NamedFilter, optional
        The saved view of that slug, where there is one.

    Examples
    --------
    >>> where = Filter.from_query("day=2026-07-08..2026-07-11")
    >>> baseline_of("previous", where, ["2026-07-01", "2026-07-31"]).words
    'prior 3 days'
    """
    if not chosen:
        return ALL_SESSIONS
    if chosen == PREVIOUS:
        return _previous(where, days)
    if not saved:
        return Baseline(notice="The saved view to compare with is no longer there; all sessions are the baseline.")
    return Baseline(chosen, saved.where, f"saved view {saved.name}", saved.name, saved.where)


def previous_days(where: Filter, days: Sequence[str]) -> tuple[str, str] | None:
    """Return first and last day of the previous period, or None where there is none."""
    clause = _clause_before(where, days)
    return (clause[0].isoformat(), (clause[1] - timedelta(days=1)).isoformat()) if clause else None


def _previous(where: Filter, days: Sequence[str]) -> Baseline:
    ends = _clause_before(where, days)
    if not ends:
        return Baseline(PREVIOUS, notice=f"{_why_none(where, days)} {_UNTIL_THEN}")
    low, high = ends
    n_days = (high - low).days
    words = "prior day" if n_days == 1 else f"prior {n_days} days"
    kept = tuple((high + timedelta(days=n)).isoformat() for n in range(n_days))
    return Baseline(PREVIOUS, where.replace(RangeClause(DAY, low, high)), words, words, shifted_days=kept)


def _clause_before(where: Filter, days: Sequence[str]) -> tuple[date, date] | None:
    """Return the half-open span of the previous period; None where there is none."""
    if not days:
        return None
    before = previous_period(where, date.fromisoformat(days[0]), date.fromisoformat(days[-1]))
    clause = before.clause(DAY) if before else None
    if not isinstance(clause, RangeClause) or not isinstance(clause.low, date) or not isinstance(clause.high, date):
        return None
    return clause.low, clause.high


def _why_none(where: Filter, days: Sequence[str]) -> str:
    if not days:
        return "The data has no days, so there is no previous period; choose another baseline."
    if not isinstance(where.clause(DAY), RangeClause):
        return "There is no period before all days; choose dates to compare with as many days just before them."
    return "The data does not reach back as far as the previous period; choose later dates or a shorter span."
