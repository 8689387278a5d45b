"""The lock that makes a database have one loader at a time; it ends with the process that holds it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from semantic.database import database_name
from semantic.errors import StoreError

_BUSY = "another load is writing to {where}{who}; wait until it has finished, then run this again"
_LOCK = "load_lock"


@contextmanager
def loading_alone(engine: sa.Engine) -> Iterator[None]:
    """Hold the database's load lock.

    Raises
    ------
    StoreError
        Where another process holds it.
    """
    held = _file_lock(engine) if engine.dialect.name == "sqlite" else _server_lock(engine)
    with held:
        yield


@contextmanager
def _file_lock(engine: sa.Engine) -> Iterator[None]:
    path = database_path(engine).with_suffix(".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            who = f" (process {file.read().strip()})"
            raise StoreError(_BUSY.format(where=database_path(engine), who=who)) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        engine.update_execution_options(**{_LOCK: file.fileno()})
        yield


@contextmanager
def _server_lock(engine: sa.Engine) -> Iterator[None]:
    name = f"load {engine.url.database}"[:64]
    with engine.connect() as connection:
        if not connection.execute(sa.select(sa.func.get_lock(name, 0))).scalar():
            raise StoreError(_BUSY.format(where=database_name(engine.url), who=""))
        yield


def lock_descriptors(engine: sa.Engine) -> tuple[int, ...]:
    """Return what a child must inherit to hold the load lock too; it ends with the last of its holders."""
    held = engine.get_execution_options().get(_LOCK)
    return () if held is None else (held,)


def database_path(engine: sa.Engine) -> Path:
    """Return the file of an SQLite engine."""
    return Path((engine.url.database or "").removeprefix("file:")).absolute()
