"""The tables of saved views and annotations, and engines for where they are kept."""

import sqlite3
from functools import partial
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from semantic.database import CONNECT_TIMEOUT_S, database_name, database_url

_READ_TIMEOUT_S = 3
_SQLITE_READ_S, _SQLITE_WRITE_S = 2, 10
_NOTES = sa.MetaData()


def _text(length: int) -> "sa.types.TypeEngine[str]":
    exact = mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_bin")
    return sa.String(length).with_variant(exact, "mysql", "mariadb")


SAVED_VIEWS = sa.Table(
    "saved_views",
    _NOTES,
    sa.Column("slug", _text(16), primary_key=True),
    sa.Column("name", _text(80), nullable=False),
    sa.Column("name_key", _text(64), nullable=False, unique=True),
    sa.Column("path", _text(191), nullable=False),
    sa.Column("query", _text(4_000), nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
)
"""One row a saved view; ``name_key`` is equal for names that differ in case alone."""

ANNOTATIONS = sa.Table(
    "annotations",
    _NOTES,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("text", _text(120), nullable=False),
    sa.Column("variant", _text(191)),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sqlite_autoincrement=True,
)
"""One row an annotation of a day."""

NOTE_CHANGES = sa.Table(
    "note_changes",
    _NOTES,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("token", _text(16), nullable=False),
    sa.Column("n_changes", sa.BigInteger, nullable=False),
)
"""One row, counted up by every change; its lock is what makes writers wait for each other."""


def place_of_notes(text: str) -> sa.URL:
    """Return where notes are kept: the configured database, or a file beside one of SQLite.

    Examples
    --------
    >>> Path(place_of_notes("sqlite:////data/recommender.db").database).name
    'recommender.notes.db'
    """
    url = database_url(text)
    if url.get_backend_name() != "sqlite":
        return url
    return url.set(database=str(Path(database_name(url)).with_suffix(".notes.db")), query={})


def notes_engine(place: sa.URL, *, read_only: bool) -> sa.Engine:
    """Return an engine that keeps no connection between uses, so that none can cross a fork.

    Parameters
    ----------
    place : URL
        See `place_of_notes`.
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


def create_tables(connection: sa.Connection) -> None:
    """Make the tables that are not there; several processes may do so at once."""
    for table in _NOTES.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
