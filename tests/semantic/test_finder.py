import pandas as pd
import pytest

from semantic import finder
from semantic.catalog import Catalog
from semantic.cube import Cube
from semantic.database import engine_for
from semantic.filter import Filter
from semantic.finder import Finder, NotIndexedError
from semantic.store import Store
from tests.semantic.conftest import add_index, publish


@pytest.fixture(scope="module")
def store(tmp_path_factory, catalog: Catalog, sessions: pd.DataFrame, cube: Cube) -> Store:
    engine = engine_for(f"sqlite:///{tmp_path_factory.mktemp('db') / 'indexed.db'}", read_only=False)
    publish(engine, catalog, sessions, cube)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("semantic.row_codes._N_CUTS", 12)
        add_index(engine, catalog, sessions, cube)
    return Store(engine, catalog)


@pytest.fixture
def found(store: Store, catalog: Catalog):
    with store.reading() as (connection, snapshot):
        index = store.rows.index(snapshot, connection)
        assert index
        yield Finder(index, snapshot, connection, catalog)


def test_a_page_by_arrival_is_a_slice(found: Finder, sessions: pd.DataFrame) -> None:
    where = Filter.from_query("device=Mobile")
    mobile = sessions.index[sessions.device == "Mobile"]
    assert found.row_ids(where, ("row_id", False), 100, 5).tolist() == mobile[100:105].tolist()
    assert found.row_ids(where, ("row_id", True), 100, 5).tolist() == mobile[::-1][100:105].tolist()


def test_within_a_code_values_decide(found: Finder, sessions: pd.DataFrame) -> None:
    order = sessions.sort_values("time_spent_s", kind="stable", ascending=False).index
    assert found.row_ids(Filter(), ("time_spent_s", True), 50, 700).tolist() == order[50:750].tolist()


def test_a_range_off_the_cuts_is_counted_exactly(found: Finder, sessions: pd.DataFrame) -> None:
    kept = (sessions.time_spent_s >= 33.3) & (sessions.time_spent_s < 456.7)
    assert found.count(Filter.from_query("time_spent_s=33.3..456.7")) == kept.sum()


def test_codes_that_are_too_coarse_are_left_to_sql(found: Finder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder, "MAX_CANDIDATES", 10)
    with pytest.raises(NotIndexedError):
        found.row_ids(Filter(), ("time_spent_s", False), 0, 100)


def test_a_column_without_codes_is_left_to_sql(found: Finder) -> None:
    with pytest.raises(NotIndexedError):
        found.row_ids(Filter(), ("session_id", False), 0, 100)
