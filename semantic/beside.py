"""Tables that no load touches: in the configured server, or in a file of their own beside one of SQLite."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from semantic.database import CONNECT_TIMEOUT_S, database_name, database_url

_READ_TIMEOUT_S = 3
_SQLITE_READ_S, _SQLITE_WRITE_S = 2, 10
_ABSENT = ("no such table", "doesn't exist")


def place_beside(text: str, kind: str) -> sa.URL:
    """Return the configured database, or a file beside one of SQLite.

    Parameters
    ----------
    text : str
        The configured URL.
    kind : str
        What is kept there; stands in the file's name.

    Examples
    --------
    >>> Path(place_beside("sqlite:////data/recommender.db", "notes").database).name
    'recommender.notes.db'
    """
    url = database_url(text)
    if url.get_backend_name() != "sqlite":
        return url
    return url.set(database=str(Path(database_name(url)).with_suffix(f".{kind}.db")), query={})


def beside_engine(place: sa.URL, *, read_only: bool) -> sa.Engine:
    """Return an engine that keeps no connection between uses, so that none can cross a fork.

    Parameters
    ----------
    place : URL
        See `place_beside`.
    read_only : bool
        True for readers: they make no file, but undo what a killed writer left half done.
    """
    if place.get_backend_name() != "sqlite":
        timeouts = {"connect_timeout": CONNECT_TIMEOUT_S}
        if place.get_backend_name() in ("mysql", "mariadb"):
            timeouts["read_timeout"] = _READ_TIMEOUT_S
        return sa.create_engine(place, poolclass=NullPool, connect_args=timeouts)
    mode, patience_s = ("rw", _SQLITE_READ_S) if read_only else ("rwc", _SQLITE_WRITE_S)
    file = f"file:{quote(place.database or '')}?mode={mode}"
    connect = partial(sqlite3.connect, file, uri=True, timeout=patience_s, isolation_level=None)
    engine = sa.create_engine(place, poolclass=NullPool, creator=connect)
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def exact_text(length: int) -> "sa.types.TypeEngine[str]":
    """Return the type of a text in which no two different ones are taken for equal."""
    exact = mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_bin")
    return sa.String(length).with_variant(exact, "mysql", "mariadb")


def counter_table(name: str, tables: sa.MetaData, *columns: "sa.Column[int]") -> sa.Table:
    """Return a table of one row, counted up by every change; its lock is what makes writers wait for each other.

    Parameters
    ----------
    name : str
        Of the table.
    tables : MetaData
        What it counts the changes of.
    *columns : Column
        What else stands in that row; null at first.
    """
    return sa.Table(
        name,
        tables,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("token", exact_text(16), nullable=False),
        sa.Column("n_changes", sa.BigInteger, nullable=False),
        *columns,
    )


@contextmanager
def counted_change(engine: sa.Engine, counter: sa.Table) -> Iterator[sa.Connection]:
    """Yield a connection for one change; other writers wait for its end, readers see it whole or not at all.

    Parameters
    ----------
    engine : Engine
        Of a writer; the tables are made where they are missing.
    counter : Table
        See `counter_table`.
    """
    with engine.begin() as connection:
        is_counted = _count_up(connection, counter)
        if is_counted:
            yield connection
    if not is_counted:
        _prepare(engine, counter)
        with counted_change(engine, counter) as connection:
            yield connection


def create_tables(connection: sa.Connection, tables: sa.MetaData) -> None:
    """Make the tables that are not there; several processes may do so at once."""
    for table in tables.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))


def is_absent(error: DBAPIError) -> bool:
    """Return whether a database complains that there is no such table."""
    return any(words in str(error.orig) for words in _ABSENT)


def has_no_file(place: sa.URL) -> bool:
    """Return whether nothing was ever kept beside a database of SQLite."""
    return place.get_backend_name() == "sqlite" and not Path(place.database or "").exists()


def _prepare(engine: sa.Engine, counter: sa.Table) -> None:
    """Make what is missing, in a transaction of its own: two that wait for one new row would lock each other out."""
    first_row = (
        sa.insert(counter)
        .prefix_with("OR IGNORE", dialect="sqlite")
        .prefix_with("IGNORE", dialect="mysql")
        .prefix_with("IGNORE", dialect="mariadb")
    )
    with engine.begin() as connection:
        create_tables(connection, counter.metadata)
        connection.execute(first_row, {"id": 1, "token": secrets.token_hex(5), "n_changes": 0})


def _count_up(connection: sa.Connection, counter: sa.Table) -> int:
    """Return 1 once the one row of changes is counted up, and with it locked; 0 where it is not there."""
    change = sa.update(counter).where(counter.c.id == 1).values(n_changes=counter.c.n_changes + 1)
    try:
        return int(connection.execute(change).rowcount)
    except DBAPIError as error:
        if is_absent(error):
            return 0
        raise
