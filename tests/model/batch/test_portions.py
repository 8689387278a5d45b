import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from model.batch import portions
from model.batch.portions import opened
from semantic.errors import InputError


def test_a_file_is_known_by_what_it_holds_whatever_its_name(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1]}), tmp_path / "x.csv")
    (tmp_path / "y.parquet").write_bytes(gzip.compress(b"a\n1\n"))
    for name in ("x.csv", "y.parquet"):
        with opened(tmp_path / name) as source:
            assert source.names == ("a",)
            assert [str(row["a"]) for portion in source.portions for row in portion.table.to_pylist()] == ["1"]


def test_rows_of_a_parquet_file_are_counted_from_one_across_portions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "_ROWS", 3)
    pq.write_table(pa.table({"a": range(7)}), tmp_path / "in.parquet")
    with opened(tmp_path / "in.parquet") as source:
        lines = [portion.lines.tolist() for portion in source.portions]
        assert (lines, source.share()) == ([[1, 2, 3], [4, 5, 6], [7]], 1.0)


@pytest.mark.parametrize("kind", [pa.large_string(), pa.dictionary(pa.int8(), pa.string()), pa.string_view()])
def test_texts_of_any_kind_are_plain_texts(tmp_path: Path, kind: pa.DataType) -> None:
    pq.write_table(pa.table({"a": pa.array(["x", None], pa.string()).cast(kind)}), tmp_path / "in.parquet")
    with opened(tmp_path / "in.parquet") as source:
        assert next(source.portions).table.schema.field("a").type == pa.string()


def refused(path: Path) -> str:
    with pytest.raises(InputError) as found, opened(path) as source:
        list(source.portions)
    return str(found.value)


def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "torn").write_bytes(b"PAR1 and nothing more")
    pq.write_table(pa.table({"a": pa.array([], pa.int64())}), tmp_path / "none")
    pq.write_table(pa.table({"a": [[1, 2]]}), tmp_path / "lists")
    sentences = {name: refused(tmp_path / name) for name in ("empty", "torn", "none", "lists", "absent")}
    wanted = ("is empty", "no Parquet file that can be read", "has no rows", "holds lists", "cannot be read (No such")
    assert [part for part, text in zip(wanted, sentences.values(), strict=True) if part not in text] == []
