import gzip
import io

import numpy as np
import pytest

from model.batch import csv_file
from model.batch.csv_file import csv_portions
from semantic.errors import InputError


def read(data: bytes) -> tuple[tuple[str, ...], list[dict[str, str]], list[int], list[tuple[int, str]]]:
    names, portions = csv_portions(io.BytesIO(data), "in.csv")
    found = list(portions)
    rows = [row for portion in found for row in portion.table.to_pylist()]
    lines = [line for portion in found for line in portion.lines.tolist()]
    return names, rows, lines, [each for portion in found for each in portion.unreadable]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    names, rows, _, _ = read(f"a{delimiter}b\n1{delimiter}x y\n".encode())
    assert (names, rows) == (("a", "b"), [{"a": "1", "b": "x y"}])


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_cells() -> None:
    assert read(b"\xef\xbb\xbfa,b\r\n1,2\r\n")[:2] == (("a", "b"), [{"a": "1", "b": "2"}])


def test_a_packed_file_is_read_as_the_plain_one() -> None:
    assert read(gzip.compress(b"a,b\n1,2\n")) == read(b"a,b\n1,2\n")


def test_lines_are_true_behind_wrong_rows_and_cells_of_several_lines() -> None:
    _, rows, lines, wrong = read(b'a,b\n1,2\n3\n"4\n\n4",5\n"6",7,"8\n8"\n9,9\n')
    assert [row["a"] for row in rows] == ["1", "4\n\n4", "9"]
    assert lines == [2, 4, 9]
    assert wrong[0] == (3, "the row has 1 cells, the header has 2")
    assert (wrong[1][0], wrong[1][1][:41]) == (7, "the row has 3 cells, the header has 2 and")


def test_lines_are_true_across_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "_BLOCK_BYTES", 4_096)
    rng = np.random.default_rng(4)
    records = [('"a\nb",1', f"{place},2", "only one")[kind] for place, kind in enumerate(rng.integers(0, 3, 5_000))]
    starts = 2 + np.cumsum([0, *(record.count("\n") + 1 for record in records[:-1])])
    _, _, lines, wrong = read(("a,b\n" + "\n".join(records) + "\n").encode())
    is_wrong = np.array([record == "only one" for record in records])
    assert lines == starts[~is_wrong].tolist()
    assert [line for line, _ in wrong] == starts[is_wrong].tolist()


def test_a_file_of_wrong_rows_alone_tells_each() -> None:
    assert [line for line, _ in read(b"a,b\n1\n2\n")[3]] == [2, 3]


def test_a_quote_that_is_never_closed_is_named_with_its_line() -> None:
    line, reason = read(b'a,b\n1,2\n"3,4\n' + b"5,6\n" * 2_000_000)[3][0]
    assert (line, reason[-60:]) == (3, "goes over 2,000,001 lines; look for a quote that is never closed"[-60:])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"a,b\n", "no rows"),
        ("a,b\n1,Zürich\n".encode("latin-1"), "is not text in UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), "zero byte"),
        (gzip.compress(b"a,b\n1,2\n" * 500, mtime=0)[:-20], "cannot be"),
    ],
)
def test_what_is_no_csv_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        read(data)
