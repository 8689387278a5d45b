"""score_file: a file of sessions to the same file with scores, and one of the rows that could not be scored."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from model.batch.columns import columns_of
from model.batch.portion import Portion
from model.batch.portions import Source, opened
from model.batch.refused import notes_of, refused_rows
from model.batch.scores import Scores, names_of_scores
from model.predictor import Predictor
from semantic.errors import InputError
from semantic.safe_csv import CsvWriter

Tell = Callable[[float, int], None]
"""Told how much of the file was read, in [0, 1], and how many rows."""

NOTES = "notes"


@dataclass(frozen=True, slots=True)
class BatchFiles:
    """What is read and what is written; either is written under another name and appears when it is whole.

    Attributes
    ----------
    source : Path
        Csv or Parquet.
    out : Path
        Csv of the rows that were scored.
    rejected : Path
        Csv of those that were not.
    """

    source: Path
    out: Path
    rejected: Path


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What became of a file; ``n_read`` is the sum of the other two."""

    n_read: int
    n_scored: int
    n_rejected: int
    seconds: float


def score_file(
    files: BatchFiles,
    predictor: Predictor,
    tell: Tell,
    columns: Mapping[str, str] | None = None,
    most_rows: int | None = None,
) -> BatchOutcome:
    """Return what became of a file of sessions.

    Parameters
    ----------
    files : BatchFiles
        What is read and written.
    predictor : Predictor
        What predicts.
    tell : callable
        Told of the progress.
    columns : mapping of str to str, optional
        Columns of the configured source by the names of features; the names of features will do too.
    most_rows : int, optional
        A file with more rows is refused.

    Raises
    ------
    InputError
        Where the file cannot be read, lacks a column that the model needs or has too many rows.
    """
    began, n_read, n_rejected = time.perf_counter(), 0, 0
    with opened(files.source) as source, ExitStack() as stack:
        _check_free(source, files)
        found = columns_of(predictor.task.features, source.names, columns or {})
        scores = Scores(predictor, found)
        out, rejected = (stack.enter_context(_appearing(path)) for path in (files.out, files.rejected))
        for portion in source.portions:
            good, bad = _scored(portion, predictor, scores, found)
            out.write(good)
            rejected.write(bad)
            n_read, n_rejected = n_read + len(good) + len(bad), n_rejected + len(bad)
            if most_rows is not None and n_read > most_rows:
                raise InputError(f"{files.source.name} has more than {most_rows:,} rows; split it into smaller files")
            tell(source.share(), n_read)
    return BatchOutcome(n_read, n_read - n_rejected, n_rejected, time.perf_counter() - began)


def _scored(
    portion: Portion, predictor: Predictor, scores: Scores, columns: Mapping[str, str]
) -> tuple[pa.Table, pa.Table]:
    """Return the rows with their scores, and those without."""
    encoded = predictor.vocabulary.encode({name: portion.table[column] for name, column in columns.items()})
    whole, notes = portion.table, notes_of(encoded)
    added = scores.of(encoded.x)
    for name in added.column_names:
        whole = whole.append_column(name, added[name])
    whole = whole.append_column(NOTES, notes)
    is_faulty = encoded.is_faulty
    good = whole.filter(pa.array(~is_faulty)) if is_faulty.any() else whole
    return good, refused_rows(portion, encoded, columns)


def _check_free(source: Source, files: BatchFiles) -> None:
    taken = [name for name in source.names if name in (*names_of_scores(), NOTES)]
    if taken:
        raise InputError(f"{files.source.name} already has the column {taken[0]}; rename it or leave it out")


class _Appearing:
    """A csv whose columns are those of the first table written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._writer: CsvWriter | None = None

    def write(self, table: pa.Table) -> None:
        if self._writer is None:
            self._writer = CsvWriter(self._file, table.schema)
        self._writer.write_table(table)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


@contextmanager
def _appearing(path: Path) -> Iterator[_Appearing]:
    hidden = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with hidden.open("wb") as file:
            writer = _Appearing(file)
            yield writer
            writer.close()
        hidden.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); name another folder") from error
    finally:
        hidden.unlink(missing_ok=True)
