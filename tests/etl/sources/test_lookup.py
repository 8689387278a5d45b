"""Lookups: many sessions to one row, on any source, or one clear sentence."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sources.csv import CsvSource
from etl.sources.lookup import JoinedSource, Lookup
from etl.sources.parquet import ParquetSource
from etl.sources.source import Source
from semantic.errors import InputError


def csv_source(path: Path, text: str) -> CsvSource:
    path.write_text(text)
    return CsvSource(path)


def rows(source: Source) -> list[dict[str, object]]:
    return [row for batch in source.batches() for row in batch.table.to_pylist()]


def joined(folder: Path, sessions: str, users: str, on: str = "user") -> JoinedSource:
    return JoinedSource(csv_source(folder / "log.csv", sessions), [Lookup(csv_source(folder / "users.csv", users), on)])


def test_each_session_gets_the_row_of_its_key_and_null_without_one(tmp_path: Path) -> None:
    source = joined(tmp_path, "user,x\n1,a\n2,b\n1,c\n,d\n9,e\n", "user,country\n1,US\n2,UK\n,CA\n")
    assert source.columns() == ("user", "x", "country")
    assert [row["country"] for row in rows(source)] == ["US", "UK", "US", None, None]


def test_a_row_that_stands_twice_in_the_lookup_counts_once(tmp_path: Path) -> None:
    source = joined(tmp_path, "user\n1\n2\n", "user,country\n1,US\n1,US\n2,UK\n")
    assert [row["country"] for row in rows(source)] == ["US", "UK"]


def test_keys_are_compared_as_texts_whatever_their_types(tmp_path: Path) -> None:
    pq.write_table(pa.table({"user": [1.0, None, 3.0], "plan": ["a", "b", "c"]}), tmp_path / "plans.parquet")
    sessions = csv_source(tmp_path / "log.csv", "user\n 1\n3\n")
    source = JoinedSource(sessions, [Lookup(ParquetSource(tmp_path / "plans.parquet"), "user")])
    assert [row["plan"] for row in rows(source)] == ["a", "c"]


def test_a_later_lookup_may_use_a_column_of_an_earlier_one(tmp_path: Path) -> None:
    users = Lookup(csv_source(tmp_path / "users.csv", "user,country\n1,US\n"), "user")
    countries = Lookup(csv_source(tmp_path / "countries.csv", "country,currency\nUS,$\n"), "country")
    source = JoinedSource(csv_source(tmp_path / "log.csv", "user\n1\n"), [users, countries])
    assert rows(source) == [{"user": "1", "country": "US", "currency": "$"}]


def test_the_fingerprint_follows_the_content_of_both_files(tmp_path: Path) -> None:
    users = "user,country\n1,US\n"
    first = joined(tmp_path, "user\n1\n", users).fingerprint()
    assert joined(tmp_path, "user\n1\n", users).fingerprint() == first
    assert joined(tmp_path, "user\n2\n", users).fingerprint() != first
    assert joined(tmp_path, "user\n1\n", users + "2,UK\n").fingerprint() != first


@pytest.mark.parametrize(
    ("sessions", "users", "on", "parts"),
    [
        ("user,x\n1,a\n", "user,c\n1,US\n1,UK\n", "user", ["different rows for user '1'", "keep one"]),
        ("user,x\n1,a\n", "user_id,c\n1,US\n", "user", ["users.csv", "unknown column 'user'", "'user_id'"]),
        ("user_id,x\n1,a\n", "user,c\n1,US\n", "user", ["log.csv", "unknown column 'user'", "'user_id'"]),
        ("user,x\n1,a\n", "user,x\n1,US\n", "user", ["column 'x'", "rename"]),
        ("user,x\n1,a\n", "user,c\n1\n2,UK\n", "user", ["users.csv line 2", "1 cells", "mend"]),
    ],
)
def test_a_fault_is_one_sentence(tmp_path: Path, sessions: str, users: str, on: str, parts: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        list(joined(tmp_path, sessions, users, on).batches())
    assert all(part in str(caught.value) for part in parts), str(caught.value)


@given(
    keys=st.lists(st.sampled_from("abcdef"), min_size=1, max_size=20),
    users=st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 9), min_size=1),
)
def test_the_join_is_the_left_join_of_pandas(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str], users: dict[str, int]
) -> None:
    sessions = pd.DataFrame({"user": keys, "n": range(len(keys))}).astype(str)
    lookup = pd.DataFrame({"user": users.keys(), "score": users.values()}).astype(str)
    source = joined(tmp_path_factory.mktemp("join"), sessions.to_csv(index=False), lookup.to_csv(index=False))
    expected = sessions.merge(lookup, on="user", how="left").astype(object)
    assert rows(source) == expected.where(expected.notna(), None).to_dict("records")


def test_countries_of_a_real_experiment_equal_the_merge_of_pandas(shared_data: Path) -> None:
    folder = shared_data / "udacity_ab"
    lookup = Lookup(CsvSource(folder / "countries.csv.gz"), "user_id")
    source = JoinedSource(CsvSource(folder / "ab_data.csv.gz"), [lookup])
    counted = pa.concat_tables(batch.table for batch in source.batches()).column("country").value_counts().to_pylist()
    merged = pd.read_csv(folder / "ab_data.csv.gz").merge(pd.read_csv(folder / "countries.csv.gz"), on="user_id")
    assert {row["values"]: row["counts"] for row in counted} == merged["country"].value_counts().to_dict()
