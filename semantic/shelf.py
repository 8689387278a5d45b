"""Shelf: a folder with unpacked cubes, which all processes of one server map and so hold in memory once."""

import fcntl
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

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
        path = self._folder / f"{name}.cube"
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                _unpack(packed(), path)
            mapped = np.memmap(path, dtype=np.uint8, mode="r")
            for other in self._folder.glob("*.cube"):
                if other != path:
                    other.unlink()
        return Cube.from_buffer(np.asarray(mapped), catalog)


def _unpack(packed: Iterable[bytes], path: Path) -> None:
    part, unpacker = path.with_suffix(".part"), zlib.decompressobj()
    with part.open("wb") as file:
        for piece in packed:
            file.write(unpacker.decompress(piece))
        file.write(unpacker.flush())
    if not unpacker.eof:
        raise ValueError("the cube ends too early")
    part.replace(path)
