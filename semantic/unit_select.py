"""UnitReader: sums over units by SQL; an inner select makes a row of each unit, the outer one adds units up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from semantic.catalog import DAY, MISSING, USER_ID, VARIANT, Catalog
from semantic.query import Domains, key_expression, measure_expression, place_of, predicate
from semantic.schema import ROW_ID
from semantic.unit_axes import members_of
from semantic.units import EXPOSURE_DAY, FIRST_DAY, UnitAnswer, UnitColumn, UnitQuery

Floats = npt.NDArray[np.float64]
Keys = list[sa.ColumnElement[Any]]


@dataclass(frozen=True)
class UnitReader:
    """Answers one unit query over one version of the data.

    Attributes
    ----------
    query : UnitQuery
        What is asked.
    catalog : Catalog
        What its words mean.
    domains : mapping of str to Domain
        Members of the version.
    table : Table
        Its sessions.
    """

    query: UnitQuery
    catalog: Catalog
    domains: Domains
    table: sa.Table

    def answer(self, connection: sa.Connection, version: int) -> UnitAnswer:
        """Return the sums, read over a connection that sees that version."""
        query, k = self.query, len(self.query.columns)
        caps = {column.name: self._cap(column, connection) for column in query.columns if column.cap_quantile}
        members = members_of(query, self.domains)
        shape = tuple(len(members[axis]) for axis in query.by)
        n, totals, products = np.zeros(shape), np.zeros((*shape, k)), np.zeros((*shape, k, k))
        pairs = list(combinations_with_replacement(range(k), 2))
        for row in connection.execute(self._outer(caps, pairs)):
            keys, sums = list(row[: len(row) - 1 - k - len(pairs)]), list(map(float, row[-1 - k - len(pairs) :]))
            place = tuple(self._place(axis, keys) for axis in query.by)
            n[place] += sums[0]
            totals[place] += sums[1 : 1 + k]
            for (i, j), value in zip(pairs, sums[1 + k :], strict=True):
                products[(*place, i, j)] += value
                products[(*place, j, i)] += value if i != j else 0.0
        counted = self._n_crossed(connection), caps, self._n_without_user(connection)
        return UnitAnswer(query.by, members, n, totals, products, version, "sql", *counted)

    @cached_property
    def _since(self) -> date | None:
        return self.catalog.experiment.started_on if self.catalog.has_dimension(DAY) else None

    @cached_property
    def _in_time(self) -> list[sa.ColumnElement[bool]]:
        return [self.table.c[DAY] >= self._since] if self._since else []

    @cached_property
    def _kept(self) -> list[sa.ColumnElement[bool]]:
        clauses = [(c, self.catalog.dimension(c.dimension)) for c in self.query.where.clauses]
        return [*self._in_time, *(predicate(c, d, self.domains[d.name], self.table) for c, d in clauses)]

    @cached_property
    def _user(self) -> sa.Column[Any] | None:
        return self.table.c.get(USER_ID)

    @cached_property
    def _variant(self) -> sa.Column[Any]:
        return self.table.c[self.catalog.dimension(VARIANT).column]

    def _units(self, by: tuple[str, ...]) -> sa.Subquery:
        """Return a row for each unit and group, with the sum of each column."""
        keys = [key for axis in by for key in self._keys(axis)]
        labelled = [key.label(f"by_{i}") for i, key in enumerate(keys)]
        lone = self.table.c[ROW_ID] if self._user is None else sa.case((self._user.is_(None), self.table.c[ROW_ID]))
        of_unit = [lone, self._variant, *([] if self._user is None else [self._user])]
        sums = [self._sum(i, column).label(f"sum_{i}") for i, column in enumerate(self.query.columns)]
        select = sa.select(*labelled, *sums, sa.literal(1).label("one")).select_from(self._sessions).where(*self._kept)
        return select.group_by(*of_unit, *(sa.literal_column(f"by_{i}") for i in range(len(keys)))).subquery()

    @cached_property
    def _sessions(self) -> sa.FromClause:
        """The sessions, each with what is known of its unit; one row of that a unit, so none is counted twice."""
        found: sa.FromClause = self.table
        if self._user is None:
            return found
        if self._first is not None:
            of_unit = sa.and_(self._first.c.user == self._user, self._first.c.variant == self._variant)
            found = found.outerjoin(self._first, of_unit)
        if self._before is not None:
            found = found.outerjoin(self._before, self._before.c.user == self._user)
        return found

    @cached_property
    def _first(self) -> sa.Subquery | None:
        if self._user is None or not {FIRST_DAY, EXPOSURE_DAY} & set(self.query.by):
            return None
        columns = self._user.label("user"), self._variant.label("variant")
        first = sa.func.min(self.table.c[DAY]).label("day")
        return sa.select(*columns, first).where(*self._in_time).group_by(self._user, self._variant).subquery()

    @cached_property
    def _before(self) -> sa.Subquery | None:
        wanted = [(i, column) for i, column in enumerate(self.query.columns) if column.is_before]
        if self._user is None or not self._since or not wanted:
            return None
        sums = [self._measure(column).label(f"sum_{i}") for i, column in wanted]
        earlier = self.table.c[DAY] < self._since
        return sa.select(self._user.label("user"), *sums).where(earlier).group_by(self._user).subquery()

    def _measure(self, column: UnitColumn) -> sa.ColumnElement[Any]:
        return sa.cast(measure_expression(self.catalog.measure(column.measure), self.table), sa.Double)

    def _sum(self, number: int, column: UnitColumn) -> sa.ColumnElement[Any]:
        if not column.is_before:
            return self._measure(column)
        if self._before is None:
            return sa.cast(sa.literal(0.0), sa.Double)
        return sa.func.coalesce(sa.func.max(self._before.c[f"sum_{number}"]), 0.0)

    def _keys(self, axis: str) -> Keys:
        if axis not in (FIRST_DAY, EXPOSURE_DAY):
            return [key_expression(self.catalog.dimension(axis), self.domains[axis], self.table)]
        day = self.table.c[DAY]
        first = day if self._first is None else sa.case((self._user.is_(None), day), else_=self._first.c.day)  # type: ignore[union-attr]
        return [first, day] if axis == EXPOSURE_DAY else [first]

    def _place(self, axis: str, keys: list[Any]) -> int:
        """Take the keys of an axis off a row and return where they fall."""
        if axis != EXPOSURE_DAY:
            return place_of(self.domains[DAY if axis == FIRST_DAY else axis], keys.pop(0))
        first, day = keys.pop(0), keys.pop(0)
        return (day - first).days if day else self.domains[DAY].position_of[MISSING]

    def _outer(self, caps: Mapping[str, float], pairs: list[tuple[int, int]]) -> sa.Select[Any]:
        units = self._units(self.query.by)
        keys = [column for column in units.c if column.name.startswith("by_")]
        values = [self._value(units.c[f"sum_{i}"], c, caps) for i, c in enumerate(self.query.columns)]
        sums = [sa.func.coalesce(sa.func.sum(value), 0.0) for value in values]
        squares = [sa.func.coalesce(sa.func.sum(values[i] * values[j]), 0.0) for i, j in pairs]
        return sa.select(*keys, sa.func.count(units.c.one), *sums, *squares).group_by(*keys)

    def _value(self, total: sa.ColumnElement[Any], column: UnitColumn, caps: Mapping[str, float]) -> Any:
        if column.is_any:
            return sa.case((total > 0, 1.0), else_=0.0)
        if column.name in caps:
            return sa.case((total > caps[column.name], caps[column.name]), else_=total)
        return total

    def _cap(self, column: UnitColumn, connection: sa.Connection) -> float:
        """Return the quantile of the positive sums; 0 where there are none."""
        units = self._units(())
        total = units.c[f"sum_{self.query.columns.index(column)}"]
        counted = connection.execute(sa.select(sa.func.count()).select_from(units).where(total > 0)).scalar_one()
        if not counted:
            return 0.0
        place = float(column.cap_quantile or 1.0) * (counted - 1)
        select = sa.select(total).where(total > 0).order_by(total).offset(int(place)).limit(2)
        found = [float(value) for value in connection.execute(select).scalars()]
        return found[0] + (found[-1] - found[0]) * (place - int(place))

    def _n_crossed(self, connection: sa.Connection) -> int:
        if self._user is None:
            return 0
        crossed = sa.select(self._user.label("user")).where(self._user.is_not(None), *self._kept)
        crossed = crossed.group_by(self._user).having(sa.func.count(sa.distinct(self._variant)) > 1)
        return int(connection.execute(sa.select(sa.func.count()).select_from(crossed.subquery())).scalar_one())

    def _n_without_user(self, connection: sa.Connection) -> int:
        if self._user is None:
            return 0
        select = sa.select(sa.func.count()).select_from(self.table).where(self._user.is_(None), *self._kept)
        return int(connection.execute(select).scalar_one())
