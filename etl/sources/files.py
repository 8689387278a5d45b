"""Files on disk: opened, unpacked, turned into UTF-8, and every fault of theirs said in one sentence."""

import codecs
import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from semantic.errors import InputError

_READ = 1 << 20
_GZIP = b"\x1f\x8b"
_OTHER_FORMATS = (
    (b"PAR1", "a Parquet file", "write kind: parquet"),
    (b"SQLite format 3\x00", "a SQLite database", "write kind: database and url: sqlite:///FILE"),
    (b"PK\x03\x04", "a zip archive or an Excel workbook", "save it as csv"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "save it as csv"),
    (b"BZh", "packed with bzip2", "unpack it or pack it with gzip"),
    (b"\xfd7zXZ\x00", "packed with xz", "unpack it or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "unpack it or pack it with gzip"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD_BYTES = 16


def stored_size(path: Path) -> int:
    """Return the bytes of a file that can be read.

    Raises
    ------
    InputError
        Where it is missing, a folder, or closed to us.
    """
    with opened(path) as file:
        return file.seek(0, io.SEEK_END)


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as stored."""
    digest = hashlib.sha256()
    with opened(path) as file:
        while part := file.read(_READ):
            digest.update(part)
    return digest.hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Yield a file opened for reading; faults of the file become an InputError."""
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}; {_neighbours(path)}") from error
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder, must be a file; name one file in it") from error
    except PermissionError as error:
        raise InputError(f"{path} may not be read by this user; change its permissions (chmod a+r)") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error}); check the disk") from error


def _neighbours(path: Path) -> str:
    if not path.parent.is_dir():
        return f"nor a folder {path.parent}; correct the path"
    names = sorted(entry.name for entry in path.parent.iterdir() if entry.suffix == path.suffix and entry.is_file())
    return f"its folder holds {', '.join(names[:5])}" if names else "correct the path"


class Utf8Stream:
    """The text of a csv file as UTF-8 bytes, unpacked and without its byte order mark.

    Parameters
    ----------
    file : BinaryIO
        The file as stored.
    path : Path
        Its name, for messages.
    encoding : str
        What the bytes stand for.
    """

    def __init__(self, file: BinaryIO, path: Path, encoding: str) -> None:
        self._file, self._path, self._encoding = file, path, _known(encoding)
        head = file.read(_HEAD_BYTES)
        file.seek(0)
        self._unpack = zlib.decompressobj(wbits=31) if head.startswith(_GZIP) else None
        self._decode = None if self._encoding == "utf-8" else codecs.getincrementaldecoder(self._encoding)()
        self._line, self._is_begun, self._packed = 1, False, b""
        if self._unpack is None:
            self._check(head)

    @property
    def stored_position(self) -> int:
        """Bytes of the stored file that have been read."""
        return self._file.tell() - len(self._packed)

    def read(self, size: int) -> bytes:
        """Return about ``size`` more bytes of UTF-8; empty at the end."""
        parts, total = [], 0
        while total < size and (part := self._plain(max(size - total, _HEAD_BYTES))):
            if not self._is_begun:
                part = self._begin(part)
            parts.append(self._to_utf8(part))
            total += len(parts[-1])
        if not total and self._decode is not None:
            self._to_utf8(b"", final=True)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _begin(self, part: bytes) -> bytes:
        self._is_begun = True
        self._check(part)
        return part.removeprefix(codecs.BOM_UTF8) if self._encoding == "utf-8" else part

    def _check(self, head: bytes) -> None:
        for magic, what, remedy in _OTHER_FORMATS:
            if head.startswith(magic):
                raise InputError(f"{self._path} is {what}, not csv; {remedy}")
        marked = next((name for mark, name in _MARKS if head.startswith(mark)), self._encoding)
        if marked != self._encoding and not self._encoding.startswith(marked):
            raise InputError(
                f"{self._path} is marked as {marked} but is read as {self._encoding}; write encoding: {marked}"
            )

    def _plain(self, size: int) -> bytes:
        return self._file.read(size) if self._unpack is None else self._unpacked(size)

    def _unpacked(self, size: int) -> bytes:
        """Return up to ``size`` unpacked bytes; a gzip file may hold several members."""
        assert self._unpack is not None  # noqa: S101
        while True:
            if self._unpack.eof:
                self._packed = self._unpack.unused_data or self._file.read(_READ)
                if not self._packed.strip(b"\0"):
                    return b""
                self._unpack = zlib.decompressobj(wbits=31)
            elif not self._packed:
                self._packed = self._file.read(_READ)
                if not self._packed:
                    raise InputError(f"{self._path} ends within its gzip data; fetch or pack it again")
            try:
                part = self._unpack.decompress(self._packed, size)
            except zlib.error as error:
                raise InputError(f"{self._path} holds broken gzip data; fetch or pack it again") from error
            self._packed = self._unpack.unconsumed_tail
            if part:
                return part

    def _to_utf8(self, part: bytes, *, final: bool = False) -> bytes:
        if self._decode is None:
            return part
        try:
            text = self._decode.decode(part, final)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(self._encoding, "replace").count("\n")
            raise wrong_byte(self._path, self._encoding, self._line + before, error.object[error.start]) from error
        self._line += text.count("\n")
        return text.encode()


def wrong_byte(path: Path, encoding: str, line: int, byte: int) -> InputError:
    """Return the error for a byte that an encoding does not know.

    Parameters
    ----------
    path : Path
        Of the file.
    encoding : str
        As it was given.
    line : int
        Where the byte stands.
    byte : int
        From 0 to 255.
    """
    guess = "cp1252" if codecs.lookup(encoding).name.startswith("utf-8") else "utf-8"
    return InputError(
        f"{path} line {line} holds the byte 0x{byte:02x}, which is not {encoding}; "
        f"write the file's encoding, for example encoding: {guess}"
    )


def _known(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except LookupError as error:
        raise InputError(f"unknown encoding {encoding!r}; write one such as utf-8, cp1252 or utf-16") from error
    return "utf-8" if name in ("utf-8-sig", "ascii") else name
