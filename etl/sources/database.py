"""Sessions from a table or a query of any database that SQLAlchemy speaks to, streamed and read only."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from etl.sources.source import Batch
from semantic.database import database_url, engine_for
from semantic.errors import InputError, StoreError, unknown_name

_BATCH_ROWS = 1 << 16
_READ_TIMEOUT_S = 600
_KEPT = (bool, int, float, str, datetime.date, datetime.datetime)


class DatabaseSource:
    """A table or a query.

    Parameters
    ----------
    url : str
        Of the database; its password appears in no name and no message.
    table : str
        Such as ``sessions`` or ``shop.sessions``; read in the order of its primary key.
    query : str
        A SELECT, in place of a table; order it, so that each reading gives the same order.

    Raises
    ------
    InputError
        Where the database does not answer or the table is not there.
    """

    origin: Literal["observed", "simulated"] = "observed"
    size_unit: Literal["bytes", "rows"] = "rows"

    def __init__(self, url: str, table: str = "", query: str = "") -> None:
        try:
            self._url = database_url(url)
            self._engine = engine_for(url, read_only=True)
        except (StoreError, SQLAlchemyError, ModuleNotFoundError) as error:
            raise InputError(f"source.url cannot be used ({error}); write a URL such as mysql://host/name") from error
        sa.event.listen(self._engine, "do_connect", _wait_for_long_queries)
        sa.event.listen(self._engine, "connect", _refuse_writes)
        self._query = query.strip().rstrip(";")
        *schema, self._table = table.split(".")
        self._schema = ".".join(schema) or None
        self.name = f"{table or 'a query'} of {self._url.render_as_string(hide_password=True)}"
        self.size = self._count() if table else 0

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        with self._connected() as connection:
            names = self._names(connection)
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise InputError(f"{self.name} has two columns named {twice[0]!r}; names must differ, write AS")
        return names

    def fingerprint(self) -> str:
        """Return nothing: what a database will answer cannot be known beforehand."""
        return ""

    def batches(self) -> Iterator[Batch]:
        """Yield the rows 65,536 at a time by a cursor on the server, where the driver can."""
        names, done = self.columns(), 0
        with self._connected() as connection:
            result = connection.execution_options(stream_results=True, max_row_buffer=_BATCH_ROWS)
            rows = self._run(result)
            while part := rows.fetchmany(_BATCH_ROWS):
                table = pa.Table.from_arrays([_array(values) for values in zip(*part, strict=True)], list(names))
                lines = np.arange(done + 1, done + 1 + len(part))
                done += len(part)
                yield Batch(table, lines, done=done)
        if not done:
            raise InputError(f"{self.name} holds no rows; name a table or query with sessions")

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            reason = " ".join(str(getattr(error, "orig", None) or error).split())
            secret = self._url.password
            reason = reason.replace(secret, "***") if secret else reason
            raise InputError(f"{self.name} cannot be read ({reason}); check the url and the query") from error
        finally:
            self._engine.dispose()

    def _run(self, connection: sa.Connection) -> sa.CursorResult[Any]:
        if self._query:
            return connection.execution_options(no_parameters=True).exec_driver_sql(self._query)
        key = sa.inspect(connection).get_pk_constraint(self._table, self._schema)["constrained_columns"]
        columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in self._names(connection)]
        return connection.execute(sa.select(*columns).select_from(self._from()).order_by(*map(sa.column, key)))

    def _names(self, connection: sa.Connection) -> tuple[str, ...]:
        if self._query:
            empty = f"SELECT * FROM ({self._query}) AS sessions WHERE 1 = 0"
            return tuple(connection.execution_options(no_parameters=True).exec_driver_sql(empty).keys())
        inspector = sa.inspect(connection)
        known = [*inspector.get_table_names(self._schema), *inspector.get_view_names(self._schema)]
        if self._table not in known:
            raise InputError(f"{self.name}: {unknown_name('table', self._table, known)}")
        return tuple(column["name"] for column in inspector.get_columns(self._table, self._schema))

    def _count(self) -> int:
        with self._connected() as connection:
            self._names(connection)
            return connection.execute(sa.select(sa.func.count()).select_from(self._from())).scalar_one()

    def _from(self) -> sa.TableClause:
        return sa.table(self._table, schema=self._schema)


def _wait_for_long_queries(_dialect: object, _record: object, _arguments: object, options: dict[str, Any]) -> None:
    if "read_timeout" in options:
        options["read_timeout"] = _READ_TIMEOUT_S


def _refuse_writes(connection: Any, _record: object) -> None:
    if type(connection).__module__.startswith("pymysql"):
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION TRANSACTION READ ONLY")


def _array(values: Sequence[Any]) -> pa.Array:
    """Return a column with the database's own type where that is a plain one, else as text."""
    kinds = set(map(type, values)) - {type(None)}
    if len(kinds) == 1 and kinds <= set(_KEPT):
        try:
            return pa.array(values)
        except (pa.ArrowException, OverflowError):
            pass
    if kinds == {int, float}:
        return pa.array(map(_number, values), pa.float64())
    return pa.array(map(_text, values), pa.string())


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _text(value: object) -> str | None:
    if value is None:
        return None
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
