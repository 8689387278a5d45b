"""Bulk writing: frames of clean sessions into a table, the fastest way that its database has."""

import tempfile
from itertools import groupby
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from semantic.catalog import MISSING, Catalog
from semantic.errors import StoreError

_FORBIDDEN = {1148, 2068, 3948, 4166}
"""What MySQL and MariaDB answer where they do not take a file from a client."""
_MOST_MARKS = 999
"""Values that a statement of any SQLite may have."""
Rows = list[tuple[Any, ...]]


class BulkWriter(Protocol):
    """Writes sessions to one table.

    Attributes
    ----------
    notice : str
        What the reader should know of the way it went; empty where all is well.
    """

    notice: str

    def prepare(self, frame: pd.DataFrame, lines: npt.NDArray[np.int64]) -> Any:
        """Return sessions in the form that `write` takes; free of the database, so that it may run beside it."""

    def write(self, connection: sa.Connection, prepared: Any) -> None:
        """Write sessions; the caller commits."""


def bulk_writer(engine: sa.Engine, table: sa.Table, catalog: Catalog) -> BulkWriter:
    """Return the writer for a table of the catalog's sessions."""
    return (RowWriter if engine.dialect.name == "sqlite" else FileWriter)(table, catalog)


class RowWriter:
    """Writes many rows a statement, so that the thread that cleans is seldom interrupted."""

    def __init__(self, table: sa.Table, catalog: Catalog) -> None:
        self.notice = ""
        self._catalog = catalog
        self._table = table
        self._n_together = max(_MOST_MARKS // len(table.columns), 1)

    def prepare(self, frame: pd.DataFrame, lines: npt.NDArray[np.int64]) -> Rows:
        """Return the cells of some rows in each tuple, as many as a statement takes, fewer in the last."""
        cells = np.empty((len(frame), len(self._table.columns)), dtype=object)
        cells[:, 0] = lines
        for place, column in enumerate(self._catalog.columns, start=1):
            cells[:, place] = _cells(frame[column.name], None if column.type == "date" else MISSING)
        flat, size = cells.ravel().tolist(), self._n_together * cells.shape[1]
        return [tuple(flat[start : start + size]) for start in range(0, len(flat), size)]

    def write(self, connection: sa.Connection, prepared: Rows) -> None:
        """Write the cells."""
        n_columns = len(self._table.columns)
        for size, groups in groupby(prepared, key=len):
            connection.exec_driver_sql(insert_statement(self._table, "?", size // n_columns), list(groups))


class FileWriter:
    """Writes by ``LOAD DATA LOCAL INFILE``, or by many-row inserts where the server forbids it."""

    def __init__(self, table: sa.Table, catalog: Catalog) -> None:
        self.notice = ""
        self._catalog = catalog
        self._table = table

    def prepare(self, frame: pd.DataFrame, lines: npt.NDArray[np.int64]) -> pa.Table:
        """Return the sessions as text columns."""
        columns = {"row_id": pa.array(lines)}
        for column in self._catalog.columns:
            columns[column.name] = _arrow(frame[column.name], column.type)
        return pa.table(columns)

    def write(self, connection: sa.Connection, prepared: pa.Table) -> None:
        """Write the columns."""
        if not self.notice and self._write_file(connection, prepared):
            return
        rows = list(zip(*(column.to_pylist() for column in prepared.columns), strict=True))
        if rows:
            connection.exec_driver_sql(insert_statement(self._table, "%s"), rows)

    def _write_file(self, connection: sa.Connection, prepared: pa.Table) -> bool:
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            arrow_csv.write_csv(prepared, file, arrow_csv.WriteOptions(include_header=False))
            file.flush()
            try:
                result = connection.exec_driver_sql(self._load_statement(file.name, prepared.column_names))
            except DBAPIError as error:
                if getattr(error.orig, "args", (0,))[0] not in _FORBIDDEN:
                    raise
                self.notice = (
                    "the server forbids LOAD DATA LOCAL INFILE, so rows were inserted, which takes several times as "
                    "long; allow it with SET GLOBAL local_infile = 1"
                )
                return False
        n_warnings = connection.exec_driver_sql("SELECT @@warning_count").scalar()
        if n_warnings or result.rowcount != prepared.num_rows:
            raise StoreError(
                f"the database took {result.rowcount:,} of {prepared.num_rows:,} rows with {n_warnings} warnings; "
                "a load must take every row as it is, so nothing was changed"
            )
        return True

    def _load_statement(self, path: str, names: list[str]) -> str:
        cells = ", ".join(f"@c{place}" for place in range(len(names)))
        values = ", ".join(f"`{name}` = NULLIF(@c{place}, '')" for place, name in enumerate(names))
        return (
            f"LOAD DATA LOCAL INFILE '{path}' INTO TABLE `{self._table.name}` CHARACTER SET utf8mb4 "
            "FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' ESCAPED BY '' LINES TERMINATED BY '\\n' "
            f"({cells}) SET {values}"
        )


def insert_statement(table: sa.Table, mark: str, n_rows: int = 1) -> str:
    """Return the INSERT of some rows with the driver's own marks for values."""
    quote = "`" if mark == "%s" else '"'
    names = ", ".join(f"{quote}{column.name}{quote}" for column in table.columns)
    row = f"({', '.join([mark] * len(table.columns))})"
    return f"INSERT INTO {quote}{table.name}{quote} ({names}) VALUES {', '.join([row] * n_rows)}"


def _cells(values: "pd.Series[Any]", missing: str | None) -> npt.NDArray[Any]:
    if not isinstance(values.dtype, pd.CategoricalDtype):
        return values.to_numpy()
    members = np.array([*values.cat.categories, missing], dtype=object)
    return members[values.cat.codes.to_numpy()]


def _arrow(values: "pd.Series[Any]", kind: str) -> pa.Array:
    if isinstance(values.dtype, pd.CategoricalDtype):
        codes = pa.array(values.cat.codes.to_numpy(), mask=values.isna().to_numpy())
        text = pc.take(pa.array(values.cat.categories.to_numpy(object), pa.string()), codes)
        return text if kind == "date" else pc.fill_null(text, MISSING)
    if kind == "timestamp":
        return pc.cast(pa.array(values, from_pandas=True), pa.int64())
    return pa.array(values, from_pandas=True)
