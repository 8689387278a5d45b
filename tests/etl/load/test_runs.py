import pytest
import sqlalchemy as sa

from etl.clean import Rejection
from etl.load.runs import (
    Counts,
    Outcome,
    begin_run,
    drop_unused,
    fail_run,
    finish_run,
    heal,
    newest_snapshot,
    next_version,
    now_ms,
    point_view,
    write_rejections,
)
from etl.load.writing import writing
from semantic.schema import REJECTED_ROWS, RUNS
from tests.etl.project import Project


def begin(connection: sa.Connection) -> int:
    return begin_run(connection, "load", "log.csv", "a" * 64, "b" * 64)


def test_an_interrupted_run_is_marked_and_its_traces_are_gone(any_project: Project) -> None:
    with writing(any_project.url) as engine, engine.connect() as connection:
        run_id = begin(connection)
        write_rejections(connection, run_id, [Rejection(2, "age", "must be a number", "x", "{}")])
        connection.exec_driver_sql("CREATE TABLE sessions_7 (row_id INTEGER)")
        connection.commit()
    with writing(any_project.url):
        pass
    assert any_project.query("SELECT status FROM runs") == [("interrupted",)]
    assert any_project.query("SELECT count(*) FROM rejected_rows") == [(0,)]
    assert "sessions_7" not in any_project.tables()


def test_healing_a_healthy_database_changes_nothing(any_project: Project) -> None:
    any_project.load()
    before = any_project.query("SELECT * FROM sessions"), any_project.tables()
    with writing(any_project.url) as engine:
        assert heal(engine) == 0
    assert (any_project.query("SELECT * FROM sessions"), any_project.tables()) == before


def test_a_failed_run_keeps_its_counts_and_its_rejected_rows(project: Project) -> None:
    with writing(project.url) as engine, engine.connect() as connection:
        run_id = begin(connection)
        write_rejections(connection, run_id, [Rejection(2, "age", "rule", None, "{}")])
        fail_run(connection, run_id, "why", Counts(n_read=1, n_quarantined=1))
    assert project.query("SELECT status, n_quarantined, message FROM runs") == [("failed", 1, "why")]
    assert project.query("SELECT count(*) FROM rejected_rows") == [(1,)]


def test_a_finished_run_holds_its_counts_and_timings(project: Project) -> None:
    with writing(project.url) as engine, engine.connect() as connection:
        outcome = Outcome(
            begin(connection), 3, "load", True, Counts(2, 1, 1, 0, 5), {"load rows": 0.12345}, ("a notice",)
        )
        finish_run(connection, outcome)
        row = connection.execute(sa.select(RUNS)).one()
        assert next_version(connection) == 4
    assert (row.n_read, row.n_loaded, row.n_duplicates, row.n_users_in_two_variants) == (2, 1, 1, 5)
    assert (row.timings, row.message, row.status) == ('{"load rows": 0.123}', "a notice", "succeeded")
    assert abs(row.finished_at - now_ms()) < 10_000


def test_only_the_newest_version_and_the_one_before_are_kept(project: Project) -> None:
    for _ in range(4):
        project.load(force=True)
    assert {name for name in project.tables() if name.startswith("sessions")} == {"sessions_3", "sessions_4"}
    assert project.query("SELECT version FROM snapshots ORDER BY 1") == [(3,), (4,)]
    assert project.query("SELECT DISTINCT version FROM cube_parts ORDER BY 1") == [(3,), (4,)]


def test_a_table_of_the_reader_is_left_alone(project: Project) -> None:
    with writing(project.url) as engine, engine.connect() as connection:
        for name in ("sessions", "sessions_backup", "orders_1"):
            connection.exec_driver_sql(f"CREATE TABLE {name} (a INTEGER)")
        connection.commit()
    assert project.load().changed
    assert {"sessions", "sessions_backup", "orders_1"} <= project.tables()


def test_the_view_shows_the_table_it_is_pointed_to(any_project: Project) -> None:
    any_project.load()
    with writing(any_project.url) as engine, engine.connect() as connection:
        point_view(connection, "runs")
        connection.commit()
    assert any_project.query("SELECT command FROM sessions") == [("load",)]
    with writing(any_project.url) as engine, engine.connect() as connection:
        drop_unused(connection)
    assert any_project.query("SELECT count(*) FROM sessions") == [(4,)]


@pytest.mark.parametrize("n_rejected", [0, 3])
def test_rejections_are_written_in_one_go(any_project: Project, n_rejected: int) -> None:
    with writing(any_project.url) as engine, engine.connect() as connection:
        assert newest_snapshot(connection) is None
        write_rejections(connection, 1, [Rejection(i, "ä", "rule", "'; --", "{}") for i in range(n_rejected)])
        connection.commit()
        assert connection.execute(sa.select(sa.func.count()).select_from(REJECTED_ROWS)).scalar() == n_rejected
