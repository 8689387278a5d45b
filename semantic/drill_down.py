"""DrillDown: from a filter to the sessions that it keeps, a page at a time or all of them in one stream."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa

from semantic.catalog import MISSING, N_SESSIONS, SESSION_ID, USER_ID, Catalog, Column
from semantic.errors import ProductError, UnknownNameError, unknown_name
from semantic.filter import EVERYTHING, Filter
from semantic.query import Query, predicate
from semantic.schema import ROW_ID
from semantic.store import Snapshot, Store

MAX_ROWS = 1_000
DEFAULT_ROWS = 100
MAX_FIRST = 10**12
PORTION = 10_000

Cell = str | float | int | None


class PageError(ProductError):
    """A page that is asked for breaks a rule."""


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of sessions; equal ones stand in order of arrival, missing values last.

    Attributes
    ----------
    column : str
        A column of the sessions, or ``row_id``: the order of arrival.
    is_descending : bool
        Largest first.
    """

    column: str = ROW_ID
    is_descending: bool = False

    @classmethod
    def from_text(cls, text: str) -> "Sort":
        """Return the order that a URL holds, such as ``-time_spent_s``; empty: the order of arrival."""
        return cls(text.removeprefix("-") or ROW_ID, text.startswith("-"))

    def to_text(self) -> str:
        """Return what `from_text` reads."""
        return f"-{self.column}" if self.is_descending else self.column


ARRIVAL = Sort()


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Which sessions are wanted.

    Attributes
    ----------
    where : Filter
        What is kept.
    sort : Sort
        In which order.
    first : int
        How many stand before the page, 0 or more.
    n_rows : int
        How many are wanted, 1 to 1,000.
    find : str
        A session or user id that they must have; empty: any.
    """

    where: Filter = EVERYTHING
    sort: Sort = ARRIVAL
    first: int = 0
    n_rows: int = DEFAULT_ROWS
    find: str = ""


@dataclass(frozen=True, slots=True)
class SessionColumn:
    """A column of sessions, as people meet it.

    Attributes
    ----------
    name, label, unit, description : str
        One word, what people read, the unit of a number, and one sentence.
    type : str
        ``text``, ``number``, ``flag`` (0 or 1), ``date`` (ISO) or ``timestamp`` (ms since 1970 in UTC).
    kind : str
        Kind of the dimension that filters it: ``category``, ``place``, ``band``, ``number`` or ``time``; empty
        where none does.
    dimension : str
        Name of that dimension: the key of the filter.
    is_sortable : bool
        Whether a page can be sorted by it.
    """

    name: str
    label: str
    unit: str
    description: str
    type: str
    kind: str
    dimension: str
    is_sortable: bool = True


@dataclass(frozen=True)
class SessionsPage:
    """Some of the sessions that a filter keeps.

    Attributes
    ----------
    columns : tuple of SessionColumn
        One for each cell of a row, ``row_id`` (the order of arrival) first.
    rows : tuple of tuple
        Sessions; None where a value is missing, days as ISO text.
    first : int
        How many stand before them.
    n_sessions : int
        How many there are on all pages; equal to the key figure under the same filter.
    version : int
        Version of the data that was read.
    origin : {"index", "sql"}
        Who found the rows.
    """

    columns: tuple[SessionColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    first: int
    n_sessions: int
    version: int
    origin: Literal["index", "sql"]

    def records(self) -> list[dict[str, Cell]]:
        """Return each row as a mapping from column to value."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Stream:
    """All sessions that a filter keeps, from one version of the data.

    Attributes
    ----------
    snapshot : Snapshot
        The version.
    portions : iterator of list of list
        The cells of each column but ``row_id``, 10,000 sessions at a time; holds a connection until it is used up.
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
        _check(query, self.store.catalog)
        with self.store.reading() as (connection, snapshot):
            rows = connection.execute(self._select(query, snapshot).limit(query.n_rows).offset(query.first)).all()
            n_sessions = self._count(connection, query, snapshot)
        plain = tuple(zip(*self._plain(rows), strict=True))
        return SessionsPage(self.columns, plain, query.first, n_sessions, snapshot.version, "sql")

    def stream(self, query: PageQuery) -> "Stream":
        """Return all sessions that a query keeps, whatever its page; raises what `page` raises."""
        _check(query, self.store.catalog)
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

    def _select(self, query: PageQuery, snapshot: Snapshot) -> sa.Select[Any]:
        table = snapshot.table
        found = sa.select(*(_readable(table.c[column.name]) for column in self.columns))
        return found.where(*conditions(query, snapshot, self.store.catalog)).order_by(*order_of(query.sort, table))

    def _count(self, connection: sa.Connection, query: PageQuery, snapshot: Snapshot) -> int:
        (answer,) = snapshot.cube.answers([Query((N_SESSIONS,), (), query.where)], snapshot.version)
        if answer and not query.find:
            return int(answer[N_SESSIONS])
        count = sa.select(sa.func.count()).select_from(snapshot.table)
        return int(connection.execute(count.where(*conditions(query, snapshot, self.store.catalog))).scalar_one())


def columns_of(catalog: Catalog) -> tuple[SessionColumn, ...]:
    """Return the columns of sessions: ``row_id``, then the catalog's."""
    dimension_of = {dimension.column: dimension for dimension in catalog.dimensions}

    def describe(column: Column) -> SessionColumn:
        dimension = dimension_of.get(column.name)
        kind, name = (dimension.kind, dimension.name) if dimension else ("", "")
        label = column.label or column.name
        return SessionColumn(column.name, label, column.unit, column.description, column.type, kind, name)

    arrival = SessionColumn(ROW_ID, "Row", "", "Order in which the session arrived.", "integer", "", "")
    return (arrival, *map(describe, catalog.columns))


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


def _check(query: PageQuery, catalog: Catalog) -> None:
    if not 0 <= query.first <= MAX_FIRST:
        raise PageError(f"first is {query.first}, must lie in [0, {MAX_FIRST}]; write 0 for the first page")
    if not 1 <= query.n_rows <= MAX_ROWS:
        raise PageError(f"n is {query.n_rows}, must lie in [1, {MAX_ROWS}]; ask for more pages instead")
    names = [ROW_ID, *(column.name for column in catalog.columns)]
    if query.sort.column not in names:
        raise UnknownNameError(unknown_name("column", query.sort.column, names))
    for clause in query.where.clauses:
        catalog.dimension(clause.dimension)


def _readable(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    return sa.type_coerce(column, sa.String()) if isinstance(column.type, sa.Date) else column


def _plain(cells: Sequence[Any], kind: str) -> list[Cell]:
    if kind == "text":
        return [None if cell == MISSING else cell for cell in cells]
    if kind == "date":
        return [cell.isoformat() if isinstance(cell, date) else cell for cell in cells]
    return list(cells)
