import numpy as np
import pandas as pd
import pytest

from semantic import unit_rows
from semantic.catalog import Measure
from semantic.database import engine_for
from semantic.filter import Filter
from semantic.finder import NotIndexedError
from semantic.store import Store
from semantic.unit_rows import UnitRows
from tests.semantic.conftest import add_index, build_cube, publish
from tests.semantic.unit_oracle import STARTED_ON, kept_rows, unit_catalog, unit_sessions

CATALOG = unit_catalog()
FRAME = unit_sessions(1_000, seed=5, n_users=40)
EVERY = slice(0, 1_000)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory):
    engine = engine_for(f"sqlite:///{tmp_path_factory.mktemp('rows') / 'store.db'}", read_only=False)
    cube = build_cube(CATALOG, FRAME)
    publish(engine, CATALOG, FRAME, cube)
    add_index(engine, CATALOG, FRAME, cube)
    store = Store(engine, CATALOG)
    with store.reading() as (connection, snapshot):
        index = store.rows.index(snapshot, connection)
        assert index
        yield UnitRows(index, snapshot, connection, CATALOG)


@pytest.fixture
def ordered(rows: UnitRows) -> pd.DataFrame:
    """Return the sessions as the index has them."""
    return FRAME.iloc[rows._index.array("users.order", rows._connection)]


def test_chunks_are_of_whole_users(rows: UnitRows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_rows, "CHUNK", 10)
    chunks = rows._chunks()
    assert [part.start for part in chunks[1:]] == [part.stop for part in chunks[:-1]]
    assert (chunks[0].start, chunks[-1].stop) == (0, 1_000)
    assert all(rows.starts(part)[0] for part in chunks)


def test_rows_of_a_user_stand_by_variant_and_day(rows: UnitRows, ordered: pd.DataFrame) -> None:
    ranks = rows.variants(EVERY).astype(int) * 100 + rows.days(EVERY)
    inside = ~rows.starts(EVERY)[1:]
    assert np.all(np.diff(ranks)[inside] >= 0)
    assert ordered["user_id"].iloc[np.flatnonzero(rows.starts(EVERY))].dropna().is_unique


CLAUSES = ["device=Mobile", "age=20..33.5", "age=under 18,(missing)", "day=2026-03-01..", "time_spent_s=..99.5"]


@pytest.mark.parametrize("text", CLAUSES)
def test_clauses_keep_what_they_say(rows: UnitRows, ordered: pd.DataFrame, text: str) -> None:
    where = Filter.from_query(text)
    kept = rows.test(where.clauses[0])(EVERY)
    assert kept.tolist() == kept_rows(ordered, where, rows._snapshot.domains).tolist()


def test_missing_values_add_nothing(rows: UnitRows, ordered: pd.DataFrame) -> None:
    times = ordered["time_spent_s"].to_numpy()
    measure = Measure("both", "", "", (("time_spent_s", 2), ("converted", 1)))
    wanted = np.nan_to_num(times**2 * ordered["converted"].to_numpy())
    np.testing.assert_allclose(rows.added(measure)(EVERY), wanted, rtol=1e-15)
    known = rows.added(CATALOG.measure("n_time_spent_s"))(EVERY)
    inverse = rows.added(Measure("inverse", "", "", (("age", -1),)))(EVERY)
    np.testing.assert_allclose(inverse, np.nan_to_num(1 / ordered["age"].to_numpy()), rtol=1e-15)
    assert known.tolist() == (~np.isnan(times)).tolist()
    assert rows.added(CATALOG.measure("n_sessions"))(EVERY).sum() == 1_000


def test_days_are_places(rows: UnitRows) -> None:
    assert rows.day_of(STARTED_ON) == 5
    assert rows.day_of(None) is None


def test_a_column_that_has_no_codes_is_not_answered(rows: UnitRows) -> None:
    with pytest.raises(NotIndexedError, match=r"values\.pages"):
        rows.added(Measure("pages", "", "", (("pages", 1),)))
