"""Shelf: a folder with unpacked cubes and row indexes, which the processes of one server map and so hold but once."""

import fcntl
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from semantic.catalog import Catalog
from semantic.cube import Cube


class Shelf:
    """Cubes by version; only the newest one is kept, older ones live on in the processes that map them.

    Parameters
    ----------
    folder : Path
        A folder that no one else can write: a file cut short while it is mapped would end the process.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def cube(self, name: str, packed: Callable[[], Iterable[bytes]], catalog: Catalog) -> Cube:
        """Return the cube of that name; the first process that asks unpacks it.

        Parameters
        ----------
        name : str
            Names one version of the data for good.
        packed : callable
            Returns the bytes of `Cube.to_bytes`, in pieces; called where the cube is not there yet.
        catalog : Catalog
            What its words mean.

        Raises
        ------
        OSError
            Where the folder is full or gone.
        ValueError, zlib.error
            Where the bytes are damaged.
        """
        mapped = self.mapped(name, "cube", packed)
        for other in self._folder.glob("*.*"):
            if other.name.partition(".")[0] != name:
                other.unlink(missing_ok=True)
        return Cube.from_buffer(mapped, catalog)

    def mapped(self, name: str, what: str, packed: Callable[[], Iterable[bytes]]) -> npt.NDArray[np.uint8]:
        """Return some bytes of a version, mapped; the first process that asks unpacks them.

        Parameters
        ----------
        name : str
            Names one version of the data for good; without a dot.
        what : str
            Names the bytes.
        packed : callable
            Returns the bytes packed by zlib, in pieces; called where they are not there yet.

        Raises
        ------
        OSError
            Where the folder is full or gone.
        ValueError, zlib.error
            Where the bytes are damaged.
        """
        return self.made(name, what, lambda: _unpacked(packed(), f"{name}.{what}"))

    def made(self, name: str, what: str, pieces: Callable[[], Iterable[bytes]]) -> npt.NDArray[np.uint8]:
        """Return some bytes of a version, mapped; the first process that asks makes them.

        Parameters
        ----------
        name, what : str
            As for `mapped`.
        pieces : callable
            Returns the bytes as they are, in pieces; it must not ask this shelf for anything.

        Raises
        ------
        OSError
            Where the folder is full or gone.
        """
        path = self._folder / f"{name}.{what}"
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                part = path.with_name(f"{path.name}.part")
                with part.open("wb") as file:
                    file.writelines(pieces())
                part.replace(path)
            return np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))


def _unpacked(packed: Iterable[bytes], name: str) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for piece in packed:
        yield unpacker.decompress(piece)
    yield unpacker.flush()
    if not unpacker.eof:
        raise ValueError(f"{name} ends too early")
