"""Shelf: a folder with unpacked cubes and row indexes, which the processes of one server map and so hold but once."""

import fcntl
import zlib
from collections.abc import Callable, Iterable
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
        path = self._folder / f"{name}.{what}"
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                _unpack(packed(), path)
            return np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))


def _unpack(packed: Iterable[bytes], path: Path) -> None:
    part, unpacker = path.with_name(f"{path.name}.part"), zlib.decompressobj()
    with part.open("wb") as file:
        for piece in packed:
            file.write(unpacker.decompress(piece))
        file.write(unpacker.flush())
    if not unpacker.eof:
        raise ValueError(f"{path.name} ends too early")
    part.replace(path)
