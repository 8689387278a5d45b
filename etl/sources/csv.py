"""Sessions from a csv file, packed or not: text cells, true line numbers, and rows that cannot be split set apart."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from etl.sources.files import Utf8Stream, content_hash, opened, stored_size, wrong_byte
from etl.sources.records import Block, blocks
from etl.sources.source import Batch, Unreadable
from semantic.errors import InputError

_DELIMITERS = (",", ";", "\t", "|")
_SPELLED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_PARSED_BYTES = 1 << 20
_HEADER_BYTES = 100_000
_SAMPLE_BYTES = 1 << 16
_SAMPLE_ROWS = 50


class CsvSource:
    """A csv file.

    Parameters
    ----------
    path : Path
        Plain or gzip, told apart by its first bytes.
    delimiter : str, default ""
        What stands between cells; empty: found out from the first rows.
    encoding : str, default "utf-8"
        What the bytes stand for; a byte order mark is allowed.

    Raises
    ------
    InputError
        Where the file cannot be opened or the delimiter is not one ASCII character.
    """

    origin: Literal["observed", "simulated"] = "observed"
    size_unit: Literal["bytes", "rows"] = "bytes"

    def __init__(self, path: Path, delimiter: str = "", encoding: str = "utf-8") -> None:
        self.path, self.encoding = path, encoding
        self.delimiter = _SPELLED.get(delimiter, delimiter)
        if len(self.delimiter) > 1 or not self.delimiter.isascii() or self.delimiter in ('"', "\n", "\r"):
            raise InputError(
                f"delimiter is {delimiter!r}, must be one character such as , or ;; leave it out to find it"
            )
        self.name = str(path)
        self.size = stored_size(path)

    def columns(self) -> tuple[str, ...]:
        """Return the names in the header."""
        with self._opened() as (names, _, _):
            return names

    def fingerprint(self) -> str:
        """Return the SHA-256 of the file as stored."""
        return content_hash(self.path)

    def batches(self) -> Iterator[Batch]:
        """Yield the records about 8 MB of text at a time."""
        is_empty = True
        with self._opened() as (names, delimiter, parts):
            for block in parts:
                if len(block.starts):
                    is_empty = False
                    yield _batch(block, names, delimiter, self)
        if is_empty:
            raise InputError(f"{self.path} holds a header and no rows; name a file with sessions")

    @contextmanager
    def _opened(self) -> Iterator[tuple[tuple[str, ...], str, Iterator[Block]]]:
        """Yield the names, the delimiter and what follows the header."""
        with opened(self.path) as file:
            stream = Utf8Stream(file, self.path, self.encoding)
            head = stream.read(_SAMPLE_BYTES)
            likely = _likely_delimiter(head)
            delimiter = self.delimiter or likely
            parts = blocks(stream, head, delimiter, self.path)
            first = next(parts, None)
            if first is None:
                raise InputError(f"{self.path} is empty; name a file with a header and sessions")
            names = self._names(first, delimiter, likely)
            yield names, delimiter, _following(first, parts)

    def _names(self, first: Block, delimiter: str, likely: str) -> tuple[str, ...]:
        header = first.data[first.starts[0] : first.ends[0]]
        line = int(first.lines[0])
        if b"\0" in header:
            raise InputError(f"{self.path} is not text: line {line} holds a zero byte; save it as csv in UTF-8")
        if len(header) > _HEADER_BYTES:
            raise InputError(
                f"{self.path} line {line} would be a header of {len(header):,} bytes, must have at most "
                f"{_HEADER_BYTES:,}; name a csv file whose first row holds the names"
            )
        names = _cells(_decoded(header, line, self), delimiter)
        if len(names) == 1 and len(_cells(first.text(0), likely)) > 1:
            raise InputError(
                f"{self.path} has one column when split at {delimiter!r}; its header {first.text(0)[:80]!r} "
                f"looks split at {likely!r}: write that delimiter or leave it out"
            )
        named = tuple(name.strip() or f"column {number}" for number, name in enumerate(names, 1))
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise InputError(f"{self.path} has two columns named {twice[0]!r}; names must differ, rename one")
        return named


def _following(first: Block, parts: Iterator[Block]) -> Iterator[Block]:
    yield first.without_first()
    yield from parts


def _likely_delimiter(head: bytes) -> str:
    """Return the delimiter that splits most rows of a sample into the same number of cells, more than one."""
    text = head[:_SAMPLE_BYTES].decode("utf-8", "replace")
    lines = list(io.StringIO(text, newline=""))
    lines = lines if len(lines) == 1 or len(head) < _SAMPLE_BYTES else lines[:-1]

    def score(delimiter: str) -> tuple[bool, float, int]:
        rows = [row for row in islice(csv.reader(lines, delimiter=delimiter), _SAMPLE_ROWS) if row]
        width = len(rows[0]) if rows else 0
        alike = sum(len(row) == width for row in rows) / max(1, len(rows))
        return width > 1, round(alike, 1), width

    return max(_DELIMITERS, key=score)


def _cells(record: str, delimiter: str) -> list[str]:
    return next(csv.reader([record], delimiter=delimiter), [""])


def _decoded(data: bytes, line: int, source: CsvSource) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line += before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
        raise wrong_byte(source.path, source.encoding, line, data[error.start]) from error


def _batch(block: Block, names: tuple[str, ...], delimiter: str, source: CsvSource) -> Batch:
    """Return the records of a block, first without and then, where rows are ragged, with a handler for them."""
    try:
        table = _parsed(block, names, delimiter, None)
        ragged: list[tuple[int, int]] = []
    except pa.ArrowInvalid:
        _decoded(block.data[block.begin : block.used], _first_line(block), source)
        ragged = []
        table = _parsed(block, names, delimiter, ragged)
    good = np.ones(len(block.starts), bool)
    good[[record for record, _ in ragged]] = False
    if table.num_rows != good.sum():
        raise InputError(f"{source.path} near line {block.lines[0]} cannot be split into rows; check its quotes")
    unreadable = tuple(
        Unreadable(int(block.lines[record]), block.text(record), f"{cells} cells where the header has {len(names)}")
        for record, cells in ragged
    )
    return Batch(table, block.lines[good], unreadable, block.done)


def _first_line(block: Block) -> int:
    before = block.data[block.begin : block.starts[0]]
    return int(block.lines[0]) - (before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n"))


def _parsed(block: Block, names: tuple[str, ...], delimiter: str, ragged: list[tuple[int, int]] | None) -> pa.Table:
    def set_apart(row: arrow_csv.InvalidRow) -> str:
        assert ragged is not None  # noqa: S101
        ragged.append((row.number - 1, row.actual_columns))
        return "skip"

    # pyarrow 26 drops the line feed of a CRLF that its blocks cut in two, in quoted cells too: one block must do then.
    # Its threads now and then fail "for an unknown reason" in a long load, so one thread reads.
    size = block.used - block.begin
    longest = size if block.has_quoted_breaks else int((block.ends - block.starts).max())
    return arrow_csv.read_csv(
        pa.BufferReader(pa.py_buffer(block.data).slice(block.begin, size)),
        read_options=arrow_csv.ReadOptions(
            column_names=names, block_size=max(_PARSED_BYTES, longest + 2), use_threads=False
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=block.has_quoted_breaks,
            invalid_row_handler=None if ragged is None else set_apart,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            auto_dict_encode=False,
        ),
    )
