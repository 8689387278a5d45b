from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from etl.load.bulk import FileWriter, bulk_writer, rows_of
from etl.load.writing import writing
from semantic.errors import StoreError
from semantic.schema import sessions_table
from tests.etl.project import Project

NASTY = ['a,b"c', "back\\slash", "new\nline", "tab\t", "NULL", "'quote'", "naïve €\U0001f600", "% $1", "\\N", "x" * 191]


@pytest.fixture
def connection(any_project: Project) -> Iterator[sa.Connection]:
    with writing(any_project.url) as engine, engine.connect() as connection:
        yield connection


def frame_of(ids: list[str]) -> pd.DataFrame:
    n = len(ids)
    return pd.DataFrame(
        {
            "session_id": pd.Series(ids, dtype=object),
            "user_id": pd.Series([None, *ids[1:]], dtype=object),
            "variant": pd.Categorical(["Old", "New"] * (n // 2)),
            "converted": np.array([0, 1] * (n // 2), dtype=np.int8),
            "started_at": [np.nan, *range(1_700_000_000_001, 1_700_000_000_000 + n)],
            "day": pd.Categorical([None, *["2026-07-01"] * (n - 1)]),
            "location": pd.Categorical([None, *ids[1:]]),
            "age": [np.nan, *[0.1 + 0.2] * (n - 1)],
            "time_spent_s": [1e-300, *[1e300] * (n - 1)],
            "revenue": np.zeros(n),
        }
    )


def stored(connection: sa.Connection, project: Project, ids: list[str]) -> list[sa.Row[tuple[object, ...]]]:
    table = sessions_table(project.config.catalog, "sessions_9")
    table.create(connection)
    connection.commit()
    with bulk_writer(connection, table) as writer:
        writer.write(rows_of(frame_of(ids), np.arange(len(ids)) + 2, project.config.catalog))
    connection.commit()
    return list(connection.execute(sa.select(table).order_by(table.c.row_id)))


def test_every_text_arrives_as_it_is(any_project: Project, connection: sa.Connection) -> None:
    rows = stored(connection, any_project, NASTY)
    assert [row.session_id for row in rows] == NASTY
    assert [row.location for row in rows] == ["(missing)", *NASTY[1:]]


def test_what_is_missing_is_null_but_for_categories(any_project: Project, connection: sa.Connection) -> None:
    first = stored(connection, any_project, NASTY)[0]
    assert (first.user_id, first.started_at, first.day, first.age) == (None, None, None, None)


def test_numbers_arrive_to_the_last_bit(any_project: Project, connection: sa.Connection) -> None:
    rows = stored(connection, any_project, NASTY)
    assert (rows[1].age, rows[0].time_spent_s, rows[1].time_spent_s) == (0.1 + 0.2, 1e-300, 1e300)
    assert rows[1].started_at == 1_700_000_000_001


@pytest.mark.parametrize("n_rows", [2, 98, 100, 1000])
def test_any_number_of_rows_arrives(project: Project, n_rows: int) -> None:
    with writing(project.url) as engine, engine.connect() as connection:
        assert len(stored(connection, project, [f"s{i}" for i in range(n_rows)])) == n_rows


def test_a_server_that_forbids_files_is_given_rows(new_mariadb_url: object, project: Project) -> None:
    other = Project(project.folder, new_mariadb_url())  # type: ignore[operator]
    table = sessions_table(other.config.catalog, "sessions_9")
    with writing(other.url) as engine, engine.connect() as connection:
        table.create(connection)
        writer = FileWriter(connection, table)
        connection.exec_driver_sql("SET GLOBAL local_infile = 0")
        try:
            writer.write(rows_of(frame_of(NASTY), np.arange(10), other.config.catalog))
        finally:
            connection.exec_driver_sql("SET GLOBAL local_infile = 1")
        assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 10
    assert "local_infile" in writer.notice


def test_rows_that_a_server_would_drop_are_an_error(new_mariadb_url: object, project: Project) -> None:
    other = Project(project.folder, new_mariadb_url())  # type: ignore[operator]
    table = sessions_table(other.config.catalog, "sessions_9")
    with writing(other.url) as engine, engine.connect() as connection:
        table.create(connection)
        writer = FileWriter(connection, table)
        with pytest.raises(StoreError, match="9 of 10 rows"):
            writer.write(rows_of(frame_of(NASTY), np.array([0, *range(9)]), other.config.catalog))
