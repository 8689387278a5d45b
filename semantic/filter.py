"""Clause and Filter: what is kept, as a value that is hashable, fits a URL and reads as a sentence."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote_plus

from semantic.errors import ProductError

Bound = float | date
_RANGE = re.compile(r"^([^,]*)\.\.([^,]*)$")
_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")


class FilterError(ProductError):
    """A URL holds a filter that cannot be read."""


@dataclass(frozen=True, slots=True, order=True)
class Clause:
    """Sessions whose dimension is any one of the values.

    Attributes
    ----------
    dimension : str
        Name of a dimension.
    values : tuple of str
        Member names; sorted and de-duplicated at birth.
    """

    dimension: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(sorted(set(self.values))))

    def to_text(self) -> str:
        """Return the clause as the value of a URL key."""
        return ",".join(quote(v, safe="").replace(".", "%2E") for v in self.values)


@dataclass(frozen=True, slots=True)
class RangeClause:
    """Sessions whose dimension lies in the half-open interval from low to high.

    Attributes
    ----------
    dimension : str
        Name of a band, number or time dimension.
    low, high : float or date or None
        Ends; None is open. ``high`` itself is not included.
    """

    dimension: str
    low: Bound | None = None
    high: Bound | None = None

    def to_text(self) -> str:
        """Return the clause as the value of a URL key."""
        return f"{_bound_text(self.low)}..{_bound_text(self.high)}"


AnyClause = Clause | RangeClause


@dataclass(frozen=True, slots=True)
class Filter:
    """All clauses must hold; one clause a dimension, sorted by dimension.

    Attributes
    ----------
    clauses : tuple of Clause or RangeClause
        Sorted at birth; two clauses on one dimension are refused.

    Examples
    --------
    >>> where = Filter.from_query("device=Mobile,Tablet&day=2026-07-01..2026-10-01")
    >>> where.without("day").to_query()
    'device=Mobile,Tablet'
    """

    clauses: tuple[AnyClause, ...] = ()

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.clauses, key=lambda c: c.dimension))
        names = [c.dimension for c in ordered]
        if len(set(names)) < len(names):
            raise FilterError(f"two clauses on one dimension in {', '.join(names)}; give one clause a dimension")
        object.__setattr__(self, "clauses", ordered)

    def __bool__(self) -> bool:
        return bool(self.clauses)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Names of the dimensions that are filtered."""
        return tuple(c.dimension for c in self.clauses)

    def clause(self, dimension: str) -> AnyClause | None:
        """Return the clause on that dimension, or None."""
        return next((c for c in self.clauses if c.dimension == dimension), None)

    def replace(self, clause: AnyClause) -> "Filter":
        """Return this filter with its clause on that dimension replaced or added; one without values is dropped."""
        kept = self.without(clause.dimension).clauses
        empty = isinstance(clause, Clause) and not clause.values
        return Filter(kept if empty else (*kept, clause))

    def without(self, *dimensions: str) -> "Filter":
        """Return this filter less its clauses on those dimensions."""
        return Filter(tuple(c for c in self.clauses if c.dimension not in dimensions))

    def to_query(self) -> str:
        """Return the URL query string; equal filters have equal strings."""
        return "&".join(f"{quote(c.dimension, safe='')}={c.to_text()}" for c in self.clauses)

    @classmethod
    def from_query(cls, text: str) -> "Filter":
        """Return the filter that a URL query string holds.

        Parameters
        ----------
        text : str
            ``key=value&…`` with or without a leading ``?``; empty values are passed over.

        Raises
        ------
        FilterError
            Where a range has an end that is neither a number nor a day.
        """
        pairs = (part.partition("=") for part in text.lstrip("?").split("&") if part)
        return cls.from_pairs((unquote_plus(key), value) for key, _, value in pairs)

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> "Filter":
        """Return the filter of (dimension, still encoded value) pairs; the last one of a dimension counts."""
        return cls(tuple({key: _parse(key, value) for key, value in pairs if value}.values()))

    def describe(self, labels: Mapping[str, str]) -> str:
        """Return the filter in plain words.

        Parameters
        ----------
        labels : mapping
            Dimension name to label; a name that is absent stands for itself.

        Returns
        -------
        str
            Such as ``"Device Mobile or Tablet, Day from 2026-07-01 to before 2026-10-01"``, or ``"all sessions"``.
        """
        words = [f"{labels.get(c.dimension, c.dimension)} {_words(c)}" for c in self.clauses]
        return ", ".join(words) or "all sessions"


EVERYTHING = Filter()
"""The filter that keeps every session."""


def _parse(dimension: str, text: str) -> AnyClause:
    if ends := _RANGE.match(text):
        low, high = (_bound(dimension, unquote_plus(end)) for end in ends.groups())
        return RangeClause(dimension, low, high)
    return Clause(dimension, tuple(unquote_plus(v) for v in text.split(",") if v))


def _bound(dimension: str, text: str) -> Bound | None:
    if not text:
        return None
    try:
        value = date.fromisoformat(text) if _DAY.match(text) else float(text)
    except ValueError:
        value = float("nan")
    if value != value:
        raise FilterError(f"{dimension} has the bound {text!r}; write a number or a day such as 2026-07-01")
    return value


def _bound_text(bound: Bound | None) -> str:
    if bound is None:
        return ""
    return bound.isoformat() if isinstance(bound, date) else repr(float(bound)).removesuffix(".0").replace("+", "")


def _words(clause: AnyClause) -> str:
    if isinstance(clause, Clause):
        return " or ".join(clause.values)
    low, high = _bound_text(clause.low), _bound_text(clause.high)
    if low and high:
        return f"from {low} to before {high}"
    return f"from {low}" if low else f"before {high}"
