"""The csv source against Python's csv module and pandas, and every fault of a file in one sentence."""

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.sources import records
from etl.sources.csv import CsvSource
from semantic.errors import InputError

CELL = st.text(st.sampled_from('ab ",;|\t\n\r\'é€\U0001f600'), max_size=6)
TABLE = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=12))


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells(source: CsvSource) -> list[list[str]]:
    return [[cell or "" for cell in row.values()] for batch in source.batches() for row in batch.table.to_pylist()]


def lines(source: CsvSource) -> list[int]:
    return np.concatenate([batch.lines for batch in source.batches()]).tolist()


def unreadable(source: CsvSource) -> list[tuple[int, str, str]]:
    return [(bad.line, bad.raw, bad.reason) for batch in source.batches() for bad in batch.unreadable]


def csv_text(rows: list[list[str]], delimiter: str, terminator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=terminator, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
    return text.getvalue()


def read_by_python(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Return the rows that have cells and the line on which each begins, as Python's csv module sees them."""
    reader, rows, begins, begin = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [], [], 1
    for row in reader:
        if row:
            rows.append(row)
            begins.append(begin)
        begin = reader.line_num + 1
    return rows, begins


def fault(path: Path, **options: str) -> str:
    with pytest.raises(InputError) as caught:
        list(CsvSource(path, **options).batches())
    assert "\n" not in str(caught.value)
    return str(caught.value)


@settings(max_examples=300)
@given(rows=TABLE, delimiter=st.sampled_from(",;\t|"), terminator=st.sampled_from(["\n", "\r\n", "\r"]), block=st.integers(1, 40))
def test_what_a_csv_writer_writes_comes_back_with_the_lines_of_pythons_reader(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str, terminator: str, block: int
) -> None:
    text = csv_text([[f"c{i}" for i in range(len(rows[0]))], *rows], delimiter, terminator)
    path = written(tmp_path_factory.mktemp("csv") / "log.csv", text)
    expected, begins = read_by_python(text, delimiter)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "BLOCK_BYTES", block)
        patch.setattr("etl.sources.csv._SAMPLE_BYTES", block)
        source = CsvSource(path, delimiter)
        assert cells(source) == expected[1:]
        assert lines(source) == begins[1:]


@settings(max_examples=500)
@given(body=st.text(st.sampled_from('a,"\n\r '), min_size=1, max_size=40), block=st.integers(1, 20))
def test_any_text_is_split_as_python_splits_it(
    tmp_path_factory: pytest.TempPathFactory, body: str, block: int
) -> None:
    text = "x,y\n" + body
    path = written(tmp_path_factory.mktemp("csv") / "log.csv", text)
    expected, begins = read_by_python(text, ",")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "BLOCK_BYTES", block)
        try:
            found = [(line, None) for line, _, _ in unreadable(CsvSource(path, ","))]
            found += list(zip(lines(CsvSource(path, ",")), map(tuple, cells(CsvSource(path, ","))), strict=True))
        except InputError as error:
            assert "never closed" in str(error) or "no rows" in str(error)
            return
    wanted = [(line, tuple(row) if len(row) == 2 else None) for line, row in zip(begins, expected, strict=True)]
    assert sorted(found, key=str) == sorted(wanted[1:], key=str)
