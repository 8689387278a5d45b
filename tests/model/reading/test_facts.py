from dataclasses import replace

from config import Config
from model.reading import data_facts, data_hash, read_sample
from semantic.store import Store
from tests.etl.project import ROWS, Project
from tests.model.reading.loaded import N_SESSIONS, loaded_rows, store_of


def test_facts_are_of_all_sessions(sqlite: tuple[Store, Config]) -> None:
    facts = data_facts(*sqlite, read_sample(*sqlite), 0.95)
    assert (facts.n_sessions, facts.n_sampled, facts.origin) == (N_SESSIONS, N_SESSIONS, "simulated")
    assert facts.base_rate.value == facts.n_converted / N_SESSIONS
    assert "2026-07-01" <= facts.first_day < facts.last_day <= "2026-09-30"
    assert 0 < facts.n_users < N_SESSIONS


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


def test_days_are_empty_without_time(sqlite: tuple[Store, Config]) -> None:
    sample = replace(read_sample(*sqlite), day=None)
    facts = data_facts(*sqlite, sample, 0.95)
    assert (facts.first_day, facts.last_day) == ("", "")
