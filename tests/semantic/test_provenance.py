"""Runs and quarantine, read from real databases that real loads wrote."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from semantic.database import engine_for
from semantic.errors import InputError, StoreError, UnknownNameError
from semantic.provenance import N_EXAMPLES, Provenance, without_passwords
from semantic.schema import RUNS
from tests.etl.project import ROWS, Project, new_project

NEVER = [f"Old,0,n{i},u{i},never,Delhi,20,5," for i in range(5)]
TOO_OLD = [f"Old,0,o{i},u{i},2026-07-01,Delhi,999,5," for i in range(2)]


@pytest.fixture(params=["sqlite", "mariadb"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    if request.param == "sqlite":
        return new_project(tmp_path)
    create: Callable[[], str] = request.getfixturevalue("new_mariadb_url")
    project = new_project(tmp_path, create())
    project.configure(cleaning={"max_quarantined": 1})
    return project


@pytest.fixture
def engine(project: Project) -> Iterator[sa.Engine]:
    project.configure(cleaning={"max_quarantined": 0.9})
    engine = engine_for(project.url, read_only=True)
    yield engine
    engine.dispose()


def test_runs_come_newest_first_and_add_up(project: Project, engine: sa.Engine) -> None:
    project.load([*ROWS, ROWS[0], *NEVER])
    project.append([ROWS[1].replace("s2", "s9")])
    newest, first = Provenance(engine).runs()
    assert (newest.command, newest.version, newest.n_loaded) == ("append", 2, 1)
    assert (first.n_read, first.n_loaded, first.n_duplicates, first.n_quarantined) == (10, 4, 1, 5)
    assert first.status == "succeeded"
    assert first.started_at <= (first.finished_at or 0)
    assert "load rows" in first.timings


def test_only_as_many_runs_as_asked_for_come(project: Project, engine: sa.Engine) -> None:
    project.load()
    project.load(force=True)
    assert [run.run_id for run in Provenance(engine).runs(1)] == [2]


def test_a_failed_run_says_why(project: Project, engine: sa.Engine) -> None:
    with pytest.raises(InputError):
        project.load([ROWS[0]])
    (run,) = Provenance(engine).runs()
    assert (run.status, run.version) == ("failed", None)
    assert "one variant only" in run.message


def test_reasons_are_counted_by_rule_and_column_with_examples(project: Project, engine: sa.Engine) -> None:
    project.load([*ROWS, *NEVER, *TOO_OLD])
    found = Provenance(engine).quarantine()
    assert [(reason.column, reason.n_records) for reason in found.reasons] == [("at", 5), ("age", 2)]
    assert found.run.n_quarantined == 5 + 2
    times = found.reasons[0].examples
    assert [(row.line, row.value) for row in times] == [(line, "never") for line in range(6, 6 + N_EXAMPLES)]
    assert '"session": "n0"' in times[0].raw


def test_the_newest_run_that_refused_anything_is_shown_unless_another_is_asked_for(
    project: Project, engine: sa.Engine
) -> None:
    project.load([*ROWS, *NEVER])
    project.load([*ROWS, *TOO_OLD])
    project.load(ROWS)
    provenance = Provenance(engine)
    assert provenance.quarantine().run.run_id == 2
    assert provenance.quarantine(1).reasons[0].n_records == 5
    assert provenance.quarantine(3).reasons == ()


def test_every_refused_record_comes_in_order(project: Project, engine: sa.Engine) -> None:
    project.load([*ROWS, *NEVER, *TOO_OLD])
    provenance = Provenance(engine)
    rows = [row for rows in provenance.rejected_rows() for row in rows]
    assert [row.line for row in rows] == list(range(6, 13))
    counted = Counter((row.column_name, row.rule) for row in rows)
    assert counted == {(r.column, r.rule): r.n_records for r in provenance.quarantine().reasons}


def test_without_refusals_there_is_no_quarantine(project: Project, engine: sa.Engine) -> None:
    project.load()
    provenance = Provenance(engine)
    assert provenance.quarantine() is None
    assert list(provenance.rejected_rows()) == []


def test_an_unknown_run_is_told_with_those_that_exist(project: Project, engine: sa.Engine) -> None:
    project.load()
    with pytest.raises(UnknownNameError, match="no run 7; they are numbered from 1 to 1"):
        Provenance(engine).quarantine(7)


def test_a_running_run_is_read_anew_each_time(project: Project, engine: sa.Engine) -> None:
    project.load([*ROWS, *NEVER])
    writer = engine_for(project.url, read_only=False)
    with writer.begin() as connection:
        connection.execute(sa.update(RUNS).values(status="running", finished_at=None))
    provenance = Provenance(engine)
    assert provenance.quarantine(1).reasons
    with writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM rejected_rows")
    writer.dispose()
    assert provenance.quarantine(1).reasons == ()


def test_a_database_that_is_away_is_told_in_a_sentence(tmp_path: Path) -> None:
    away = Provenance(engine_for(f"sqlite:///{tmp_path / 'none.db'}", read_only=True))
    for ask in (away.runs, away.quarantine, lambda: list(away.rejected_rows())):
        with pytest.raises(StoreError, match="no data is loaded yet"):
            ask()


@pytest.mark.parametrize(
    "text",
    [
        "t of mysql://shop:SECRET@host/shop",
        "t of mysql://shop:SE/CR@SECRET@host/shop?password=SECRET",
        "postgresql://host/shop?user=a&passwd=SECRET does not answer",
        "cannot reach 'redis://:SECRET@host:6379/0' or x://h/?api_key=SECRET;Pwd=SECRET",
    ],
)
def test_passwords_are_taken_out_of_texts(text: str) -> None:
    assert "SECRET" not in without_passwords(text)
    assert "host" in without_passwords(text)
