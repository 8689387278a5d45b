"""The csv source against Python's csv module and pandas, and every fault of a file in one sentence."""

import csv
import gzip
import hashlib
import io
import tracemalloc
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from etl.sources import records
from etl.sources.csv import CsvSource
from semantic.errors import InputError

CELL = st.text(st.sampled_from("ab \",;|\t\n\r'é€\U0001f600"), max_size=6)
TABLE = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=12)
)


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells(source: CsvSource) -> list[list[str]]:
    return [[cell or "" for cell in row.values()] for batch in source.batches() for row in batch.table.to_pylist()]


def lines(source: CsvSource) -> list[int]:
    return [int(line) for batch in source.batches() for line in batch.lines]


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


def csv_is_open(text: str) -> bool:
    """Return whether the text ends within quotes, by asking Python's reader in strict mode."""
    try:
        list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error) or "expected after" in str(error)
    return False


def fault(path: Path, **options: str) -> str:
    with pytest.raises(InputError) as caught:
        list(CsvSource(path, **options).batches())
    assert "\n" not in str(caught.value)
    return str(caught.value)


@settings(max_examples=300)
@given(
    rows=TABLE,
    delimiter=st.sampled_from(",;\t|"),
    terminator=st.sampled_from(["\n", "\r\n", "\r"]),
    block=st.integers(1, 40),
)
def test_what_a_csv_writer_writes_comes_back_with_the_lines_of_pythons_reader(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str, terminator: str, block: int
) -> None:
    text = csv_text([[f"c{i}" for i in range(len(rows[0]))], *rows], delimiter, terminator)
    path = written(tmp_path_factory.mktemp("csv") / "log.csv", text)
    expected, begins = read_by_python(text, delimiter)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "BLOCK_BYTES", block)
        patch.setattr("etl.sources.csv._SAMPLE_BYTES", block)
        patch.setattr("etl.sources.csv._PARSED_BYTES", 3 * block)
        source = CsvSource(path, delimiter)
        assert cells(source) == expected[1:]
        assert lines(source) == begins[1:]


@settings(max_examples=500)
@given(body=st.text(st.sampled_from('a,"\n\r '), min_size=1, max_size=40), block=st.integers(1, 60))
def test_any_text_is_split_as_python_splits_it(tmp_path_factory: pytest.TempPathFactory, body: str, block: int) -> None:
    text = "x,y\n" + body
    path = written(tmp_path_factory.mktemp("csv") / "log.csv", text)
    expected, begins = read_by_python(text, ",")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "BLOCK_BYTES", block)
        patch.setattr("etl.sources.csv._PARSED_BYTES", block)
        source = CsvSource(path, ",")
        try:
            found = dict(zip(lines(source), cells(source), strict=True))
            ragged = {line for line, _, _ in unreadable(source)}
        except InputError:
            assume(len(expected) > 1 and not csv_is_open(text))
            raise
    wanted = dict(zip(begins[1:], expected[1:], strict=True))
    assert found == {line: row for line, row in wanted.items() if len(row) == 2}
    assert ragged == {line for line, row in wanted.items() if len(row) != 2}


@pytest.mark.parametrize("packed", [False, True])
def test_a_large_file_equals_what_pandas_reads(tmp_path: Path, packed: bool) -> None:
    frame = pd.DataFrame({"id": range(40_000), "text": ['a "b", c\nd', "é;€", "", "x"] * 10_000})
    path = tmp_path / ("log.csv.gz" if packed else "log.csv")
    frame.to_csv(path, index=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "BLOCK_BYTES", 50_000)
        read = pd.concat([batch.table.to_pandas() for batch in CsvSource(path).batches()], ignore_index=True)
    expected = pd.read_csv(path, dtype=str)
    pd.testing.assert_frame_equal(read, expected, check_dtype=False)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(tmp_path: Path, delimiter: str) -> None:
    path = written(
        tmp_path / "log.csv", csv_text([["when", "what"], ["1,5;2|3", "x"], ["2,5;3|4", "y"]], delimiter, "\n")
    )
    assert CsvSource(path).columns() == ("when", "what")


def test_decimal_commas_do_not_hide_a_semicolon(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv", "a;b;c\n1,5;2,5;3,5\n1,0;2,0;3,0\n")
    assert cells(CsvSource(path)) == [["1,5", "2,5", "3,5"], ["1,0", "2,0", "3,0"]]


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("utf-8", "\ufeffname,b\né,1\n".encode()),
        ("utf-16", "name,b\né,1\n".encode("utf-16")),
        ("cp1252", "name,b\né,1\n".encode("cp1252")),
        ("utf-8-sig", "name,b\r\né,1".encode()),
    ],
)
def test_an_encoding_and_its_mark_are_understood(tmp_path: Path, encoding: str, content: bytes) -> None:
    source = CsvSource(written(tmp_path / "log.csv", content), encoding=encoding)
    assert (source.columns(), cells(source)) == (("name", "b"), [["é", "1"]])


def test_an_empty_cell_is_null_and_a_blank_one_is_not(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv", 'a,b,c\n,"", \nNA,null,nan\n')
    (batch,) = CsvSource(path).batches()
    assert batch.table.to_pylist() == [{"a": None, "b": None, "c": " "}, {"a": "NA", "b": "null", "c": "nan"}]


def test_ragged_rows_are_set_apart_with_line_text_and_reason(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv", 'a,b\n"1\n2",x\n\n3\n4,y,z\n5,w\n')
    source = CsvSource(path)
    assert (lines(source), cells(source)) == ([2, 7], [["1\n2", "x"], ["5", "w"]])
    reason = "cells where the header has 2"
    assert unreadable(source) == [(5, "3", f"1 {reason}"), (6, "4,y,z", f"3 {reason}")]


def test_progress_counts_stored_bytes_up_to_the_size_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress(("a,b\n" + "".join(f"{i},{i * 7919 % 1000}\n" for i in range(300_000))).encode()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "BLOCK_BYTES", 500_000)
        source = CsvSource(path)
        done = [batch.done for batch in source.batches()]
    assert done == sorted(done)
    assert len(set(done)) > 1
    assert done[-1] == source.size == path.stat().st_size


def test_a_gzip_file_of_several_members_is_read_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv", gzip.compress(b"a,b\n1,2\n", mtime=0) + gzip.compress(b"3,4\n"))
    assert cells(CsvSource(path)) == [["1", "2"], ["3", "4"]]


def test_the_fingerprint_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv", "a,b\n1,2\n")
    assert CsvSource(path).fingerprint() == hashlib.sha256(b"a,b\n1,2\n").hexdigest()


def test_a_nameless_column_is_named_by_its_place(tmp_path: Path) -> None:
    assert CsvSource(written(tmp_path / "log.csv", ",b,\n1,2,3\n")).columns() == ("column 1", "b", "column 3")


@pytest.mark.parametrize(
    ("content", "options", "parts"),
    [
        (b"", {}, ["is empty", "name a file"]),
        (b"\n \r\n\n"[:1], {}, ["is empty"]),
        (b"a,b\n", {}, ["header and no rows"]),
        (b"a;b\n1;2\n", {"delimiter": ","}, ["split at ','", "looks split at ';'"]),
        (b"a,b,a\n1,2,3\n", {}, ["two columns named 'a'", "rename"]),
        (b"a,b\n1,\xe9\n", {}, ["line 2", "0xe9", "not utf-8", "cp1252"]),
        (b"a,\xe9\n1,2\n", {}, ["line 1", "0xe9", "cp1252"]),
        (b"a,b\n1,2\n3,\x81\n", {"encoding": "cp1252"}, ["line 3", "0x81", "not cp1252"]),
        ("a,b\n1,2\n".encode("utf-16"), {}, ["marked as utf-16", "encoding: utf-16"]),
        (b"a,b\n1,2\n", {"encoding": "utf-99"}, ["unknown encoding 'utf-99'"]),
        (b"a,b\n1,2\n", {"delimiter": ";;"}, ["must be one character"]),
        (b'a,b\n1,2\n3,"4\n5,6\n', {}, ["line 3", "never closed"]),
        (b"{" + b"x" * 200_000 + b"}", {}, ["line 1", "header of 200,002 bytes"]),
        (b"PAR1....", {}, ["a Parquet file", "kind: parquet"]),
        (b"PK\x03\x04...", {}, ["Excel"]),
        (b"SQLite format 3\x00...", {}, ["kind: database"]),
        (b"a\x00,b\n1,2\n", {}, ["not text", "zero byte"]),
        (gzip.compress(b"a,b\n" + b"1,2\n" * 99, mtime=0)[:-9], {}, ["ends within its gzip data"]),
        (gzip.compress(b"", mtime=0)[:10] + b"\xff" * 40, {}, ["broken gzip data"]),
    ],
)
def test_a_fault_is_one_sentence(tmp_path: Path, content: bytes, options: dict[str, str], parts: list[str]) -> None:
    sentence = fault(written(tmp_path / "log.csv", content), **options)
    assert all(part in sentence for part in parts), sentence


def test_a_wrong_byte_is_found_on_its_line_after_quoted_line_breaks_in_a_later_block(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv", b'a,b\n"1\n1",2\n' * 50 + b"3,\xff\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "BLOCK_BYTES", 100)
        assert "line 151 holds the byte 0xff" in fault(path)


def test_a_missing_file_names_its_neighbours(tmp_path: Path) -> None:
    written(tmp_path / "sessions.csv", "a\n")
    assert "its folder holds sessions.csv" in fault(tmp_path / "session.csv")
    assert "nor a folder" in fault(tmp_path / "nowhere" / "session.csv")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert "is a folder" in fault(tmp_path)


def test_a_closed_file_says_how_to_open_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path / "log.csv", "a,b\n1,2\n")
    monkeypatch.setattr(Path, "open", refuse)
    assert "chmod a+r" in fault(path)


@pytest.mark.parametrize("packed", [False, True])
def test_a_cell_of_100_mb_is_refused_in_bounded_memory(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "log.csv"
    with gzip.open(path, "wb", 1) if packed else path.open("wb") as file:
        file.write(b"a,b\n1,2\n3,")
        for _ in range(100):
            file.write(b"x" * (1 << 20))
    tracemalloc.start()
    sentence = fault(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "line 3 begins a row of more than 8 MB" in sentence
    assert peak < 150 << 20


def test_a_quote_within_an_unquoted_cell_is_an_ordinary_character(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv", 'a,b\n5" pipe,x\n6" pipe,"y\nz"\n7,w\n')
    assert (lines(CsvSource(path)), cells(CsvSource(path))[1]) == ([2, 3, 5], ['6" pipe', "y\nz"])


@pytest.mark.parametrize(
    ("file", "rows"),
    [("udacity_ab/ab_data.csv.gz", 294_478), ("online_shoppers/online_shoppers_intention.csv.gz", 12_330)],
)
def test_real_logs_equal_what_pandas_reads(shared_data: Path, file: str, rows: int) -> None:
    read = pd.concat([batch.table.to_pandas() for batch in CsvSource(shared_data / file).batches()], ignore_index=True)
    assert len(read) == rows
    pd.testing.assert_frame_equal(read, pd.read_csv(shared_data / file, dtype=str), check_dtype=False)


@settings(max_examples=300)
@given(content=st.binary(max_size=60), prefix=st.sampled_from([b"", b"a,b\n", b"\x1f\x8b\x08", b"\xff\xfe", b'"']))
def test_any_bytes_are_read_or_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, prefix: bytes
) -> None:
    source = CsvSource(written(tmp_path_factory.mktemp("csv") / "log.csv", prefix + content))
    try:
        assert all(batch.table.num_rows == len(batch.lines) for batch in source.batches())
    except InputError as error:
        assert "; " in str(error)  # noqa: PT017


@pytest.mark.parametrize("shift", range(4))
def test_a_quoted_crlf_stays_whole_wherever_the_parser_would_cut_its_blocks(tmp_path: Path, shift: int) -> None:
    filler = "y" * ((1 << 20) - 50 - shift)
    path = written(tmp_path / "log.csv", f'a,b\r\n{filler},2\r\n"{"x" * 44}\r\nz",3\r\n' + "p,q\r\n" * 9)
    assert cells(CsvSource(path))[1] == ["x" * 44 + "\r\nz", "3"]
