"""Opening the database to write: an engine with patience, one loader at a time, and every fault as one sentence."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from etl.load.lock import database_path, loading_alone
from etl.load.runs import heal
from semantic.database import database_name, database_url, engine_for
from semantic.errors import StoreError
from semantic.store import describe_database_error

_STATEMENT_TIMEOUT_S = 6 * 3600
_FULL = ("disk is full", "disk i/o error", "disk full", "is full", "no space left", "file too large", "errno: 28")
_FULL_ERRNO = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


@contextmanager
def writing(url: str) -> Iterator[sa.Engine]:
    """Hold the database alone, cleared of what killed runs left.

    Parameters
    ----------
    url : str
        SQLite, MySQL or MariaDB.

    Raises
    ------
    StoreError
        Where the database is away, of another kind, full, or written to by another process.
    """
    kind = database_url(url).get_backend_name()
    if kind not in ("sqlite", "mysql", "mariadb"):
        raise StoreError(f"{kind} cannot hold the product's tables; name an SQLite, MySQL or MariaDB URL")
    engine = engine_for(url, read_only=False, read_timeout_s=_STATEMENT_TIMEOUT_S)
    if kind == "sqlite":
        sa.event.listen(engine, "connect", _large_cache)
    try:
        with database_faults(engine), loading_alone(engine):
            heal(engine)
            yield engine
    finally:
        engine.dispose()


@contextmanager
def database_faults(engine: sa.Engine) -> Iterator[None]:
    """Turn what a database or disk says into StoreError."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        if any(sign in cause.casefold() for sign in _FULL):
            raise StoreError(_full(engine, cause)) from error
        raise StoreError(describe_database_error(error, engine.url)) from error
    except OSError as error:
        if error.errno in _FULL_ERRNO:
            raise StoreError(_full(engine, str(error))) from error
        if engine.dialect.name == "sqlite" and _is_of_path(error):
            raise StoreError(
                f"{database_path(engine)} cannot be written ({error.strerror}); name another place in DATABASE_URL"
            ) from error
        raise


def _is_of_path(error: OSError) -> bool:
    """Return whether the file cannot be made where it should be: a closed, missing or read-only folder."""
    return isinstance(error, PermissionError | NotADirectoryError | FileNotFoundError) or error.errno == errno.EROFS


def _full(engine: sa.Engine, cause: str) -> str:
    return (
        f"there is no room for the data in {database_name(engine.url)} ({cause}); free some space there and in the "
        "folder for temporary files, then run this again; what was loaded before is unchanged"
    )


def _large_cache(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA cache_size = -65536")
