from config import Config
from semantic.data_hash import data_hash
from semantic.store import Store
from tests.etl.project import ROWS, Project
from tests.model.reading.conftest import mariadb, project, sqlite
from tests.model.reading.loaded import loaded_rows, store_of

__all__ = ["mariadb", "project", "sqlite"]


def test_both_databases_have_one_hash(sqlite: tuple[Store, Config], mariadb: tuple[Store, Config]) -> None:
    assert data_hash(sqlite[0]) == data_hash(mariadb[0])


def test_the_same_source_loaded_again_has_the_same_hash(project: Project) -> None:
    first = data_hash(loaded_rows(project, [*ROWS])[0])
    project.load(force=True)
    store = store_of(project.config)
    assert (store.version(), data_hash(store)) == (2, first)


def test_other_rows_have_another_hash(project: Project) -> None:
    first = data_hash(loaded_rows(project, [*ROWS])[0])
    project.append(["Old,1,s9,u9,2026-07-03 10:00:00,Delhi,30,5,1"])
    appended = data_hash(store_of(project.config))
    project.load([*ROWS], force=True)
    assert data_hash(store_of(project.config)) == first != appended


def test_other_cleaning_has_another_hash(project: Project) -> None:
    first = data_hash(loaded_rows(project, [*ROWS])[0])
    project.configure(cleaning={"conflicting": "last"})
    project.load(force=True)
    assert data_hash(store_of(project.config)) != first
