"""Engines for the databases that the product speaks to, from the URLs that hosts hand out."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from semantic.errors import StoreError

CONNECT_TIMEOUT_S = 2
READ_TIMEOUT_S = 25
_STATEMENTS = 32
"""Random filters make ever new statements; those that SQLAlchemy would keep, up to 750, take 50 MB of each process."""
_STATEMENTS_A_CONNECTION = 16
_DRIVERS = {
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}
_KNOWN_KEYS = {
    "charset",
    "ssl_ca",
    "ssl_cert",
    "ssl_key",
    "ssl_verify_cert",
    "sslmode",
    "sslrootcert",
    "unix_socket",
    "mode",
    "uri",
}


def database_url(text: str) -> URL:
    """Return the URL with the driver that we ship, less query keys that no driver knows.

    Parameters
    ----------
    text : str
        Such as ``mysql://user:secret@host/name?reconnect=true`` or ``sqlite:///data/x.db``.

    Raises
    ------
    StoreError
        Where the text is no database URL.
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise StoreError("the database URL cannot be read; write one such as sqlite:///data/recommender.db") from error
    url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    return url.difference_update_query([key for key in url.query if key not in _KNOWN_KEYS])


def engine_for(text: str, *, read_only: bool, read_timeout_s: int = READ_TIMEOUT_S) -> sa.Engine:
    """Return an engine that fails fast: nothing is connected yet.

    Parameters
    ----------
    text : str
        A database URL, see `database_url`.
    read_only : bool
        True for readers: SQLite then refuses every write and never checkpoints its log.
    read_timeout_s : int
        How long a silent MySQL or MariaDB is waited for.
    """
    url = database_url(text)
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(
            url, pool_pre_ping=True, query_cache_size=_STATEMENTS, connect_args=_timeouts(url, read_timeout_s)
        )
    path = Path(url.database or "").absolute()
    mode = "ro" if read_only else "rwc"
    engine = sa.create_engine(
        url.set(database=f"file:{path}", query={"mode": mode, "uri": "true"}),
        query_cache_size=_STATEMENTS,
        connect_args={"timeout": 30, "cached_statements": _STATEMENTS_A_CONNECTION},
    )
    sa.event.listen(engine, "connect", _tune_reader if read_only else _tune_writer)
    sa.event.listen(engine, "begin", _begin)
    return engine


def database_name(url: URL) -> str:
    """Return what people call a database: its file, or its URL without the password."""
    if url.get_backend_name() == "sqlite":
        return str(Path((url.database or "").removeprefix("file:")).absolute())
    return url.render_as_string(hide_password=True)


def _timeouts(url: URL, read_timeout_s: int) -> dict[str, Any]:
    if url.get_backend_name() in ("mysql", "mariadb"):
        return {"connect_timeout": CONNECT_TIMEOUT_S, "read_timeout": read_timeout_s, "local_infile": True}
    return {"connect_timeout": CONNECT_TIMEOUT_S}


def _begin(connection: sa.Connection) -> None:
    """Begin for real: the driver alone would let each SELECT see another state, and commit before each DDL."""
    connection.exec_driver_sql("BEGIN")


def _tune_reader(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA mmap_size = 268435456")


def _tune_writer(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
