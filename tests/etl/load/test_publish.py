import pytest

from etl.load import publish as module
from semantic.database import engine_for
from semantic.errors import StoreError
from semantic.store import Store
from tests.etl.project import ROWS, Project


def test_a_published_version_is_what_readers_see(any_project: Project) -> None:
    any_project.load()
    store = Store(engine_for(any_project.url, read_only=True), any_project.config.catalog)
    snapshot = store.snapshot()
    store.engine.dispose()
    assert (snapshot.version, snapshot.n_rows, snapshot.origin) == (1, 4, "observed")


def test_the_cube_is_stored_in_small_pieces(any_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PART_BYTES", 100)
    any_project.load()
    sizes = [size for (size,) in any_project.query("SELECT length(payload) FROM cube_parts ORDER BY part")]
    assert len(sizes) > 1
    assert set(sizes[:-1]) == {100}


def test_the_row_index_comes_and_goes_with_its_version(any_project: Project) -> None:
    for n_rows in (4, 3, 2):
        any_project.load(ROWS[:n_rows])
    versions = [version for (version,) in any_project.query("SELECT DISTINCT version FROM index_parts ORDER BY 1")]
    assert versions == [2, 3]


def test_a_version_that_cannot_be_recorded_is_not_seen(any_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    any_project.load()

    def fail(*arguments: object) -> None:
        raise StoreError("the run cannot be recorded")

    monkeypatch.setattr(module, "finish_run", fail)
    with pytest.raises(StoreError, match="cannot be recorded"):
        any_project.load(ROWS[:2])
    assert any_project.query("SELECT max(version), max(n_rows) FROM snapshots") == [(1, 4)]
    assert any_project.query("SELECT count(*) FROM sessions") == [(4,)]
    assert any_project.query("SELECT max(version) FROM index_parts") == [(1,)]
