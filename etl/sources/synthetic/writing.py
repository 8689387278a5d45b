"""Simulated sessions as a csv file, with the truth beside it; a file appears whole or not at all."""

import gzip
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from etl.sources.source import Source
from semantic.errors import InputError

_MODE = 0o644
_GZIP_LEVEL = 4


def write_csv(source: Source, path: Path, progress: Callable[[int], None] | None = None) -> int:
    """Return the number of rows written.

    Parameters
    ----------
    source : Source
        Whose records are written; times as ``2026-07-01T04:12:09Z``.
    path : Path
        Where to; packed with gzip where it ends in ``.gz``. A file that is there is replaced when all is written.
    progress : callable, optional
        Told `Batch.done` after each batch.

    Raises
    ------
    InputError
        Where the file cannot be written, such as on a full disk.
    """
    rows = 0
    with _replacing(path) as file, _packed(file, path) as stream:
        writer = None
        for batch in source.batches():
            table = _as_text(batch.table)
            writer = writer or arrow_csv.CSVWriter(
                stream, table.schema, write_options=arrow_csv.WriteOptions(quoting_style="none", quoting_header="none")
            )
            writer.write_table(table)
            rows += table.num_rows
            if progress is not None:
                progress(batch.done)
        if writer is not None:
            writer.close()
    return rows


def write_truth(truth: dict[str, Any], path: Path) -> Path:
    """Return the path of the truth that was written beside a csv: ``log.csv`` has ``log.truth.json``."""
    name = path.name.removesuffix(".gz").removesuffix(".csv")
    beside = path.with_name(f"{name}.truth.json")
    with _replacing(beside) as file:
        file.write(json.dumps(truth, indent=2).encode() + b"\n")
    return beside


@contextmanager
def _replacing(path: Path) -> Iterator[Any]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.chmod(_MODE)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror or error}); free space or name another") from error


@contextmanager
def _packed(file: Any, path: Path) -> Iterator[Any]:
    if path.suffix != ".gz":
        yield file
        return
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=_GZIP_LEVEL, mtime=0) as stream:
        yield stream


def _as_text(table: pa.Table) -> pa.Table:
    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            text = pc.utf8_replace_slice(table.column(place).cast(pa.string()), 10, 11, "T")
            table = table.set_column(place, field.name, text)
    return table
