"""Portions: the sessions of a file some thousands at a time, with where they stand in it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from model.batch.csv_file import csv_portions
from model.batch.portion import Portion, text_columns
from model.examples import Whole
from semantic.errors import InputError

_PARQUET = b"PAR1"
_ROWS = 65_536


@dataclass(frozen=True)
class Source:
    """A file that is being read.

    Attributes
    ----------
    names : tuple of str
        Of its columns.
    portions : iterator of Portion
        Its sessions, once.
    share : callable
        How much of the file was read so far, in [0, 1].
    """

    names: tuple[str, ...]
    portions: Iterator[Portion]
    share: Callable[[], float]


def opened(path: Path) -> AbstractContextManager[Source]:
    """Return a csv file, gzip or not, or a Parquet file, told apart by its first bytes.

    Raises
    ------
    InputError
        Where the file cannot be read, has no rows or two columns of one name.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_PARQUET))
    except OSError as error:
        raise InputError(f"{path.name} cannot be read ({error.strerror}); name a csv or Parquet file") from error
    if not head:
        raise InputError(f"{path.name} is empty; give a csv or Parquet file with a header and sessions")
    return _parquet(path) if head == _PARQUET else _csv(path)


@contextmanager
def _csv(path: Path) -> Iterator[Source]:
    size = path.stat().st_size
    with path.open("rb") as file:
        names, portions = csv_portions(file, path.name)
        _check_names(names, path)
        yield Source(names, portions, lambda: min(file.tell() / size, 1.0))


@contextmanager
def _parquet(path: Path) -> Iterator[Source]:
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path.name} is no Parquet file that can be read ({_brief(error)}); write it anew") from error
    with file:
        names = tuple(file.schema_arrow.names)
        _check_names(names, path)
        for field in file.schema_arrow:
            if pa.types.is_nested(field.type):
                raise InputError(f"column {field.name} of {path.name} holds lists or records; leave it out")
        done = [0]
        yield Source(names, _row_groups(file, path, done), lambda: done[0] / max(file.metadata.num_rows, 1))


def _row_groups(file: pq.ParquetFile, path: Path, done: list[int]) -> Iterator[Portion]:
    try:
        for batch in file.iter_batches(_ROWS):
            table = text_columns(pa.Table.from_batches([batch]))
            lines: Whole = np.arange(done[0] + 1, done[0] + len(table) + 1)
            done[0] += len(table)
            yield Portion(table, lines)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path.name} breaks off at row {done[0]:,} ({_brief(error)}); write it anew") from error
    if not done[0]:
        raise InputError(f"{path.name} has no rows; give a file with sessions")


def _check_names(names: tuple[str, ...], path: Path) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"{path.name} has two columns named {twice[0]!r}; names must differ, rename one")


def _brief(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
