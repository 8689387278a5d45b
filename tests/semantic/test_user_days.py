from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from semantic import unit_rows
from semantic.database import engine_for
from semantic.store import Store
from semantic.user_days import UserDays, read_user_days
from tests.semantic.conftest import add_index, build_cube, publish
from tests.semantic.unit_oracle import unit_catalog, unit_sessions

CATALOG = unit_catalog()
FRAME = unit_sessions(3_000, seed=5, n_users=400)


def store_of(folder: Path, *, has_index: bool = True) -> Store:
    engine = engine_for(f"sqlite:///{folder / 'store.db'}", read_only=False)
    cube = build_cube(CATALOG, FRAME)
    publish(engine, CATALOG, FRAME, cube)
    if has_index:
        add_index(engine, CATALOG, FRAME, cube)
    return Store(engine, CATALOG)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("days"))


@pytest.fixture(scope="module")
def found(store: Store) -> UserDays:
    return read_user_days(store, 10_000)


@pytest.fixture(scope="module")
def kept() -> pd.DataFrame:
    """Return the sessions since the experiment began, each without a user as one of its own."""
    since = CATALOG.experiment.started_on
    days = pd.to_datetime(FRAME["day"])
    frame = FRAME[days.notna() & (days >= pd.Timestamp(str(since)))].copy()
    names = frame["user_id"].astype("object")
    return frame.assign(user=names.where(names.notna(), [f"alone {i}" for i in range(len(frame))]))


def test_every_session_of_every_user_is_counted(found: UserDays, kept: pd.DataFrame) -> None:
    assert found.n.sum() == len(kept)
    assert found.converted.sum() == kept["converted"].sum()
    assert found.n_users == kept["user"].nunique()
    assert found.n_rows == 3_000


def test_rows_are_by_user_and_day(found: UserDays) -> None:
    keys = found.user * found.n_days + found.day
    assert (np.diff(keys) > 0).all()
    assert set(np.diff(found.user).tolist()) <= {0, 1}


def test_users_have_the_sessions_they_have(found: UserDays, kept: pd.DataFrame) -> None:
    own = np.sort(np.bincount(found.user, found.n))
    assert own.tolist() == sorted(kept.groupby("user").size().tolist())


def test_of_many_sessions_whole_users_are_taken(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_rows, "CHUNK", 50)
    with store.reading() as (connection, snapshot):
        index = store.rows.index(snapshot, connection)
        index.memo.get("chunks of users", lambda: None)
    store.rows = type(store.rows)(None)
    some, all_of_them = read_user_days(store, 600), read_user_days(store, 10_000)
    assert 300 < some.n.sum() < 900
    assert some.n_rows == all_of_them.n_rows == 3_000
    sizes = set(np.bincount(all_of_them.user, all_of_them.n).tolist())
    assert set(np.bincount(some.user, some.n).tolist()) <= sizes


def test_without_a_row_index_sql_finds_the_same(found: UserDays, tmp_path: Path) -> None:
    other = read_user_days(store_of(tmp_path, has_index=False), 10_000)
    assert (other.n_users, other.n_days, other.n_rows) == (found.n_users, found.n_days, found.n_rows)
    assert (other.n.sum(), other.converted.sum()) == (found.n.sum(), found.converted.sum())
    assert np.bincount(other.day, other.n).tolist() == np.bincount(found.day, found.n).tolist()
    sizes = [np.sort(np.bincount(each.user, each.n)).tolist() for each in (other, found)]
    assert sizes[0] == sizes[1]


def test_sql_takes_whole_users_too(tmp_path: Path) -> None:
    store = store_of(tmp_path, has_index=False)
    some, all_of_them = read_user_days(store, 600), read_user_days(store, 10_000)
    assert 300 < some.n.sum() < 900
    assert (np.diff(some.user * some.n_days + some.day) > 0).all()
    assert some.n_users < all_of_them.n_users
