"""The database source over real SQLite and MariaDB: streamed, read only, silent about passwords."""

import datetime
import decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from etl.sources.database import DatabaseSource
from semantic.database import engine_for
from semantic.errors import InputError

ROWS: list[dict[str, Any]] = [
    {
        "id": 3,
        "name": 'Zoë; "q"',
        "day": datetime.datetime.fromisoformat("2026-07-01T09:30:00"),
        "paid": decimal.Decimal("12.50"),
    },
    {"id": 1, "name": None, "day": datetime.datetime.fromisoformat("2026-07-02T00:00:00"), "paid": None},
    {"id": 2, "name": "50 % off: now", "day": None, "paid": decimal.Decimal("0.10")},
]


def fill(url: str, rows: list[dict[str, Any]]) -> str:
    engine = engine_for(url, read_only=False)
    table = sa.Table(
        "visits",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(50)),
        sa.Column("day", sa.DateTime),
        sa.Column("paid", sa.Numeric(10, 2)),
    )
    table.drop(engine, checkfirst=True)
    table.create(engine)
    with engine.begin() as connection:
        connection.execute(table.insert(), rows)
    engine.dispose()
    return url


@pytest.fixture(params=["sqlite", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    empty = f"sqlite:///{tmp_path / 'x.db'}" if request.param == "sqlite" else request.getfixturevalue("mariadb_url")
    return fill(empty, ROWS)


def rows(source: DatabaseSource) -> list[dict[str, Any]]:
    return [row for batch in source.batches() for row in batch.table.to_pylist()]


def fault(url: str, **options: str) -> str:
    with pytest.raises(InputError) as caught:
        list(DatabaseSource(url, **options).batches())
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_table_is_read_in_the_order_of_its_key(url: str) -> None:
    source = DatabaseSource(url, table="visits")
    assert (source.columns(), source.size, source.fingerprint()) == (("id", "name", "day", "paid"), 3, "")
    assert [(row["id"], row["name"]) for row in rows(source)] == [(1, None), (2, "50 % off: now"), (3, 'Zoë; "q"')]


def test_a_query_with_percent_and_colon_is_read_as_it_stands(url: str) -> None:
    query = "SELECT id, name AS label FROM visits WHERE name LIKE '50 %: now' ORDER BY id DESC;"
    source = DatabaseSource(url, query=query)
    assert source.columns() == ("id", "label")
    assert rows(source) == [{"id": 2, "label": "50 % off: now"}]


def test_rows_stream_in_batches_and_are_numbered(url: str) -> None:
    fill(url, [{**ROWS[0], "id": number} for number in range(1, 140_001)])
    batches = list(DatabaseSource(url, query="SELECT id FROM visits ORDER BY id").batches())
    assert [batch.table.num_rows for batch in batches] == [65_536, 65_536, 8_928]
    assert batches[-1].lines[-1] == batches[-1].done == 140_000


def test_reading_leaves_the_database_as_it_was(url: str) -> None:
    fault(url, query="DELETE FROM visits")
    assert len(rows(DatabaseSource(url, table="visits"))) == 3


def test_money_comes_as_exact_text_and_times_as_times(mariadb_url: str) -> None:
    (batch,) = DatabaseSource(fill(mariadb_url, ROWS), table="visits").batches()
    assert batch.table.column("paid").to_pylist() == [None, "0.10", "12.50"]
    assert batch.table.schema.field("day").type == pa.timestamp("us")


def test_columns_of_mixed_types_become_text(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    engine = engine_for(url, read_only=False)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a, b, c)")
        connection.exec_driver_sql("INSERT INTO t VALUES (1, 1, x'c3a9'), ('x', 2.5, NULL)")
    assert rows(DatabaseSource(url, table="t")) == [{"a": "1", "b": 1.0, "c": "é"}, {"a": "x", "b": 2.5, "c": None}]


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        ({"table": "visit"}, ["unknown table 'visit'", "'visits'"]),
        ({"query": "SELEKT 1"}, ["cannot be read", "check the url and the query"]),
        ({"query": "SELECT * FROM visits WHERE id > 9"}, ["holds no rows"]),
    ],
)
def test_a_fault_is_one_sentence(url: str, options: dict[str, str], parts: list[str]) -> None:
    sentence = fault(url, **options)
    assert all(part in sentence for part in parts), sentence


def test_two_columns_of_one_name_are_refused(mariadb_url: str) -> None:
    query = "SELECT a.id, b.id FROM visits a JOIN visits b ON a.id = b.id"
    assert "Duplicate column name 'id'" in fault(fill(mariadb_url, ROWS), query=query)


def test_a_missing_sqlite_file_is_not_made(tmp_path: Path) -> None:
    assert "cannot be read" in fault(f"sqlite:///{tmp_path / 'none.db'}", table="visits")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("text", ["nonsense", "nosuch://host/x"])
def test_what_is_no_database_url_is_said(text: str) -> None:
    assert "source.url cannot be used" in fault(text, table="visits")


def test_the_password_stands_in_no_name_and_no_message(mariadb_url: str) -> None:
    wrong = make_url(mariadb_url).set(username="nobody", password="s3cret-word").render_as_string(hide_password=False)
    sentence = fault(wrong, table="visits")
    assert "nobody" in sentence
    assert "s3cret-word" not in sentence


def test_an_unreachable_server_is_said_within_seconds() -> None:
    assert "127.0.0.1" in fault("mysql://u:s3cret-word@127.0.0.1:1/x", query="SELECT 1")


def test_the_connection_itself_refuses_to_write(url: str) -> None:
    source = DatabaseSource(url, table="visits")
    with pytest.raises(InputError, match=r"(?i)read.?only"), source._connected() as connection:
        connection.exec_driver_sql("DELETE FROM visits")
    assert len(rows(source)) == 3
