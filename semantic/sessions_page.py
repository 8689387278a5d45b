"""SessionsPage: which sessions are asked for, and a page of them as plain values."""

from dataclasses import dataclass
from typing import Literal

from semantic.catalog import Catalog, Column
from semantic.errors import ProductError, UnknownNameError, unknown_name
from semantic.filter import EVERYTHING, Filter
from semantic.schema import ROW_ID

MAX_ROWS = 1_000
DEFAULT_ROWS = 100
MAX_FIRST = 10**12

Cell = str | float | int | None
Way = Literal["index", "sql"]


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
        Whether a page can be sorted by it; ids cannot.
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
    origin: Way

    def records(self) -> list[dict[str, Cell]]:
        """Return each row as a mapping from column to value."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def columns_of(catalog: Catalog) -> tuple[SessionColumn, ...]:
    """Return the columns of sessions: ``row_id``, then the catalog's."""
    dimension_of = {dimension.column: dimension for dimension in catalog.dimensions}

    def describe(column: Column) -> SessionColumn:
        dimension = dimension_of.get(column.name)
        kind, name = (dimension.kind, dimension.name) if dimension else ("", "")
        label = column.label or column.name
        is_sortable = column.type != "text" or dimension is not None
        return SessionColumn(column.name, label, column.unit, column.description, column.type, kind, name, is_sortable)

    arrival = SessionColumn(ROW_ID, "Row", "", "Order in which the session arrived.", "integer", "", "")
    return (arrival, *map(describe, catalog.columns))


def check_page(query: PageQuery, catalog: Catalog) -> None:
    """Raise PageError or UnknownNameError where a query breaks a rule."""
    if not 0 <= query.first <= MAX_FIRST:
        raise PageError(f"first is {query.first}, must lie in [0, {MAX_FIRST}]; write 0 for the first page")
    if not 1 <= query.n_rows <= MAX_ROWS:
        raise PageError(f"n is {query.n_rows}, must lie in [1, {MAX_ROWS}]; ask for more pages instead")
    names = [ROW_ID, *(column.name for column in catalog.columns)]
    if query.sort.column not in names:
        raise UnknownNameError(unknown_name("column", query.sort.column, names))
    if not next(column.is_sortable for column in columns_of(catalog) if column.name == query.sort.column):
        raise PageError(f"sort is {query.sort.column}, which has no order worth reading; look for one value with find")
    for clause in query.where.clauses:
        catalog.dimension(clause.dimension)
