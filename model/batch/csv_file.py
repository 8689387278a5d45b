"""Sessions from csv in portions: cells as texts, true line numbers, rows of a wrong width set apart."""

import csv
import gzip
import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from model.batch.portion import Portion
from model.examples import Whole
from semantic.errors import InputError

_DELIMITERS = ",;\t|"
_GZIP = b"\x1f\x8b"
_HEAD_BYTES = 1 << 16
_BLOCK_BYTES = 4 << 20
_NEWLINE = 10


def csv_portions(file: BinaryIO, name: str) -> tuple[tuple[str, ...], Iterator[Portion]]:
    """Return the names of the columns and the sessions.

    Parameters
    ----------
    file : file
        Open at its beginning, in bytes, gzip or not.
    name : str
        Of the file, for sentences.

    Raises
    ------
    InputError
        Now or while it is read: no text in UTF-8, no rows, a quote that is never closed.
    """
    is_packed = file.read(2) == _GZIP
    file.seek(0)
    plain = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if is_packed else file
    try:
        head = plain.read(_HEAD_BYTES)
    except (OSError, EOFError) as error:
        raise InputError(f"{name} cannot be unpacked ({error}); pack it anew") from error
    plain.seek(0)
    names, delimiter = _header(head, name)
    return names, _portions(plain, names, delimiter, name)


def _header(head: bytes, name: str) -> tuple[tuple[str, ...], str]:
    if b"\0" in head:
        raise InputError(f"{name} is not text in UTF-8: it holds a zero byte; save it as csv in UTF-8")
    text = head.decode("utf-8-sig", "replace")
    lines = list(io.StringIO(text, newline=""))

    def cells(delimiter: str) -> list[str]:
        return next(csv.reader(lines, delimiter=delimiter), [])

    delimiter = max(_DELIMITERS, key=lambda each: len(cells(each)))
    return tuple(cells(delimiter)), delimiter


class _Lines:
    """Counts the lines of a file while it is read; the header is what it begins with.

    Parameters
    ----------
    width : int
        Cells that each row should have.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._record, self._shift = 2, 0
        self._wrong: list[arrow_csv.InvalidRow] = []

    def refuse(self, row: Any) -> str:
        """Note a row of a wrong width."""
        self._wrong.append(row)
        return "skip"

    def of(self, table: pa.Table) -> tuple[Whole, list[tuple[int, str]]]:
        """Return the lines of the next rows, and line and reason of the wrong ones among them."""
        n_rows, wrong = len(table), self._wrong
        n_within = 0
        while n_within < len(wrong) and wrong[n_within].number < self._record + n_rows + n_within:
            n_within += 1
        return self._placed(table, wrong[:n_within])

    def rest(self) -> list[tuple[int, str]]:
        """Return line and reason of wrong rows behind the last one that is right."""
        return self._placed(None, list(self._wrong))[1]

    def _placed(self, table: pa.Table | None, wrong: list[Any]) -> tuple[Whole, list[tuple[int, str]]]:
        n_rows = 0 if table is None else len(table)
        added = np.zeros(n_rows + len(wrong), np.int64)
        is_wrong = np.zeros(len(added), bool)
        for row in wrong:
            place = row.number - self._record
            added[place], is_wrong[place] = row.text.count("\n"), True
        if table is not None:
            added[~is_wrong] = _newlines(table)
        lines = self._record + self._shift + np.arange(len(added)) + np.cumsum(added) - added
        self._record += len(added)
        self._shift += int(added.sum())
        del self._wrong[: len(wrong)]
        reasons = [self._reason(row) for row in wrong]
        return lines[~is_wrong], list(zip(lines[is_wrong].tolist(), reasons, strict=True))

    def _reason(self, row: Any) -> str:
        n_lines = row.text.count("\n") + 1
        lines = f" and goes over {n_lines:,} lines; look for a quote that is never closed" if n_lines > 1 else ""
        return f"the row has {row.actual_columns} cells, the header has {self._width}{lines}"


def _portions(plain: BinaryIO, names: tuple[str, ...], delimiter: str, name: str) -> Iterator[Portion]:
    lines, n_rows = _Lines(len(names)), 0
    try:
        for batch in _reader(plain, names, delimiter, lines):
            table = pa.Table.from_batches([batch])
            n_rows += len(table)
            found, wrong = lines.of(table)
            yield Portion(table, found, tuple(wrong))
        wrong = lines.rest()
        if wrong:
            yield Portion(
                pa.table({each: pa.array([], pa.string()) for each in names}), np.zeros(0, np.int64), tuple(wrong)
            )
    except (pa.ArrowException, OSError, EOFError) as error:
        raise InputError(_sentence(error, name)) from error
    if not n_rows and not wrong:
        raise InputError(f"{name} holds a header and no rows; give a file with sessions")


def _reader(plain: BinaryIO, names: tuple[str, ...], delimiter: str, lines: _Lines) -> arrow_csv.CSVStreamingReader:
    return arrow_csv.open_csv(
        plain,
        # rows of a wrong width are only told by their number where one thread reads
        read_options=arrow_csv.ReadOptions(use_threads=False, block_size=_BLOCK_BYTES),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=lines.refuse
        ),
        convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )


def _newlines(table: pa.Table) -> Whole | int:
    if not any(_NEWLINE in np.frombuffer(buffer, np.uint8) for buffer in _text_buffers(table)):
        return 0
    counts = [pc.count_substring(column, "\n").to_numpy() for column in table.columns]
    return np.asarray(np.sum(counts, axis=0), np.int64)


def _text_buffers(table: pa.Table) -> Iterator[pa.Buffer]:
    for column in table.columns:
        for chunk in column.chunks:
            buffer = chunk.buffers()[2]
            if buffer is not None:
                yield buffer


def _sentence(error: Exception, name: str) -> str:
    text = str(error).splitlines()[0][:200]
    if "UTF8" in text:
        return f"{name} is not text in UTF-8; save it as csv in UTF-8"
    return f"{name} cannot be read as csv ({text}); save it anew"
