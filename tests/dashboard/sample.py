"""A small data set with a known effect, written to a real database the way a load does."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from config import Config, load_config
from etl.pipeline.profiler import Profiler
from semantic.build import CubeBuilder
from semantic.database import engine_for
from semantic.schema import CUBE_PARTS, METADATA, PROFILES, SNAPSHOTS, sessions_table
from semantic.store import Store

ROOT = Path(__file__).resolve().parents[2]
FIRST_DAY = date(2026, 7, 1)
PLACES = ("Bangalore", "Mumbai", "Delhi", "Hyderabad", "Chennai", "Kolkata")
LOADED_AT = 1_790_000_000_000


@dataclass(frozen=True, slots=True)
class Sample:
    """What the sample shall be like.

    Attributes
    ----------
    n_sessions, n_days, seed : int
        Size, length and random seed.
    variants, places : sequence of str
        Members of two dimensions, drawn with equal weight; control first.
    """

    n_sessions: int = 6_000
    n_days: int = 60
    seed: int = 7
    variants: Sequence[str] = ("Old", "New")
    places: Sequence[str] = PLACES


def sample_frame(sample: Sample) -> pd.DataFrame:
    """Return clean sessions: each later variant converts three points better, more so on mobile phones."""
    draw = np.random.default_rng(sample.seed)
    n = sample.n_sessions
    variant = draw.integers(len(sample.variants), size=n)
    device = draw.choice(3, size=n, p=[0.55, 0.35, 0.1])
    day = draw.integers(sample.n_days, size=n)
    rate = 0.3 + 0.03 * variant * (1 + (device == 0)) + 0.02 * np.sin(day / 9) - 0.02 * (device == 2)
    converted = (draw.random(n) < rate).astype(float)
    return pd.DataFrame(
        {
            "session_id": [f"s{i}" for i in range(n)],
            "user_id": [f"u{i % (n * 2 // 3 + 1)}" for i in range(n)],
            "variant": pd.Categorical([sample.variants[i] for i in variant], categories=list(sample.variants)),
            "device": pd.Categorical(np.array(["Mobile", "Desktop", "Tablet"])[device]),
            "location": pd.Categorical(draw.choice(list(sample.places), n)),
            "category": pd.Categorical(draw.choice(["Electronics", "Fashion", "Home", "Books", "Beauty"], n)),
            "gender": pd.Categorical(draw.choice(["Female", "Male", "Other"], n, p=[0.48, 0.48, 0.04])),
            "age": draw.integers(18, 65, n).astype(float),
            "day": pd.Categorical([(FIRST_DAY + timedelta(days=int(d))).isoformat() for d in day]),
            "converted": converted,
            "time_spent_s": np.round(draw.gamma(9, 33, n), 2),
            "pages_viewed": draw.integers(1, 20, n).astype(float),
            "revenue": np.round(converted * draw.gamma(4, 300, n), 2),
        }
    )


def load_frame(config: Config, frame: pd.DataFrame) -> None:
    """Write the sessions, their cube, profile and snapshot into the configured database."""
    engine = engine_for(config.database_url, read_only=False)
    with CubeBuilder(config.catalog, config.cube_memory_mb) as builder:
        builder.add(frame)
        payload = builder.cube().to_bytes()
    with Profiler(config.catalog) as profiler:
        profiler.add(frame.assign(started_at=0))
        profile = json.dumps(profiler.profile().to_json())
    table = sessions_table(config.catalog, "sessions_1")
    rows = frame.assign(row_id=range(len(frame)), started_at=0, day=[date.fromisoformat(d) for d in frame["day"]])
    records: Any = rows.astype(object)[[c.name for c in table.columns]].to_dict("records")
    with engine.begin() as connection:
        METADATA.create_all(connection)
        table.create(connection)
        if records:
            connection.execute(sa.insert(table), records)
        connection.execute(sa.insert(CUBE_PARTS), {"version": 1, "part": 0, "payload": payload})
        connection.execute(sa.insert(PROFILES), {"version": 1, "payload": profile})
        snapshot = {"version": 1, "run_id": 1, "table_name": "sessions_1", "loaded_at": LOADED_AT}
        snapshot |= {"n_rows": len(frame), "origin": "simulated", "domains": "{}"}
        connection.execute(sa.insert(SNAPSHOTS), snapshot | {"catalog_hash": config.catalog.fingerprint})
    engine.dispose()


def sample_config(folder: Path) -> Config:
    """Return the product's own configuration with a database in that folder."""
    return load_config(ROOT / "config.yaml", {"DATABASE_URL": f"sqlite:///{folder / 'sample.db'}"})


def sample_store(config: Config, sample: Sample | None = None) -> Store:
    """Return a store over a freshly loaded sample."""
    load_frame(config, sample_frame(sample or Sample()))
    return Store(engine_for(config.database_url, read_only=True), config.catalog)
