"""An upload: a stream to a file of limited size."""

from pathlib import Path
from typing import BinaryIO

from semantic.errors import InputError

MOST_BYTES = 200 << 20
_PIECE = 1 << 20


def take_upload(stream: BinaryIO, path: Path, most_bytes: int = MOST_BYTES) -> int:
    """Return the bytes of a stream that were written to a file.

    Parameters
    ----------
    stream : file
        Is read once, in pieces.
    path : Path
        Where to.
    most_bytes : int
        More are refused.

    Raises
    ------
    InputError
        Where there are more, none, or no room on the disk.
    """
    n_bytes = 0
    try:
        with path.open("wb") as file:
            while piece := stream.read(_PIECE):
                n_bytes += len(piece)
                _check(n_bytes, most_bytes)
                file.write(piece)
    except OSError as error:
        raise InputError(f"the file could not be kept ({error.strerror}); try again later") from error
    if not n_bytes:
        raise InputError("the file is empty; give a csv or Parquet file with a header and sessions")
    return n_bytes


def _check(n_bytes: int, most_bytes: int) -> None:
    if n_bytes > most_bytes:
        raise InputError(f"the file is larger than {most_bytes >> 20} MB; split it, or run: python -m model score")
