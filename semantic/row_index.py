"""RowIndex: the codes of all sessions of one version, mapped; each array is unpacked when it is first asked for."""

import json
import shutil
import weakref
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import Any

import numpy as np
import sqlalchemy as sa

from semantic.index_file import HEAD
from semantic.memo import Memo
from semantic.row_codes import Places, row_ids_of
from semantic.schema import INDEX_PARTS
from semantic.shelf import Shelf
from semantic.snapshot import Snapshot
from semantic.user_order import ORDER

_REMEMBERED = 64
_PORTION = 1 << 18


class RowIndex:
    """Arrays by name.

    Parameters
    ----------
    shapes : mapping of str to (str, int)
        Type and length of each array.
    version : Snapshot
        Whose rows they code.
    shelf : Shelf
        Where they are unpacked to.

    Attributes
    ----------
    memo : Memo
        What was counted over them.
    sums : Memo
        What was summed over units.
    """

    def __init__(self, shapes: dict[str, tuple[str, int]], snapshot: Snapshot, shelf: Shelf) -> None:
        self._shapes = shapes
        self._key = f"{snapshot.version}-{snapshot.loaded_at}"
        self._version = snapshot.version
        self._shelf = shelf
        self._arrays: dict[str, np.ndarray[Any, Any]] = {}
        self.memo = Memo(_REMEMBERED)
        self.sums = Memo(_REMEMBERED)
        self.n_rows = snapshot.n_rows

    def has(self, name: str) -> bool:
        """Return whether there is an array of that name."""
        return name in self._shapes

    def array(self, name: str, connection: sa.Connection) -> "np.ndarray[Any, Any]":
        """Return an array; raises OSError, ValueError or zlib.error where it cannot be unpacked."""
        if name not in self._arrays:
            kind, n_values = self._shapes[name]
            raw = self._raw(name, connection) if n_values else np.zeros(0, np.uint8)
            self._arrays[name] = raw[: n_values * np.dtype(kind).itemsize].view(kind)
            if len(self._arrays[name]) != n_values:
                raise ValueError(f"{name} of version {self._version} ends too early")
        return self._arrays[name]

    def by_user(self, name: str, connection: sa.Connection) -> "np.ndarray[Any, Any]":
        """Return an array with the rows of each user together, as they come where rows have no users; see `array`."""
        if not self.has(ORDER):
            return self.array(name, connection)
        key = f"{name}.by-user"
        if key not in self._arrays:
            plain, order = self.array(name, connection), self.array(ORDER, connection)
            raw = self._shelf.made(self._key, key, partial(_taken, plain, order))
            self._arrays[key] = raw.view(plain.dtype)
        return self._arrays[key]

    def row_ids(self, places: Places, connection: sa.Connection) -> Places:
        """Return the key of each place."""
        return row_ids_of(places, self.array("runs", connection).reshape(-1, 2))

    def _raw(self, name: str, connection: sa.Connection) -> "np.ndarray[Any, Any]":
        return self._shelf.mapped(self._key, f"{name}.codes", partial(_packed, connection, self._version, name))


class IndexReader:
    """The row index of the newest version that was asked for.

    Parameters
    ----------
    shelf : Shelf or None
        Where arrays are unpacked to; None: a passing folder of its own.
    """

    def __init__(self, shelf: Shelf | None) -> None:
        self._shelf = shelf
        self._held: tuple[int, int, RowIndex | None] | None = None
        self._lock = Lock()

    def index(self, snapshot: Snapshot, connection: sa.Connection) -> RowIndex | None:
        """Return the index of a version, or None where it has none.

        Parameters
        ----------
        snapshot : Snapshot
            The version.
        connection : Connection
            Sees it.
        """
        key = snapshot.version, snapshot.loaded_at
        with self._lock:
            if not self._held or self._held[:2] != key:
                self._held = *key, self._read(snapshot, connection)
            return self._held[2]

    def _read(self, snapshot: Snapshot, connection: sa.Connection) -> RowIndex | None:
        if not sa.inspect(connection).has_table(INDEX_PARTS.name):
            return None
        head = b"".join(_packed(connection, snapshot.version, HEAD))
        shapes = {name: (str(kind), int(size)) for name, (kind, size) in json.loads(head or "{}").items()}
        is_whole = all(n == snapshot.n_rows for name, (_, n) in shapes.items() if name.startswith("codes."))
        return RowIndex(shapes, snapshot, self._shelf or self._own_shelf()) if shapes and is_whole else None

    def _own_shelf(self) -> Shelf:
        folder = mkdtemp(prefix="rows-")
        self._shelf = Shelf(Path(folder))
        weakref.finalize(self._shelf, shutil.rmtree, folder, ignore_errors=True)
        return self._shelf


def _taken(plain: "np.ndarray[Any, Any]", order: "np.ndarray[Any, Any]") -> Iterator[bytes]:
    for first in range(0, len(order), _PORTION):
        yield plain[order[first : first + _PORTION]].tobytes()


def _packed(connection: sa.Connection, version: int, name: str) -> Iterator[bytes]:
    parts = INDEX_PARTS.c
    select = sa.select(parts.payload).where(parts.version == version, parts.name == name).order_by(parts.part)
    yield from connection.execute(select).scalars()
