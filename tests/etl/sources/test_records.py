"""Records of a csv: where they begin and end, and on which line."""

from pathlib import Path

import pytest

from etl.sources import records
from etl.sources.files import Utf8Stream, opened
from etl.sources.records import Block, blocks
from semantic.errors import InputError


def cut(folder: Path, text: str, delimiter: str = ",") -> list[Block]:
    path = folder / "log.csv"
    path.write_text(text, newline="")
    with opened(path) as file:
        return list(blocks(Utf8Stream(file, path, "utf-8"), b"", delimiter, path))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\nb\n", [(1, "a"), (2, "b")]),
        ("a\r\n\r\nb", [(1, "a"), (3, "b")]),
        ("a\rb\r", [(1, "a"), (2, "b")]),
        ('"a\n1",x\nb', [(1, '"a\n1",x'), (3, "b")]),
        ('"a""\n",x\nb', [(1, '"a""\n",x'), (3, "b")]),
        ('a"\nb"\nc', [(1, 'a"'), (2, 'b"'), (3, "c")]),
        ('a" "x,"\nb\n"\nc', [(1, 'a" "x,"\nb\n"'), (4, "c")]),
        ("\n\n\n", []),
    ],
)
def test_records_are_cut_and_numbered(tmp_path: Path, text: str, found: list[tuple[int, str]]) -> None:
    parts = cut(tmp_path, text)
    assert [(int(line), part.text(i)) for part in parts for i, line in enumerate(part.lines)] == found


@pytest.mark.parametrize("size", range(1, 12))
def test_blocks_of_any_size_give_the_same_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(records, "BLOCK_BYTES", size)
    parts = cut(tmp_path, 'a\r\n"b\r\n\r"\rc\n\n\r\nd')
    assert [int(line) for part in parts for line in part.lines] == [1, 2, 5, 8]


def test_a_block_without_its_first_record_keeps_the_lines_of_the_others(tmp_path: Path) -> None:
    (part,) = cut(tmp_path, "a\nb\nc\n")
    rest = part.without_first()
    assert (rest.text(0), rest.lines.tolist(), rest.data[rest.begin : rest.used]) == ("b", [2, 3], b"b\nc\n")
    assert rest.without_first().without_first().lines.tolist() == []


@pytest.mark.parametrize(("size", "is_allowed"), [(100, True), (101, False)])
def test_a_record_may_be_as_large_as_the_limit_and_no_larger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, is_allowed: bool
) -> None:
    monkeypatch.setattr(records, "MAX_RECORD_BYTES", 100)
    if is_allowed:
        assert len(cut(tmp_path, "a\n" + "x" * size + "\nb\n")[0].lines) == 3
        return
    with pytest.raises(InputError, match="line 2 begins a row of more than"):
        cut(tmp_path, "a\n" + "x" * size + "\nb\n")
