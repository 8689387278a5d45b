import pytest

from etl.load.writing import writing
from etl.pipeline import status, verify
from semantic.errors import StoreError
from tests.etl.project import FIELDS, ROWS, Project


def test_the_status_tells_version_runs_and_quarantine(any_project: Project) -> None:
    any_project.load([*ROWS, "Old,0,s9,u9,never,Delhi,20,5,"])
    found = status(any_project.config)
    assert (found.version, found.n_rows, found.origin, found.is_current) == (1, 4, "observed", True)
    assert [run.status for run in found.runs] == ["succeeded"]
    assert [(q.column, q.n_records) for q in found.quarantine] == [("at", 1)]


def test_data_of_another_configuration_is_not_current(project: Project) -> None:
    project.load()
    project.configure(fields={name: spec for name, spec in FIELDS.items() if name != "age"})
    assert not status(project.config).is_current
    with pytest.raises(StoreError, match="no data of this configuration"):
        verify(project.config)


def test_a_right_cube_is_verified(any_project: Project) -> None:
    any_project.load([*ROWS, ROWS[0], ROWS[1].replace("99.5", "1")])
    assert verify(any_project.config) > 100


def test_a_cube_that_differs_from_its_rows_is_found(any_project: Project) -> None:
    any_project.load()
    with writing(any_project.url) as engine, engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sessions_1 SET converted = 1 - converted WHERE row_id = 2")
    with pytest.raises(StoreError, match="differs from its rows"):
        verify(any_project.config)


def test_the_password_of_a_database_is_not_told(any_project: Project) -> None:
    any_project.load()
    assert "secret" not in status(any_project.config).database
