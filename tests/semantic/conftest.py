"""A small catalog, random sessions, and a database that holds them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from config.spec import FieldSpec
from config.words import build_catalog, complete_fields
from semantic.build import CubeBuilder
from semantic.catalog import Catalog
from semantic.cube import Cube
from semantic.database import engine_for
from semantic.index_build import IndexBuilder
from semantic.query import Domains
from semantic.schema import CUBE_PARTS, INDEX_PARTS, METADATA, SNAPSHOTS, session_key, sessions_table
from semantic.store import Store

FIELDS = {
    "variant": FieldSpec(column="engine", values=("Old", "New")),
    "converted": FieldSpec(column="converted"),
    "session_id": FieldSpec(column="session"),
    "started_at": FieldSpec(column="at"),
    "device": FieldSpec(column="device", values=("Mobile", "Desktop")),
    "location": FieldSpec(column="location"),
    "age": FieldSpec(column="age", edges=(18, 30, 50)),
    "time_spent_s": FieldSpec(column="time"),
    "revenue": FieldSpec(column="revenue"),
    "propensity": FieldSpec(column="propensity"),
}
DAYS = pd.date_range("2026-02-25", periods=12).strftime("%Y-%m-%d").to_list()
PLACES = ["Bangalore", "São Paulo", "a,b", "x..y", "50% & more", "(missing)"]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return build_catalog(complete_fields(FIELDS), control="Old", currency="₹")


def random_sessions(n_rows: int, seed: int) -> pd.DataFrame:
    """Return sessions with every kind of gap that the catalog allows."""
    rng = np.random.default_rng(seed)

    def pick(members: list[str], missing: float = 0.0) -> "pd.Categorical[str]":
        codes = rng.integers(0, len(members), n_rows)
        return pd.Categorical.from_codes(np.where(rng.random(n_rows) < missing, -1, codes), pd.Index(members))

    def gaps(values: np.ndarray) -> np.ndarray:
        return np.where(rng.random(n_rows) < 0.1, np.nan, values)

    day = pick(DAYS, 0.05)
    at = pd.to_datetime(pd.Series(day.astype(object))).to_numpy("datetime64[ms]").astype(np.int64)
    return pd.DataFrame(
        {
            "session_id": [f"S{seed}-{i}" for i in range(n_rows)],
            "variant": pick(["New", "Old"]),
            "converted": rng.integers(0, 2, n_rows).astype(np.int8),
            "started_at": pd.array(np.where(pd.isna(day), 0, at), dtype="int64"),
            "day": day,
            "device": pick(["Desktop", "Mobile", "Smart TV"]),
            "location": pick(PLACES),
            "age": gaps(rng.integers(10, 70, n_rows).astype(float)),
            "time_spent_s": gaps(np.round(rng.exponential(200.0, n_rows), 2)),
            "revenue": np.round(rng.exponential(50.0, n_rows), 2),
            "propensity": rng.uniform(0.05, 1, n_rows),
        }
    )


def build_cube(catalog: Catalog, *frames: pd.DataFrame, memory_mb: float = 64, known: Domains | None = None) -> Cube:
    with CubeBuilder(catalog, memory_mb, known) as builder:
        for frame in frames:
            builder.add(frame)
        return builder.cube()


def add_index(engine: sa.Engine, catalog: Catalog, frame: pd.DataFrame, cube: Cube, version: int = 1) -> None:
    """Store the row index of a published version as a load does."""
    with CubeBuilder(catalog, 64, cube.domains, IndexBuilder(catalog)) as builder, engine.begin() as connection:
        for start in range(0, len(frame), 700):
            part = frame.iloc[start : start + 700]
            builder.add(part, row_ids=np.arange(start, start + len(part)))
        for name, part_number, payload in builder.index().pieces():
            row = {"version": version, "name": name, "part": part_number, "payload": payload}
            connection.execute(INDEX_PARTS.insert().values(row))


def publish(engine: sa.Engine, catalog: Catalog, frame: pd.DataFrame, cube: Cube, version: int = 1) -> None:
    """Store a version of the data as a load does."""
    table = sessions_table(catalog, f"sessions_{version}")
    METADATA.create_all(engine)
    table.metadata.create_all(engine)
    session_key(table).create(engine)
    rows = frame.astype(object).where(frame.notna(), None)
    rows["day"] = [None if day is None else pd.Timestamp(day).date() for day in rows["day"]]
    rows["row_id"] = range(len(rows))
    records = [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]
    with engine.begin() as connection:
        if records:
            connection.execute(table.insert(), records)
        connection.execute(CUBE_PARTS.insert().values(version=version, part=0, payload=cube.to_bytes()))
        connection.execute(
            SNAPSHOTS.insert().values(
                version=version,
                run_id=version,
                table_name=table.name,
                loaded_at=0,
                n_rows=len(frame),
                origin="observed",
                catalog_hash=catalog.fingerprint,
                domains="{}",
            )
        )


@pytest.fixture(scope="session")
def sessions() -> pd.DataFrame:
    return random_sessions(3_000, seed=1)


@pytest.fixture(scope="session")
def cube(catalog: Catalog, sessions: pd.DataFrame) -> Cube:
    return build_cube(catalog, sessions)


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog, sessions: pd.DataFrame, cube: Cube) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('db') / 'store.db'}"
    engine = engine_for(url, read_only=False)
    publish(engine, catalog, sessions, cube)
    engine.dispose()
    return url


@pytest.fixture
def store(sqlite_url: str, catalog: Catalog) -> Store:
    return Store(engine_for(sqlite_url, read_only=True), catalog)


@pytest.fixture
def fresh_database(tmp_path: Path, catalog: Catalog) -> Callable[[pd.DataFrame], str]:
    """Return a function that stores a frame in a new file and returns its URL."""

    def make(frame: pd.DataFrame) -> str:
        url = f"sqlite:///{tmp_path / 'fresh.db'}"
        engine = engine_for(url, read_only=False)
        publish(engine, catalog, frame, build_cube(catalog, frame))
        engine.dispose()
        return url

    return make
