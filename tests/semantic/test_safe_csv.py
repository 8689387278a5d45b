import csv
import io

import pytest

from semantic.safe_csv import csv_pieces, neutral

CELLS = [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "-5"), ("+a", "'+a"), ("-cmd", "'-cmd"), ("a=b", "a=b"), ("", "")]


def rows_of(*portions: list) -> list[list[str]]:
    text = b"".join(csv_pieces({"place": "text", "day": "date", "at": "timestamp", "age": "number"}, portions)).decode()
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize(("text", "cell"), CELLS)
def test_a_file_and_a_single_cell_are_neutralised_alike(text: str, cell: str) -> None:
    assert neutral(text) == cell
    assert rows_of([[text], [None], [None], [None]])[1][0] == cell


def test_days_times_and_gaps_are_written_plainly() -> None:
    found = rows_of([[None], ["2026-07-01"], [1_790_000_000_000], [None]])
    assert found == [["place", "day", "at", "age"], ["", "2026-07-01", "2026-09-21T14:13:20.000Z", ""]]


def test_portions_follow_one_another_under_one_head() -> None:
    portion = [["a", "b"], ["2026-07-01"] * 2, [0, 0], [1.5, 2.0]]
    assert [row[0] for row in rows_of(portion, portion)] == ["place", "a", "b", "a", "b"]


def test_without_rows_there_is_a_head() -> None:
    assert rows_of() == [["place", "day", "at", "age"]]
