"""A zip archive in pieces, so that files of any size can be sent while they are written."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping

_LEVEL = 1


class _Outlet(io.RawIOBase):
    """Takes what is written until it is fetched; cannot seek, so the archive is written in one go."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        self._pieces.append(bytes(piece))  # type: ignore[call-overload]
        return len(self._pieces[-1])

    def fetch(self) -> bytes:
        found, self._pieces = b"".join(self._pieces), []
        return found


def zip_pieces(files: Mapping[str, Iterable[bytes]]) -> Iterator[bytes]:
    """Yield the bytes of an archive.

    Parameters
    ----------
    files : mapping of str to iterable of bytes
        Name and content of each file, in pieces.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, pieces in files.items():
            yield from _member(archive, outlet, name, pieces)
    yield outlet.fetch()


def _member(archive: zipfile.ZipFile, outlet: _Outlet, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    with archive.open(name, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece)
            yield outlet.fetch()
