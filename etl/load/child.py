"""The process that writes sessions into SQLite: batches in by standard input; it dies with its parent.

It is not part of the loader's process, because the library that takes Arrow brings its own SQLite, and two of them in
one process would void each other's locks on the file.
"""

import ctypes
import os
import signal
import sys

import adbc_driver_sqlite
import pyarrow as pa
from adbc_driver_manager import AdbcConnection, AdbcStatement, Error, StatementOptions

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux; elsewhere the end of the input must do
_TABLE, _MODE = StatementOptions.INGEST_TARGET_TABLE.value, StatementOptions.INGEST_MODE.value
_APPEND = "adbc.ingest.mode.append"
_PRAGMAS = ("busy_timeout = 30000", "synchronous = NORMAL", "cache_size = -65536")


def main(path: str, table: str, parent: int) -> int:
    """Return the exit code: 0 when all batches are committed, 1 when not, with the reason on standard error.

    Parameters
    ----------
    path : str
        SQLite file.
    table : str
        Takes the batches' columns.
    parent : int
        Process that sends them; without it nothing is written.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        return 1
    try:
        _write(path, table)
    except (Error, pa.ArrowException, OSError) as error:
        sys.stderr.write(" ".join(str(error).split()))
        return 1
    return 0


def _write(path: str, table: str) -> None:
    with adbc_driver_sqlite.connect(path) as database, AdbcConnection(database) as connection:
        for pragma in _PRAGMAS:
            _execute(connection, f"PRAGMA {pragma}")
        connection.set_autocommit(False)
        with AdbcStatement(connection) as statement:
            statement.set_options(**{_TABLE: table, _MODE: _APPEND})
            for batch in pa.ipc.open_stream(sys.stdin.buffer):
                _take(statement, batch)
                connection.commit()


def _execute(connection: AdbcConnection, text: str) -> None:
    with AdbcStatement(connection) as statement:
        statement.set_sql_query(text)
        statement.execute_update()


def _take(statement: AdbcStatement, batch: pa.RecordBatch) -> None:
    statement.bind(batch)
    if statement.execute_update() != batch.num_rows:
        raise OSError(f"the database did not take all {batch.num_rows:,} rows of a batch")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
