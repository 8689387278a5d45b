"""IndexFile: the row index of a load on its way to the database; packed and on disk, so that memory does not grow."""

import json
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, Any

import numpy as np

from semantic.row_codes import Floats

HEAD = "head"
PIECE_BYTES = 1_000_000
_SAMPLE = 400_000
_LEVEL = 1


class IndexFile:
    """Named arrays, appended to bit by bit."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close
        self._packers: dict[str, Any] = {}
        self._pending: dict[str, list[bytes]] = {}
        self._shapes: dict[str, tuple[str, int]] = {}
        self._pieces: list[tuple[str, int, int]] = []

    def append(self, name: str, array: "np.ndarray[Any, Any]", *, is_dense: bool = False) -> None:
        """Put values behind those that the array of that name has; dense ones, which do not shrink, are not packed."""
        if name not in self._packers:
            self._packers[name], self._pending[name] = zlib.compressobj(0 if is_dense else _LEVEL), []
        kind, n_values = self._shapes.get(name, (array.dtype.str, 0))
        self._shapes[name] = kind, n_values + array.size
        self._pending[name].append(self._packers[name].compress(np.ascontiguousarray(array, dtype=kind).data))
        if sum(map(len, self._pending[name])) >= PIECE_BYTES:
            self._flush(name)

    def finish(self) -> None:
        """Write what is left of all arrays."""
        for name, packer in self._packers.items():
            self._pending[name].append(packer.flush())
            self._flush(name)

    def pieces(self) -> Iterator[tuple[str, int, bytes]]:
        """Yield (name, part, payload) of each piece, and the head at last."""
        counts: dict[str, int] = {}
        for name, start, size in self._pieces:
            self._file.seek(start)
            yield name, counts.setdefault(name, 0), self._file.read(size)
            counts[name] += 1
        yield HEAD, 0, json.dumps(self._shapes).encode()

    def close(self) -> None:
        """Remove the file."""
        self._file.close()

    def _flush(self, name: str) -> None:
        whole = b"".join(self._pending[name])
        for start in range(0, len(whole), PIECE_BYTES):
            piece = whole[start : start + PIECE_BYTES]
            self._pieces.append((name, self._file.tell(), len(piece)))
            self._file.write(piece)
        self._pending[name] = []


class NumberSample:
    """Every so many-th row of some columns; at most some 400,000 rows, evenly spread over all."""

    def __init__(self) -> None:
        self._stride = 1
        self._n_seen = 0
        self._parts: list[dict[str, Floats]] = []
        self._n_kept = 0

    def add(self, columns: Mapping[str, Floats]) -> None:
        """Take what falls to the sample out of further rows."""
        n_rows = len(next(iter(columns.values())))
        taken = slice(-self._n_seen % self._stride, None, self._stride)
        self._parts.append({name: values[taken].copy() for name, values in columns.items()})
        self._n_seen += n_rows
        self._n_kept += len(next(iter(self._parts[-1].values())))
        if self._n_kept > _SAMPLE:
            self._parts = [{name: self.values(name)[::2] for name in columns}]
            self._stride *= 2
            self._n_kept = (self._n_kept + 1) // 2

    def values(self, name: str) -> Floats:
        """Return the sample of a column."""
        return np.concatenate([part[name] for part in self._parts]) if self._parts else np.zeros(0)
