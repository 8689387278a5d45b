"""ProcessWriter: rows into SQLite by a process of their own, so that cleaning and writing each have a processor."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from etl.load.lock import database_path, lock_descriptors

_CHILD = Path(__file__).with_name("child.py")


class ProcessWriter:
    """Hands rows to another process that commits them batch by batch; a context manager that ends when all are written.

    The process holds the load lock too, so that no other load begins while it lives.

    Parameters
    ----------
    engine : Engine
        Of an SQLite file whose load lock is held.
    table : str
        Exists, and is seen by no reader.
    """

    notice = ""

    def __init__(self, engine: sa.Engine, table: str) -> None:
        command = [sys.executable, "-P", str(_CHILD), str(database_path(engine)), table, str(os.getpid())]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
            command,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=lock_descriptors(engine),
            start_new_session=True,  # Ctrl-C is for the parent alone
        )
        self._stream: pa.RecordBatchStreamWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._end()
        finally:
            self._process.kill()
            self._process.__exit__(None, None, None)

    def write(self, rows: pa.Table) -> None:
        """Send rows; they are committed soon after.

        Raises
        ------
        OperationalError
            Where the process could not write what it was sent before.
        """
        try:
            if self._stream is None:
                self._stream = pa.ipc.new_stream(self._process.stdin, rows.schema)
            self._stream.write_table(rows)
        except (OSError, pa.ArrowException) as error:
            raise self._failure() from error

    def _end(self) -> None:
        try:
            if self._stream:
                self._stream.close()
            if self._process.stdin:
                self._process.stdin.close()
        except (OSError, pa.ArrowException) as error:
            raise self._failure() from error
        if self._process.wait() and self._stream:
            raise self._failure()

    def _failure(self) -> OperationalError:
        said = self._process.stderr.read().decode(errors="replace").strip() if self._process.stderr else ""
        cause = said.splitlines()[-1] if said else f"the writing process ended with code {self._process.wait()}"
        return OperationalError("write sessions", None, sqlite3.OperationalError(cause))
