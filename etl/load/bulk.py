"""Bulk writing: frames of clean sessions into a table, the fastest way that its database has."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from etl.load.process import ProcessWriter
from semantic.catalog import MISSING, Catalog
from semantic.errors import StoreError

_FORBIDDEN = {1148, 2068, 3948, 4166}
"""What MySQL and MariaDB answer where they do not take a file from a client."""
_CSV = arrow_csv.WriteOptions(include_header=False, quoting_style="all_valid", null_string="NULL")
"""All in quotes but NULL, by which the server tells it from the word."""


class BulkWriter(Protocol):
    """Writes sessions to one table.

    Attributes
    ----------
    notice : str
        What the reader should know of the way it went; empty where all is well.
    """

    notice: str

    def write(self, rows: pa.Table) -> None:
        """Write sessions and commit them, at the latest when the writer is left."""


@contextmanager
def bulk_writer(connection: sa.Connection, table: sa.Table) -> Iterator[BulkWriter]:
    """Yield a writer to a table; when it is left, all is written.

    Parameters
    ----------
    connection : Connection
        To a database whose load lock is held; without an open transaction.
    table : Table
        Sessions, seen by no reader.
    """
    if connection.dialect.name == "sqlite":
        with ProcessWriter(connection.engine, table.name) as writer:
            yield writer
    else:
        yield FileWriter(connection, table)


def rows_of(frame: pd.DataFrame, lines: npt.NDArray[np.int64], catalog: Catalog) -> pa.Table:
    """Return clean sessions as they are stored.

    Parameters
    ----------
    frame : DataFrame
        The catalog's columns.
    lines : ndarray of int
        The ``row_id`` of each.
    catalog : Catalog
        Its columns.
    """
    columns = {"row_id": pa.array(lines)}
    return pa.table(columns | {c.name: _arrow(frame[c.name], c.type) for c in catalog.columns})


class FileWriter:
    """Writes by ``LOAD DATA LOCAL INFILE``, or by many-row inserts where the server forbids it."""

    def __init__(self, connection: sa.Connection, table: sa.Table) -> None:
        self.notice = ""
        self._connection, self._table = connection, table

    def write(self, rows: pa.Table) -> None:
        """Write sessions and commit them."""
        if self.notice or not self._write_file(rows):
            cells = list(zip(*(column.to_pylist() for column in rows.columns), strict=True))
            if cells:
                self._connection.exec_driver_sql(_insert_statement(self._table), cells)
        self._connection.commit()

    def _write_file(self, rows: pa.Table) -> bool:
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            arrow_csv.write_csv(rows, file, _CSV)
            file.flush()
            try:
                result = self._connection.exec_driver_sql(self._load_statement(file.name, rows.column_names))
            except DBAPIError as error:
                if getattr(error.orig, "args", (0,))[0] not in _FORBIDDEN:
                    raise
                self.notice = (
                    "the server forbids LOAD DATA LOCAL INFILE, so rows were inserted, which takes several times as "
                    "long; allow it with SET GLOBAL local_infile = 1"
                )
                return False
        n_warnings = self._connection.exec_driver_sql("SELECT @@warning_count").scalar()
        if n_warnings or result.rowcount != rows.num_rows:
            raise StoreError(
                f"the database took {result.rowcount:,} of {rows.num_rows:,} rows with {n_warnings} warnings; "
                "a load must take every row as it is, so nothing was changed"
            )
        return True

    def _load_statement(self, path: str, names: list[str]) -> str:
        columns = ", ".join(f"`{name}`" for name in names)
        return (
            f"LOAD DATA LOCAL INFILE '{path}' INTO TABLE `{self._table.name}` CHARACTER SET utf8mb4 "
            "FIELDS TERMINATED BY ',' ENCLOSED BY '\"' ESCAPED BY '' LINES TERMINATED BY '\\n' "
            f"({columns})"
        )


def _insert_statement(table: sa.Table) -> str:
    names = ", ".join(f"`{column.name}`" for column in table.columns)
    return f"INSERT INTO `{table.name}` ({names}) VALUES ({', '.join(['%s'] * len(table.columns))})"


def _arrow(values: "pd.Series[Any]", kind: str) -> pa.Array:
    if isinstance(values.dtype, pd.CategoricalDtype):
        codes = pa.array(values.cat.codes.to_numpy(), mask=values.isna().to_numpy())
        text = pc.take(pa.array(values.cat.categories.to_numpy(object), pa.string()), codes)
        return text if kind == "date" else pc.fill_null(text, MISSING)
    if kind == "timestamp":
        return pc.cast(pa.array(values, from_pandas=True), pa.int64())
    return pa.array(values, from_pandas=True)
