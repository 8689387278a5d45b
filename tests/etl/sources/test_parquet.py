"""The Parquet source: own types, true row numbers, and faults in one sentence."""

import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.sources.parquet import ParquetSource
from semantic.errors import InputError


def written(path: Path, columns: dict[str, Any], **options: Any) -> Path:
    pq.write_table(pa.table(columns), path, **options)
    return path


def fault(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        list(ParquetSource(path).batches())
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_native_types_are_kept(tmp_path: Path) -> None:
    columns = {"n": [1, None], "x": [0.5, 2.0], "day": [datetime.date(2026, 7, 1)] * 2, "flag": [True, False]}
    (batch,) = ParquetSource(written(tmp_path / "log.parquet", columns)).batches()
    assert batch.table.to_pydict() == columns
    assert batch.table.schema.types == [pa.int64(), pa.float64(), pa.date32(), pa.bool_()]


def test_categories_of_pandas_become_texts(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    pd.DataFrame({"device": pd.Categorical(["Mobile", "Tablet", "Mobile"])}).to_parquet(path)
    (batch,) = ParquetSource(path).batches()
    assert batch.table.column("device").to_pylist() == ["Mobile", "Tablet", "Mobile"]
    assert not pa.types.is_dictionary(batch.table.schema.field("device").type)


def test_rows_are_numbered_through_all_batches(tmp_path: Path) -> None:
    source = ParquetSource(written(tmp_path / "log.parquet", {"n": range(200_000)}, row_group_size=90_000))
    batches = list(source.batches())
    assert [n for batch in batches for n in batch.lines.tolist()] == list(range(1, 200_001))
    assert (batches[-1].done, source.size, source.size_unit) == (200_000, 200_000, "rows")
    assert pa.concat_tables(batch.table for batch in batches).column("n").to_pylist() == list(range(200_000))


@pytest.mark.parametrize(
    ("columns", "parts"),
    [
        ({"n": [1], "cart": [[1, 2]]}, ["column 'cart'", "list", "flatten"]),
        ({"n": [1], "cart": [{"a": 2}]}, ["column 'cart'", "struct"]),
        ({"n": [b"x"]}, ["column 'n'", "binary"]),
        ({"n": pa.array([], pa.int64())}, ["holds no rows"]),
    ],
)
def test_what_is_no_table_of_values_is_refused(tmp_path: Path, columns: dict[str, Any], parts: list[str]) -> None:
    sentence = fault(written(tmp_path / "log.parquet", columns))
    assert all(part in sentence for part in parts), sentence


def test_a_text_file_is_sent_to_the_csv_source(tmp_path: Path) -> None:
    (tmp_path / "log.parquet").write_text("a,b\n1,2\n")
    assert "kind: csv" in fault(tmp_path / "log.parquet")


def test_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]), tmp_path / "log.parquet")
    assert "two columns named 'a'" in fault(tmp_path / "log.parquet")


@pytest.mark.parametrize("cut", [slice(0, 200), slice(0, -20)])
def test_a_cut_file_is_said_to_be_damaged(tmp_path: Path, cut: slice) -> None:
    path = written(tmp_path / "log.parquet", {"n": range(1000)})
    path.write_bytes(path.read_bytes()[cut])
    assert "damaged Parquet file" in fault(path)


def test_a_damaged_page_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = written(tmp_path / "log.parquet", {"t": [f"row {i}" for i in range(5000)]}, compression="zstd")
    content = bytearray(path.read_bytes())
    content[40:2000] = b"\xff" * 1960
    path.write_bytes(content)
    assert "damaged Parquet file" in fault(path)
