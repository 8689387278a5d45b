"""Query and Answer: which sums are asked for, and the dense arrays that answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import mul
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from semantic.catalog import MISSING, Catalog, Dimension, Measure
from semantic.domain import Domain, check_range
from semantic.filter import EVERYTHING, AnyClause, Clause, Filter, RangeClause

Domains = Mapping[str, Domain]


@dataclass(frozen=True, slots=True)
class Query:
    """Sums of measures for each combination of dimensions, over the sessions that a filter keeps.

    Attributes
    ----------
    measures : tuple of str
        Names of measures.
    by : tuple of str
        Names of dimensions: the axes of the answer.
    where : Filter
        What is kept.
    """

    measures: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: Filter = EVERYTHING

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension that the query touches."""
        return tuple(dict.fromkeys((*self.by, *self.where.dimensions)))


@dataclass(frozen=True)
class Answer:
    """The sums that a query asked for.

    Attributes
    ----------
    by : tuple of str
        The axes.
    members : mapping of str to tuple of str
        Labels along each axis; every member of the data, also those that the filter removed (their sums are 0).
    sums : mapping of str to ndarray of float
        One array a measure, shape ``tuple(len(members[d]) for d in by)``.
    version : int
        Version of the data that was read.
    origin : {"cube", "sql"}
        Who answered.
    edges : mapping of str to tuple of float
        Cuts of each axis that is binned, in this version of the data.
    """

    by: tuple[str, ...]
    members: Mapping[str, tuple[str, ...]]
    sums: Mapping[str, npt.NDArray[np.float64]]
    version: int
    origin: Literal["cube", "sql"]
    edges: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def __getitem__(self, measure: str) -> npt.NDArray[np.float64]:
        return self.sums[measure]


def edges_of(query: Query, domains: Domains) -> dict[str, tuple[float, ...]]:
    """Return the cuts of each binned dimension that a query groups by."""
    return {name: domains[name].edges for name in query.by if domains[name].edges}


def to_select(query: Query, catalog: Catalog, domains: Domains, table: sa.FromClause) -> sa.Select[Any]:
    """Return the SQL that answers the query: one row for each combination that occurs.

    Parameters
    ----------
    query : Query
        What is asked.
    catalog : Catalog
        What its words mean.
    domains : mapping of str to Domain
        Members of this version of the data.
    table : FromClause
        The sessions table of this version.

    Returns
    -------
    Select
        Columns ``by_0 …`` (see `place_of`), then one column a measure.
    """
    keys = [key_expression(catalog.dimension(n), domains[n], table).label(f"by_{i}") for i, n in enumerate(query.by)]
    sums = [measure_expression(catalog.measure(m), table).label(m) for m in query.measures]
    select = sa.select(*keys, *sums).select_from(table)
    for clause in query.where.clauses:
        select = select.where(predicate(clause, catalog.dimension(clause.dimension), domains[clause.dimension], table))
    return select.group_by(*[sa.literal_column(f"by_{i}") for i in range(len(keys))]) if keys else select


def measure_expression(measure: Measure, table: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the SQL sum of a measure; 0 where nothing is kept."""
    if not measure.factors:
        return sa.func.count()
    if all(power == 0 for _, power in measure.factors):
        return sa.func.count(table.c[measure.factors[0][0]])
    above, below = (
        [sa.cast(table.c[name], sa.Double) for name, power in measure.factors for _ in range(sign * power)]
        for sign in (1, -1)
    )
    product = reduce(mul, above or [sa.cast(sa.literal(1.0), sa.Double)])
    return sa.func.coalesce(sa.func.sum(product / reduce(mul, below) if below else product), 0.0)


def key_expression(dimension: Dimension, domain: Domain, table: sa.FromClause) -> sa.ColumnElement[Any]:
    """Return the SQL that a dimension is grouped by: the bin's place, or the column itself."""
    column = table.c[dimension.column]
    if not dimension.is_binned:
        return column
    bins = [(column < edge, place) for place, edge in enumerate(domain.edges)]
    return sa.case((column.is_(None), len(domain.edges) + 1), *bins, else_=len(domain.edges))


def place_of(domain: Domain, key: object) -> int:
    """Return where a value of `key_expression` falls among the members."""
    if domain.dimension.is_binned:
        return int(str(key))
    if key is None:
        return domain.position_of[MISSING]
    return domain.position_of[key.isoformat() if isinstance(key, date) else str(key)]


def predicate(clause: AnyClause, dimension: Dimension, domain: Domain, table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return the SQL condition of one clause, every value bound as a parameter.

    Parameters
    ----------
    clause : Clause or RangeClause
        What is kept.
    dimension, domain : Dimension, Domain
        What the clause is about, and its members in this version of the data.
    table : FromClause
        The sessions table of this version.

    Raises
    ------
    FilterError
        Where a range is asked of a dimension without an order.
    """
    column = table.c[dimension.column]
    if isinstance(clause, RangeClause):
        check_range(dimension, clause)
        ends = [column >= clause.low] if clause.low is not None else []
        ends += [column < clause.high] if clause.high is not None else []
        return sa.and_(sa.true(), column.is_not(None), *ends)
    return _one_of(clause, dimension, domain, table)


def _one_of(clause: Clause, dimension: Dimension, domain: Domain, table: sa.FromClause) -> sa.ColumnElement[bool]:
    if dimension.is_binned:
        places = [domain.position_of[v] for v in clause.values if v in domain.position_of]
        return key_expression(dimension, domain, table).in_(places)
    column = table.c[dimension.column]
    if dimension.kind != "time":
        return column.in_(clause.values)
    days = [date.fromisoformat(v) for v in clause.values if v != MISSING and v in domain.position_of]
    missing = column.is_(None) if MISSING in clause.values else sa.false()
    return sa.or_(column.in_(days), missing)
