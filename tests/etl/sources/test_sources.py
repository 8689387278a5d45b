"""source_for: from the configuration to any of the sources, from the configuration's folder."""

import sqlite3
from pathlib import Path
from typing import get_args

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from config import SourceSpec, load_config
from etl.sources import SOURCES, Source, source_for
from etl.sources.lookup import JoinedSource
from semantic.errors import InputError

FIELDS = "fields: {variant: engine, converted: bought}\n"
LOG = "engine,bought\nOld,0\nNew,1\n"


def configured(folder: Path, source: str) -> Source:
    path = folder / "config.yaml"
    path.write_text(FIELDS + f"source: {source}\n")
    return source_for(load_config(path, {}))


def table(source: Source) -> dict[str, list[object]]:
    rows: dict[str, list[object]] = pa.concat_tables(batch.table for batch in source.batches()).to_pydict()
    return rows


def test_each_kind_of_the_configuration_has_a_source() -> None:
    assert set(SOURCES) == set(get_args(SourceSpec.model_fields["kind"].annotation))


def test_a_csv_is_found_from_the_folder_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG.replace(",", ";"))
    source = configured(tmp_path, "{kind: csv, path: log.csv, delimiter: ';', encoding: cp1252}")
    assert table(source) == {"engine": ["Old", "New"], "bought": ["0", "1"]}


def test_a_parquet_file_is_found_from_the_folder_of_the_configuration(tmp_path: Path) -> None:
    pq.write_table(pa.table({"engine": ["Old"], "bought": [True]}), tmp_path / "log.parquet")
    assert table(configured(tmp_path, "{kind: parquet, path: log.parquet}")) == {"engine": ["Old"], "bought": [True]}


def test_a_database_is_found_from_the_folder_of_the_configuration(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "log.db") as connection:
        connection.execute("CREATE TABLE s AS SELECT 'Old' AS engine, 1 AS bought")
    connection.close()
    source = configured(tmp_path, "{kind: database, url: 'sqlite:///log.db', table: s}")
    assert table(source) == {"engine": ["Old"], "bought": [1]}


def test_without_a_source_sessions_are_simulated(tmp_path: Path) -> None:
    source = configured(tmp_path, "{sessions: 1000, seed: 7}")
    assert (source.origin, source.size) == ("simulated", 1000)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_lookups_are_joined(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    (tmp_path / "engines.csv").write_text("engine;maker\nOld;us\n")
    pq.write_table(pa.table({"engine": ["Old"], "maker": ["us"]}), tmp_path / "engines.parquet")
    lookup = f"{{path: engines.{suffix}, on: engine}}"
    source = configured(tmp_path, f"{{kind: csv, path: log.csv, lookups: [{lookup}]}}")
    assert isinstance(source, JoinedSource)
    assert table(source)["maker"] == ["us", None]


def test_lookups_join_simulated_sessions_too(tmp_path: Path) -> None:
    (tmp_path / "cities.csv").write_text("Location,State\nChennai,Tamil Nadu\n")
    source = configured(tmp_path, "{sessions: 1000, lookups: [{path: cities.csv, on: Location}]}")
    states = zip(table(source)["Location"], table(source)["State"], strict=True)
    assert set(states) >= {("Chennai", "Tamil Nadu"), ("Delhi", None)}


def test_a_missing_file_is_said_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no file"):
        configured(tmp_path, "{kind: csv, path: nowhere.csv}")
