"""Intersection: the sessions that two filters both keep, as a filter."""

from datetime import date

from semantic.catalog import MISSING
from semantic.filter import AnyClause, Clause, Filter, RangeClause


def intersection(one: Filter, two: Filter) -> Filter | None:
    """Return the filter that keeps what both keep, or None where no filter says that.

    Parameters
    ----------
    one, two : Filter
        Ranges must have ends of the type of their dimension, as those that a store resolved have.

    Returns
    -------
    Filter or None
        Where two clauses exclude each other, a clause without values, which keeps nothing. None where a dimension is
        filtered by the names of its bands here and by a range of numbers there.

    Examples
    --------
    >>> one, two = Filter.from_query("device=Mobile,Tablet"), Filter.from_query("device=Mobile&age=18..26")
    >>> intersection(one, two).to_query()
    'age=18..26&device=Mobile'
    """
    shared = [name for name in one.dimensions if name in two.dimensions]
    pairs = [(one.clause(name), two.clause(name)) for name in shared]
    met = [_meet(a, b) for a, b in pairs if a is not None and b is not None]
    alone = (*one.without(*shared).clauses, *two.without(*shared).clauses)
    nothing = next((clause for clause in met if clause is not None and _is_empty(clause)), None)
    if nothing is not None:
        return Filter((nothing,))
    found = [clause for clause in met if clause is not None]
    return Filter((*alone, *found)) if len(found) == len(met) else None


def _meet(a: AnyClause, b: AnyClause) -> AnyClause | None:
    if isinstance(a, Clause) and isinstance(b, Clause):
        return Clause(a.dimension, tuple(set(a.values) & set(b.values)))
    if isinstance(a, RangeClause) and isinstance(b, RangeClause):
        return _narrower(a, b)
    values, span = (a, b) if isinstance(a, Clause) else (b, a)
    return _within(values, span) if isinstance(values, Clause) and isinstance(span, RangeClause) else None


def _narrower(a: RangeClause, b: RangeClause) -> AnyClause:
    low = max((end for end in (a.low, b.low) if end is not None), default=None)
    high = min((end for end in (a.high, b.high) if end is not None), default=None)
    is_nothing = low is not None and high is not None and low >= high  # type: ignore[operator]
    return Clause(a.dimension, ()) if is_nothing else RangeClause(a.dimension, low, high)


def _within(values: Clause, span: RangeClause) -> Clause | None:
    """Return the values in a span of days; None for one of numbers, which does not say what bands lie within."""
    if any(isinstance(end, float) for end in (span.low, span.high)):
        return None
    low = span.low.isoformat() if isinstance(span.low, date) else ""
    high = span.high.isoformat() if isinstance(span.high, date) else "~"
    is_open = span.low is None and span.high is None
    kept = [value for value in values.values if value != MISSING and (is_open or low <= value < high)]
    return Clause(values.dimension, tuple(kept))


def _is_empty(clause: AnyClause) -> bool:
    return isinstance(clause, Clause) and not clause.values
