from dataclasses import replace

import numpy as np
import pytest

from config import Config
from model.examples import Examples
from model.reading import read_sample, read_sessions
from semantic.store import Store
from tests.etl.project import Project
from tests.model.reading.loaded import N_SESSIONS, loaded_rows

Loaded = tuple[Store, Config]


def fewer(config: Config, n: int) -> Config:
    return replace(config, model=config.model.model_copy(update={"max_sessions": n}))


def same(first: Examples, second: Examples) -> bool:
    pairs = [(getattr(first, name), getattr(second, name)) for name in ("x", "y", "weight", "user", "day")]
    return first.features == second.features and all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)


def test_every_session_is_read_with_its_user_and_day(sqlite: Loaded) -> None:
    store, _ = sqlite
    sample = read_sample(*sqlite)
    assert (len(sample), sample.n_sessions) == (N_SESSIONS, store.snapshot().n_rows)
    assert 0 == sample.user[0] <= sample.user.max() < N_SESSIONS - 1
    assert sample.day is not None
    assert np.ptp(sample.day) > 10


def test_both_databases_give_the_same_sessions(sqlite: Loaded, mariadb: Loaded) -> None:
    assert same(read_sample(*sqlite), read_sample(*mariadb))


def test_both_databases_pick_the_same_users(sqlite: Loaded, mariadb: Loaded) -> None:
    found = [read_sample(store, fewer(config, 1_000)) for store, config in (sqlite, mariadb)]
    assert same(*found)


def test_a_sample_holds_whole_users_and_no_more_than_allowed(sqlite: Loaded) -> None:
    store, config = sqlite
    sample, every = read_sample(store, fewer(config, 1_000)), read_sample(store, config)
    assert 850 <= len(sample) <= 1_000
    sessions_of = {tuple(row) for row in every.x}
    assert {tuple(row) for row in sample.x} <= sessions_of
    times = np.bincount(np.bincount(sample.user)) / len(np.unique(sample.user))
    whole = np.bincount(np.bincount(every.user)) / len(np.unique(every.user))
    assert times[1] == pytest.approx(whole[1], abs=0.06)


def test_a_few_sessions_more_than_allowed_leave_a_few_users_out(sqlite: Loaded) -> None:
    store, config = sqlite
    n = store.snapshot().n_rows
    for most in (n - 1, int(n / 1.04), int(n / 1.06)):
        assert most - 20 <= len(read_sample(store, fewer(config, most))) <= most


def test_the_sample_is_like_the_whole(sqlite: Loaded) -> None:
    store, config = sqlite
    sample, every = read_sample(store, fewer(config, 1_000)), read_sample(store, config)
    assert sample.base_rate == pytest.approx(every.base_rate, abs=4 * 0.47 / 1_000**0.5)


def test_amounts_are_read_for_the_same_sessions(sqlite: Loaded) -> None:
    store, config = sqlite
    sample, amounts = read_sessions(store, fewer(config, 1_000))
    assert same(sample, read_sample(store, fewer(config, 1_000)))
    assert amounts.names == ("revenue",)
    assert np.array_equal(amounts.user, sample.user)
    assert np.array_equal(amounts.x[:, 0] > 0, amounts.y == 1)


def test_sessions_of_unknown_users_are_users_of_their_own(project: Project) -> None:
    row = "{2},0,s{0},{1},2026-07-01 10:00:00,Delhi,30,5,"
    rows = [row.format(place, user, ("Old", "New")[place % 2]) for place, user in enumerate(["u1", "", "u1", "", "2"])]
    assert read_sample(*loaded_rows(project, rows)).user.tolist() == [0, 1, 0, 2, 3]


def test_a_user_with_more_sessions_than_allowed_is_still_read_whole(project: Project) -> None:
    engines = ("Old", "New", "Old", "New")
    rows = [f"{engine},0,s{n},u1,2026-07-01 10:00:00,Delhi,30,5," for n, engine in enumerate(engines)]
    store, config = loaded_rows(project, rows)
    assert len(read_sample(store, fewer(config, 3))) == 4
