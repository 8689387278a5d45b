"""export: stored sessions, or rejected records, as a csv or parquet file, streamed."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from config import Config
from semantic.database import engine_for
from semantic.errors import InputError, StoreError
from semantic.filter import Filter
from semantic.provenance import rejected_select
from semantic.query import predicate
from semantic.safe_csv import CsvWriter, arrow_type
from semantic.store import Store, describe_database_error

PORTION = 50_000


def export(config: Config, out: Path | None, where: str = "", *, rejected: bool = False) -> tuple[int, tuple[str, ...]]:
    """Return how many rows were written, and a notice for each part of the filter that the data does not know.

    Parameters
    ----------
    config : Config
        Where the data is.
    out : Path or None
        Parquet where it ends in ``.parquet``, else csv; None: csv to standard output.
    where : str
        Filter as in the address of a page, such as ``device=Mobile&day=2026-07-01..2026-08-01``.
    rejected : bool
        True for the rejected records of the newest run that has any, instead of sessions.

    Raises
    ------
    ProductError
        Where there is no data, the filter cannot be read, or the file cannot be written.
    """
    engine = engine_for(config.database_url, read_only=True)
    try:
        if rejected:
            return _write(engine, rejected_select(), _REJECTED_SCHEMA, out), ()
        select, notices = _sessions(config, engine, where)
        schema = pa.schema([(column.name, arrow_type(column.type)) for column in config.catalog.columns])
        return _write(engine, select, schema, out), notices
    except SQLAlchemyError as error:
        raise StoreError(describe_database_error(error, engine.url)) from error
    finally:
        engine.dispose()


def _sessions(config: Config, engine: sa.Engine, where: str) -> tuple[sa.Select[Any], tuple[str, ...]]:
    store, catalog = Store(engine, config.catalog), config.catalog
    kept, notices = store.resolve(Filter.from_query(where))
    snapshot = store.snapshot()
    table = snapshot.table
    select = sa.select(*(table.c[column.name] for column in catalog.columns)).order_by(table.c.row_id)
    for clause in kept.clauses:
        domain = snapshot.domains[clause.dimension]
        select = select.where(predicate(clause, catalog.dimension(clause.dimension), domain, table))
    return select, notices


_REJECTED_SCHEMA = pa.schema(
    [
        ("run_id", pa.int64()),
        ("line", pa.int64()),
        ("column_name", pa.string()),
        ("rule", pa.string()),
        ("value", pa.string()),
        ("raw", pa.string()),
    ]
)


def _write(engine: sa.Engine, select: sa.Select[Any], schema: pa.Schema, out: Path | None) -> int:
    n_rows = 0
    as_parquet = out is not None and out.suffix in (".parquet", ".pq")
    with engine.connect() as connection, _target(out) as file:
        writer: Any = parquet.ParquetWriter(file, schema) if as_parquet else CsvWriter(file, schema)
        result = connection.execute(select.execution_options(yield_per=PORTION))
        for rows in result.partitions():
            columns = [
                pa.array(cells, type_) for cells, type_ in zip(zip(*rows, strict=True), schema.types, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            n_rows += len(rows)
        writer.close()
    return n_rows


@contextmanager
def _target(out: Path | None) -> Iterator[Any]:
    """Yield a file that appears when all of it is written."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
            Path(name).chmod(0o644)
            Path(name).replace(out)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror or error}); free space or name another") from error
