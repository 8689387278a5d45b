"""Sessions from a Parquet file, a slice of a row group at a time, with its own types."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from etl.sources.files import content_hash, opened
from etl.sources.source import Batch
from semantic.errors import InputError

_BATCH_ROWS = 1 << 16
_BUFFER_BYTES = 1 << 20
_REFUSED: tuple[Callable[[pa.DataType], bool], ...] = (
    pa.types.is_nested,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_fixed_size_binary,
)


class ParquetSource:
    """A Parquet file.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    InputError
        Where it cannot be opened, is not Parquet, or has a column of cells that are not plain values.
    """

    origin: Literal["observed", "simulated"] = "observed"
    size_unit: Literal["bytes", "rows"] = "rows"

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, str(path)
        with opened(path) as file:
            parquet = self._parquet(file)
            self._schema, self.size = parquet.schema_arrow, int(parquet.metadata.num_rows)
        self._check()

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(self._schema.names)

    def fingerprint(self) -> str:
        """Return the SHA-256 of the file."""
        return content_hash(self.path)

    def batches(self) -> Iterator[Batch]:
        """Yield the rows 65,536 at a time; categories of pandas become plain texts."""
        done = 0
        with opened(self.path) as file, self._damage_said():
            for part in self._parquet(file).iter_batches(_BATCH_ROWS):
                table = pa.Table.from_batches([part]).cast(self._plain())
                lines = np.arange(done + 1, done + 1 + table.num_rows)
                done += table.num_rows
                yield Batch(table, lines, done=done)

    def _parquet(self, file: BinaryIO) -> pq.ParquetFile:
        magic = file.read(4)
        file.seek(0)
        if magic != b"PAR1":
            raise InputError(f"{self.path} is not a Parquet file; write kind: csv if it is text")
        with self._damage_said():
            return pq.ParquetFile(file, buffer_size=_BUFFER_BYTES, pre_buffer=False)

    @contextmanager
    def _damage_said(self) -> Iterator[None]:
        try:
            yield
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"{self.path} is a damaged Parquet file ({_first_line(error)}); write it again") from error

    def _plain(self) -> pa.Schema:
        return pa.schema([field.with_type(_value_type(field.type)) for field in self._schema])

    def _check(self) -> None:
        names = self._schema.names
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise InputError(f"{self.path} has two columns named {twice[0]!r}; names must differ, rename one")
        for field in self._schema:
            if any(is_refused(_value_type(field.type)) for is_refused in _REFUSED):
                raise InputError(
                    f"{self.path} column {field.name!r} holds {field.type}, must hold plain values; "
                    "leave it out or flatten it"
                )
        if not self.size:
            raise InputError(f"{self.path} holds no rows; name a file with sessions")


def _value_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
