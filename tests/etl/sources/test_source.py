"""What every source keeps: the contract that cleaning and loading rely on."""

import itertools
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import pytest

from etl.sources.csv import CsvSource
from etl.sources.database import DatabaseSource
from etl.sources.lookup import JoinedSource, Lookup
from etl.sources.parquet import ParquetSource
from etl.sources.source import Source
from etl.sources.synthetic import SyntheticSource

ROWS = pa.table({"id": [f"s{number}" for number in range(70_000)], "n": range(70_000)})


def csv_source(folder: Path) -> Source:
    arrow_csv.write_csv(ROWS, folder / "log.csv")
    return CsvSource(folder / "log.csv")


def parquet_source(folder: Path) -> Source:
    pq.write_table(ROWS, folder / "log.parquet")
    return ParquetSource(folder / "log.parquet")


def database_source(folder: Path) -> Source:
    connection = sqlite3.connect(folder / "log.db")
    connection.execute("CREATE TABLE log (id TEXT PRIMARY KEY, n INTEGER)")
    connection.executemany("INSERT INTO log VALUES (?, ?)", zip(*ROWS.to_pydict().values(), strict=True))
    connection.commit()
    connection.close()
    return DatabaseSource(f"sqlite:///{folder / 'log.db'}", table="log")


def synthetic_source(_: Path) -> Source:
    return SyntheticSource("planted", 70_000)


def joined_source(folder: Path) -> Source:
    (folder / "names.csv").write_text("n,name\n1,one\n")
    return JoinedSource(csv_source(folder), [Lookup(CsvSource(folder / "names.csv"), "n")])


@pytest.fixture(params=[csv_source, parquet_source, database_source, synthetic_source, joined_source])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Source:
    make: Callable[[Path], Source] = request.param
    return make(tmp_path)


def test_batches_have_the_columns_that_are_announced(source: Source) -> None:
    assert {tuple(batch.table.column_names) for batch in source.batches()} == {source.columns()}


def test_each_record_has_a_line_and_lines_ascend(source: Source) -> None:
    lines = [line for batch in source.batches() for line in batch.lines.tolist()]
    assert len(lines) == 70_000
    assert all(a < b for a, b in itertools.pairwise(lines))


def test_reading_again_gives_the_same_records(source: Source) -> None:
    first, second = (pa.concat_tables(batch.table for batch in source.batches()) for _ in range(2))
    assert first.equals(second)


def test_progress_ends_at_the_size(source: Source) -> None:
    done = [batch.done for batch in source.batches()]
    assert done == sorted(done)
    assert done[-1] == source.size


def test_a_reader_may_stop_early(source: Source) -> None:
    batches = source.batches()
    assert next(batches).table.num_rows > 0
    batches.close()  # type: ignore[attr-defined]
    assert next(source.batches()).table.num_rows > 0
