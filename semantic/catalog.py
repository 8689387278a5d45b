"""Dimension, Measure and Metric: the words of one data set, frozen at start."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, TypeVar

from semantic.errors import UnknownNameError, unknown_name
from semantic.experiment import Experiment

Kind = Literal["category", "place", "band", "number", "time"]
ColumnType = Literal["text", "number", "integer", "flag", "date", "timestamp"]

T = TypeVar("T")

VARIANT = "variant"
CONVERTED = "converted"
DAY = "day"
SESSION_ID = "session_id"
USER_ID = "user_id"
PROPENSITY = "propensity"
STARTED_AT = "started_at"
MISSING = "(missing)"
_WEIGHTS = (("", -1), ("_squared", -2))
_CUBE_FORMAT = 2
N_SESSIONS = "n_sessions"
N_CONVERTED = "n_converted"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sessions table.

    Attributes
    ----------
    name : str
        Its name in the database.
    type : ColumnType
        How it is stored: ``timestamp`` is milliseconds since 1970 in UTC, ``flag`` is 0 or 1.
    label, unit, description : str
        What people read; no part of the fingerprint, since nothing that is stored depends on it.
    """

    name: str
    type: ColumnType
    label: str = field(default="", repr=False)
    unit: str = field(default="", repr=False)
    description: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something that sessions can be split or filtered by.

    Attributes
    ----------
    name : str
        One word, the same in URL, SQL and API.
    label : str
        What people read.
    column : str
        Column of the sessions table that it is computed from.
    kind : Kind
        ``band`` and ``number`` cut a numeric column at ``edges``; ``time`` holds calendar days.
    members : tuple of str
        Members in the order wanted; those that the data adds come behind, by size.
    edges : tuple of float
        Cuts of a band or number, ascending, intervals half-open; empty: chosen from the data.
    unit : str
        Unit of the numeric column, for axis titles.
    description : str
        One sentence shown beside the name.
    is_post_treatment : bool
        True where it is measured after the engine acted, so that engines cannot be compared within it. No part of
        ``repr``, which names what stored rows depend on.
    is_chosen_by_engine : bool
        True where the engine chose it, such as the category recommended; no part of ``repr`` either.
    """

    name: str
    label: str
    column: str
    kind: Kind
    members: tuple[str, ...] = ()
    edges: tuple[float, ...] = ()
    unit: str = ""
    description: str = ""
    is_post_treatment: bool = field(default=False, repr=False)
    is_chosen_by_engine: bool = field(default=False, repr=False)

    @property
    def is_binned(self) -> bool:
        """True where members are intervals of a numeric column."""
        return self.kind in ("band", "number")


@dataclass(frozen=True, slots=True)
class Measure:
    """An additive statistic: the sum over sessions of a product of columns.

    Attributes
    ----------
    name : str
        One word, such as ``sum_revenue_squared``.
    label : str
        What people read.
    unit : str
        Unit of the sum; empty for counts.
    factors : tuple of (str, int)
        Columns and their powers; power 0 counts the sessions in which the column is present, a negative one divides
        by it. A session in which a factor is missing adds nothing. No factor at all counts sessions.
    """

    name: str
    label: str
    unit: str = ""
    factors: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Metric:
    """A ratio of two measures, divided after aggregation.

    Attributes
    ----------
    name, label : str
        One word, and what people read.
    unit : str
        ``"fraction"`` for a proportion, ``"currency"``, else the unit of the mean.
    numerator, denominator : str
        Names of measures.
    sum_of_squares : str
        Measure with the numerator's sum of squares; empty for a proportion, whose variance follows from its mean.
    description : str
        One sentence shown beside the name.
    """

    name: str
    label: str
    unit: str
    numerator: str
    denominator: str
    sum_of_squares: str = ""
    description: str = ""

    @property
    def is_proportion(self) -> bool:
        """True where each session counts 0 or 1."""
        return not self.sum_of_squares

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures that the metric and its interval need."""
        return tuple(dict.fromkeys(m for m in (self.denominator, self.numerator, self.sum_of_squares) if m))


@dataclass(frozen=True)
class Catalog:
    """Every word of one data set.

    Attributes
    ----------
    dimensions : tuple of Dimension
        The variant first, then in the order of the configuration.
    measures : tuple of Measure
        Sessions and conversions first.
    metrics : tuple of Metric
        The conversion rate first.
    columns : tuple of Column
        Columns of the sessions table, without its row number.
    control : str
        Name of the variant that others are compared with; empty: the first member.
    experiment : Experiment
        How the comparison of variants was planned; no part of the fingerprint.
    """

    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]
    metrics: tuple[Metric, ...]
    columns: tuple[Column, ...]
    control: str = ""
    experiment: Experiment = field(default_factory=Experiment)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of everything that the stored rows and the cube depend on."""
        parts = (self.dimensions, self.measures, self.columns, _CUBE_FORMAT)
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    @cached_property
    def _dimension_of(self) -> dict[str, Dimension]:
        return {d.name: d for d in self.dimensions}

    @cached_property
    def _measure_of(self) -> dict[str, Measure]:
        return {m.name: m for m in self.measures}

    @cached_property
    def _metric_of(self) -> dict[str, Metric]:
        return {m.name: m for m in self.metrics}

    def dimension(self, name: str) -> Dimension:
        """Return the dimension of that name.

        Raises
        ------
        UnknownNameError
            Where no dimension has the name; the text lists the known ones.
        """
        return _find("dimension", name, self._dimension_of)

    def measure(self, name: str) -> Measure:
        """Return the measure of that name; raises UnknownNameError like `dimension`."""
        return _find("measure", name, self._measure_of)

    def metric(self, name: str) -> Metric:
        """Return the metric of that name; raises UnknownNameError like `dimension`."""
        return _find("metric", name, self._metric_of)

    def has_dimension(self, name: str) -> bool:
        """Return whether a dimension has that name."""
        return name in self._dimension_of


def _find(what: str, name: str, known: dict[str, T]) -> T:
    if name not in known:
        raise UnknownNameError(unknown_name(what, name, known))
    return known[name]


def measures_of_number(name: str, label: str, unit: str) -> tuple[Measure, ...]:
    """Return the additive statistics that a numeric column needs for means, variances and correlations.

    Parameters
    ----------
    name : str
        Column name.
    label, unit : str
        What people read, and the unit of one value.

    Returns
    -------
    tuple of Measure
        Count of present values, sum, sum of squares, and the sum over converted sessions.
    """
    return (
        Measure(f"n_{name}", f"Sessions with {label.lower()}", "", ((name, 0),)),
        Measure(f"sum_{name}", f"Total {label.lower()}", unit, ((name, 1),)),
        Measure(f"sum_{name}_squared", f"Sum of squares of {label.lower()}", f"{unit}²" if unit else "", ((name, 2),)),
        Measure(f"sum_{name}_converted", f"{label} in converted sessions", unit, ((name, 1), (CONVERTED, 1))),
    )


def measures_of_weights(outcomes: Sequence[str]) -> tuple[Measure, ...]:
    """Return what off-policy evaluation needs: sums of weights 1 / propensity, and of outcomes times weights.

    Parameters
    ----------
    outcomes : sequence of str
        Columns: `CONVERTED`, whose squares are itself, and amounts.
    """
    weights = [Measure(f"sum_weight{end}", f"Weights{end}", "", ((PROPENSITY, p),)) for end, p in _WEIGHTS]
    for name in outcomes:
        powers = [("_weighted", 1, -1), ("_weighted_twice", 1, -2), ("_weighted_squared", 2, -2)]
        kept = powers[:2] if name == CONVERTED else powers
        weights += [Measure(f"sum_{name}{end}", f"{name}{end}", "", ((name, k), (PROPENSITY, p))) for end, k, p in kept]
    return tuple(replace(measure, label=measure.label.replace("_", " ").capitalize()) for measure in weights)


def measures_of_sessions() -> tuple[Measure, ...]:
    """Return the two measures that every data set has: sessions and conversions."""
    return (
        Measure(N_SESSIONS, "Sessions"),
        Measure(N_CONVERTED, "Conversions", "", ((CONVERTED, 1),)),
    )
