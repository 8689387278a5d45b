"""DrillDown: from a filter to the sessions that it keeps, a page at a time or all of them in one stream."""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from semantic.catalog import MISSING, N_SESSIONS, SESSION_ID, USER_ID, Catalog
from semantic.finder import Finder, NotIndexedError
from semantic.query import Query, predicate
from semantic.schema import ROW_ID
from semantic.sessions_page import Cell, PageQuery, SessionsPage, Sort, Way, check_page, columns_of
from semantic.snapshot import Snapshot
from semantic.store import Store

PORTION = 2_000

Rows = Sequence[Sequence[Any]]
Conditions = Sequence[sa.ColumnElement[bool]]


@dataclass(frozen=True)
class Stream:
    """All sessions that a filter keeps, from one version of the data.

    Attributes
    ----------
    snapshot : Snapshot
        The version.
    portions : iterator of list of list
        The cells of each column but ``row_id``, 2,000 sessions at a time; holds a connection until it is used up.
    """

    snapshot: Snapshot
    portions: Iterator[list[list[Cell]]]


class DrillDown:
    """Reads sessions themselves.

    Parameters
    ----------
    store : Store
        Where they are.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._reader = store.rows
        self.columns = columns_of(store.catalog)

    def page(self, query: PageQuery) -> SessionsPage:
        """Return a page of sessions.

        Raises
        ------
        PageError
            Where the page begins below 0 or is larger than 1,000 rows.
        UnknownNameError
            Where the filter or the order names what the data does not hold.
        FilterError
            Where a range is asked of a dimension that has no order.
        StoreError
            Where the database does not answer.
        """
        check_page(query, self.store.catalog)
        with self.store.reading() as (connection, snapshot):
            origin, rows, n_sessions = self._read(connection, query, snapshot)
        plain = tuple(zip(*self._plain(rows), strict=True))
        return SessionsPage(self.columns, plain, query.first, n_sessions, snapshot.version, origin)

    def stream(self, query: PageQuery) -> "Stream":
        """Return all sessions that a query keeps, whatever its page; raises what `page` raises."""
        check_page(query, self.store.catalog)
        portions = self._portions(query)
        return Stream(next(portions), portions)  # type: ignore[arg-type]

    def _portions(self, query: PageQuery) -> Iterator["Snapshot | list[list[Cell]]"]:
        """Yield the version of the data, then its sessions."""
        with self.store.reading() as (connection, snapshot):
            select = self._select(query, snapshot).execution_options(yield_per=PORTION)
            result = connection.execute(select)
            yield snapshot
            for rows in result.partitions():
                yield self._plain(rows)[1:]

    def _plain(self, rows: Sequence[Sequence[Any]]) -> list[list[Cell]]:
        """Return the columns of rows of the database as plain values."""
        return [_plain(cells, c.type) for cells, c in zip(zip(*rows, strict=True), self.columns, strict=bool(rows))]

    def _read(self, connection: sa.Connection, query: PageQuery, snapshot: Snapshot) -> tuple[Way, Rows, int]:
        """Return who found the page's rows, these, and how many there are on all pages."""
        index = self._reader.index(snapshot, connection)
        if index:
            with suppress(NotIndexedError, OSError, ValueError, zlib.error):
                finder = Finder(index, snapshot, connection, self.store.catalog)
                if not query.find:
                    return "index", *self._indexed(connection, query, snapshot, finder)
                keys = finder.keys_of(query.find)
                return "index", *self._by_sql(connection, query, snapshot, [snapshot.table.c[ROW_ID].in_(keys)])
        return "sql", *self._by_sql(connection, query, snapshot)

    def _by_sql(
        self, connection: sa.Connection, query: PageQuery, snapshot: Snapshot, also: Conditions = ()
    ) -> tuple[Rows, int]:
        select = self._select(query, snapshot).where(*also).limit(query.n_rows).offset(query.first)
        rows, counted = connection.execute(select).all(), self._counted(query, snapshot)
        if counted is None:
            kept = (*conditions(query, snapshot, self.store.catalog), *also)
            count = sa.select(sa.func.count()).select_from(snapshot.table).where(*kept)
            counted = int(connection.execute(count).scalar_one())
        return rows, counted

    def _indexed(
        self, connection: sa.Connection, query: PageQuery, snapshot: Snapshot, finder: Finder
    ) -> tuple[Rows, int]:
        sort = query.sort.column, query.sort.is_descending
        keys = finder.row_ids(query.where, sort, query.first, query.n_rows).tolist()
        found = connection.execute(self._all(snapshot).where(snapshot.table.c[ROW_ID].in_(keys)))
        row_of = {row[0]: row for row in found}
        counted = self._counted(query, snapshot)
        return [row_of[key] for key in keys], finder.count(query.where) if counted is None else counted

    def _all(self, snapshot: Snapshot) -> sa.Select[Any]:
        return sa.select(*(_readable(snapshot.table.c[column.name]) for column in self.columns))

    def _select(self, query: PageQuery, snapshot: Snapshot) -> sa.Select[Any]:
        kept = self._all(snapshot).where(*conditions(query, snapshot, self.store.catalog))
        return kept.order_by(*order_of(query.sort, snapshot.table))

    def _counted(self, query: PageQuery, snapshot: Snapshot) -> int | None:
        """Return what the key figures count, where the cube tells."""
        (answer,) = snapshot.cube.answers([Query((N_SESSIONS,), (), query.where)], snapshot.version)
        return int(answer[N_SESSIONS]) if answer and not query.find else None


def conditions(query: PageQuery, snapshot: Snapshot, catalog: Catalog) -> list[sa.ColumnElement[bool]]:
    """Return the SQL of all that a query asks of a session, every value bound.

    Parameters
    ----------
    query : PageQuery
        What is asked.
    snapshot : Snapshot
        The version of the data.
    catalog : Catalog
        What its words mean.
    """
    table, domains = snapshot.table, snapshot.domains
    found = [predicate(c, catalog.dimension(c.dimension), domains[c.dimension], table) for c in query.where.clauses]
    if query.find:
        ids = [table.c[name] for name in (SESSION_ID, USER_ID) if name in table.c]
        found.append(sa.or_(*(column == query.find for column in ids)))
    return found


def order_of(sort: Sort, table: sa.Table) -> list[sa.ColumnElement[Any]]:
    """Return the SQL of an order: missing values last, equal ones in order of arrival."""
    column = table.c[sort.column]
    if sort.column == ROW_ID:
        return [column.desc() if sort.is_descending else column]
    is_missing = column == MISSING if isinstance(column.type, sa.String) else column.is_(None)
    last = [sa.case((is_missing, 1), else_=0)] if column.nullable or isinstance(column.type, sa.String) else []
    return [*last, column.desc() if sort.is_descending else column, table.c[ROW_ID]]


def _readable(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    return sa.type_coerce(column, sa.String()) if isinstance(column.type, sa.Date) else column


def _plain(cells: Sequence[Any], kind: str) -> list[Cell]:
    if kind == "text":
        return [None if cell == MISSING else cell for cell in cells]
    if kind == "date":
        return [cell.isoformat() if isinstance(cell, date) else cell for cell in cells]
    return list(cells)
