"""The profile against pandas, DuckDB, the cube and the rows themselves, in both databases."""

from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from etl.load.writing import writing
from etl.pipeline import profiler as profiling
from etl.pipeline import verify
from etl.pipeline.profiler import Profiler
from semantic.catalog import MISSING, Catalog
from semantic.database import engine_for
from semantic.errors import StoreError
from semantic.profile import Profile, read_profile
from semantic.query import Query
from semantic.store import Store
from tests.analytics.answers import catalog_of
from tests.etl.project import FIELDS, ROWS, Project

CATALOG = catalog_of("user_id", "session_id", "device", "age")
LATER = (
    ROWS[1].replace("u2", "u1").replace(",41,", ",,"),
    "new,1,s8,u1,2026-07-05 08:00:00,,,3,5",
    "new,1,s9,,2026-07-05 08:00:00,Pune,,3,5",
)


def sessions(n_rows: int, seed: int, n_users: int = 500) -> pd.DataFrame:
    """Return sessions with gaps everywhere, some users in two variants and some without a user."""
    rng = np.random.default_rng(seed)
    users = np.array([f"u{n}" for n in np.minimum(rng.geometric(3 / n_users, n_rows), n_users)], dtype=object)
    users[rng.random(n_rows) < 0.1] = None
    device = pd.Categorical.from_codes(rng.integers(-1, 2, n_rows), categories=pd.Index(["Mobile", "Desktop"]))
    return pd.DataFrame(
        {
            "session_id": [f"s{seed}-{n}" for n in range(n_rows)],
            "variant": pd.Categorical.from_codes(rng.integers(0, 2, n_rows), categories=pd.Index(["New", "Old"])),
            "converted": rng.integers(0, 2, n_rows).astype(np.int8),
            "user_id": users,
            "device": device,
            "age": np.where(rng.random(n_rows) < 0.2, np.nan, 30.0),
        }
    )


def profile_of(*frames: pd.DataFrame, gone: tuple[pd.DataFrame, ...] = (), catalog: Catalog = CATALOG) -> Profile:
    with Profiler(catalog) as profiler:
        for frame in frames:
            profiler.add(frame)
        for frame in gone:
            profiler.add(frame, sign=-1)
        return profiler.profile()


def expected(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the same profile, by pandas."""
    by_user = frame.dropna(subset="user_id").groupby("user_id", observed=True)
    sizes = by_user.size().value_counts().sort_index()
    missing = frame.isna()
    return {
        "n_sessions": len(frame),
        "n_incomplete": int(missing.any(axis=1).sum()),
        "n_missing": {name: int(missing[name].sum()) for name in frame},
        "users": {
            "n_users": by_user.ngroups,
            "n_sessions": int(frame["user_id"].notna().sum()),
            "n_in_two_variants": int((by_user["variant"].nunique() > 1).sum()),
            "users_by_sessions": tuple(zip(sizes.index.tolist(), sizes.tolist(), strict=True)),
        },
    }


@pytest.mark.parametrize("portion", [300, 10**9])
def test_the_profile_is_that_of_pandas(monkeypatch: pytest.MonkeyPatch, portion: int) -> None:
    monkeypatch.setattr(profiling, "_PORTION", portion)
    frames = [sessions(1_000, seed) for seed in range(3)]
    assert profile_of(*frames).to_json() == expected(pd.concat(frames, ignore_index=True))


@pytest.mark.parametrize("portion", [300, 10**9])
def test_what_is_counted_out_leaves_no_trace(monkeypatch: pytest.MonkeyPatch, portion: int) -> None:
    monkeypatch.setattr(profiling, "_PORTION", portion)
    stays, goes = sessions(1_000, 1), sessions(400, 2, n_users=50)
    assert profile_of(stays, goes, gone=(goes,)).to_json() == profile_of(stays).to_json()


def test_users_are_counted_as_duckdb_counts_them() -> None:
    database = duckdb.connect()
    database.register("log", sessions(5_000, 4).assign(variant=lambda frame: frame["variant"].astype(str)))
    by_user = "SELECT user_id, count(*) n, count(DISTINCT variant) v FROM log WHERE user_id IS NOT NULL GROUP BY 1"
    (total,) = database.sql(f"SELECT count(*), sum(n), count(*) FILTER (v > 1) FROM ({by_user})").fetchall()
    sizes = database.sql(f"SELECT n, count(*) FROM ({by_user}) GROUP BY 1 ORDER BY 1").fetchall()
    users = profile_of(sessions(5_000, 4)).users
    assert (users.n_users, users.n_sessions, users.n_in_two_variants) == total
    assert list(users.users_by_sessions) == sizes


def test_no_sessions_have_an_empty_profile() -> None:
    empty = profile_of(sessions(10, 1).head(0))
    assert (empty.n_sessions, empty.n_incomplete, empty.users.users_by_sessions) == (0, 0, ())
    assert profile_of().users.n_users == 0


def test_without_users_nothing_is_said_of_them() -> None:
    assert profile_of(sessions(10, 1), catalog=catalog_of("device")).users is None


def stored(project: Project, version: int) -> Profile | None:
    engine = engine_for(project.url, read_only=True)
    try:
        return read_profile(engine, version)
    finally:
        engine.dispose()


def test_a_load_stores_the_profile_without_duplicates(any_project: Project) -> None:
    any_project.load([*ROWS, ROWS[0], ROWS[1].replace("99.5", "1"), *LATER[1:]])
    profile = stored(any_project, 1)
    assert (profile.n_sessions, profile.n_incomplete) == (5, 3)
    assert {n: m for n, m in profile.n_missing.items() if m} == {"age": 3, "user_id": 1, "location": 1}
    assert profile.users.users_by_sessions == ((1, 2), (2, 1))
    assert profile.users.n_in_two_variants == 1


def test_an_append_keeps_the_profile_right(any_project: Project) -> None:
    any_project.load()
    any_project.append(LATER)
    assert verify(any_project.config)
    profile = stored(any_project, 2)
    assert (profile.n_sessions, profile.n_missing["age"], profile.n_missing["user_id"]) == (6, 4, 1)
    assert profile.users.users_by_sessions == ((1, 2), (3, 1))
    assert profile.users.n_in_two_variants == 1


def test_an_append_profiles_a_version_that_had_no_profile(any_project: Project) -> None:
    any_project.load()
    with writing(any_project.url) as engine, engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE profiles")
    assert stored(any_project, 1) is None
    assert verify(any_project.config)
    any_project.append(LATER)
    assert stored(any_project, 1) is None
    assert stored(any_project, 2).n_sessions == 6


def test_a_profile_goes_with_its_version(any_project: Project) -> None:
    for _ in range(3):
        any_project.load(force=True)
    assert any_project.query("SELECT version FROM profiles ORDER BY 1") == [(2,), (3,)]


def test_a_profile_that_differs_from_its_rows_is_found(any_project: Project) -> None:
    any_project.load()
    with writing(any_project.url) as engine, engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sessions_1 SET user_id = 'u1' WHERE row_id = 3")
    with pytest.raises(StoreError, match="profile of version 1 differs from its rows"):
        verify(any_project.config)


def test_the_profile_agrees_with_the_cube(any_project: Project) -> None:
    any_project.load([*ROWS, *LATER[1:], "Old,0,s7,u7,2026-07-02,,30,,1"])
    engine = engine_for(any_project.url, read_only=True)
    store, profile = Store(engine, any_project.config.catalog), stored(any_project, 1)
    for dimension in store.catalog.dimensions:
        answer = store.answer(Query(("n_sessions",), (dimension.name,)))
        place = store.snapshot().domains[dimension.name].position_of.get(MISSING)
        assert profile.n_missing[dimension.column] == (0 if place is None else answer["n_sessions"][place])
    for name in ("time_spent_s", "revenue"):
        total = store.answer(Query(("n_sessions", f"n_{name}")))
        assert profile.n_missing[name] == total["n_sessions"] - total[f"n_{name}"]
    engine.dispose()


def test_data_without_users_is_loaded_and_profiled(any_project: Project) -> None:
    any_project.configure(fields={name: spec for name, spec in FIELDS.items() if name != "user_id"})
    any_project.load()
    assert stored(any_project, 1).users is None


def test_ten_thousand_users_in_many_variants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiling, "_PORTION", 5_000)
    frame = sessions(20_000, 9, n_users=10_000)
    codes = np.random.default_rng(1).integers(0, 12, len(frame))
    frame["variant"] = pd.Categorical.from_codes(codes, categories=pd.Index([f"V{n}" for n in range(12)]))
    assert profile_of(frame.iloc[:7_000], frame.iloc[7_000:]).to_json() == expected(frame)
