import json
import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from semantic import unit_rows
from semantic.build import CubeBuilder
from semantic.database import engine_for
from semantic.filter import Filter
from semantic.index_build import IndexBuilder
from semantic.schema import INDEX_PARTS, SNAPSHOTS
from semantic.store import Store
from semantic.unit_chunk import UnitChunk
from semantic.unit_rows import UnitRows
from semantic.units import EXPOSURE_DAY, UnitColumn, UnitQuery
from tests.conftest import ROOT
from tests.semantic.conftest import add_index, build_cube, publish
from tests.semantic.unit_oracle import unit_catalog, unit_sessions

CATALOG = unit_catalog()
FRAME = unit_sessions(1_500, seed=9)
COLUMNS = (UnitColumn("sessions", "n_sessions"), UnitColumn("cut", "sum_revenue", cap_quantile=0.9))
MOBILE = Filter.from_query("device=Mobile")
SEVERAL = [UnitQuery(COLUMNS), UnitQuery(COLUMNS, ("device",), MOBILE), UnitQuery(COLUMNS, (EXPOSURE_DAY,))]


@pytest.fixture
def engine(tmp_path) -> sa.Engine:
    engine = engine_for(f"sqlite:///{tmp_path / 'store.db'}", read_only=False)
    cube = build_cube(CATALOG, FRAME)
    publish(engine, CATALOG, FRAME, cube)
    add_index(engine, CATALOG, FRAME, cube)
    return engine


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[slice]:
    """Return a list that grows with each chunk that is read."""
    read: list[slice] = []
    begin = UnitChunk.__init__

    def noted(self: UnitChunk, rows: UnitRows, part: slice, *others: object) -> None:
        read.append(part)
        begin(self, rows, part, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(UnitChunk, "__init__", noted)
    return read


def test_queries_of_one_filter_share_a_pass(engine: sa.Engine, passes: list[slice]) -> None:
    answers = Store(engine, CATALOG).answers(SEVERAL)
    assert [answer.by for answer in answers] == [query.by for query in SEVERAL]
    assert len(passes) == 4  # two filters, of each a pass for the cap


def test_what_was_summed_is_remembered(engine: sa.Engine, passes: list[slice]) -> None:
    store = Store(engine, CATALOG)
    first = store.answers(SEVERAL)
    again = store.answers(SEVERAL)
    assert len(passes) == 4
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_many_chunks_give_what_one_gives(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Store(engine, CATALOG).answers(SEVERAL)
    monkeypatch.setattr(unit_rows, "CHUNK", 50)
    for one, other in zip(whole, Store(engine, CATALOG).answers(SEVERAL), strict=True):
        np.testing.assert_array_equal(one.n, other.n)
        np.testing.assert_allclose(one.products, other.products, rtol=1e-12)
        assert one.n_crossed == other.n_crossed
        assert one.caps == pytest.approx(other.caps)


def test_an_index_of_an_earlier_release_is_passed_over(engine: sa.Engine) -> None:
    head = INDEX_PARTS.c.name == "head"
    with engine.begin() as connection:
        shapes = json.loads(connection.execute(sa.select(INDEX_PARTS.c.payload).where(head)).scalar_one())
        old = {name: shape for name, shape in shapes.items() if name.partition(".")[0] in ("codes", "cuts", "runs")}
        connection.execute(INDEX_PARTS.update().where(head).values(payload=json.dumps(old).encode()))
    assert [answer.origin for answer in Store(engine, CATALOG).answers(SEVERAL)] == ["sql"] * 3


@pytest.mark.parametrize("name", ["users.order", "users.starts", "values.revenue"])
def test_a_damaged_index_is_passed_over(engine: sa.Engine, name: str) -> None:
    wanted = Store(engine, CATALOG).answer(SEVERAL[0])
    with engine.begin() as connection:
        connection.execute(INDEX_PARTS.update().where(INDEX_PARTS.c.name == name).values(payload=b"broken"))
    found = Store(engine, CATALOG).answer(SEVERAL[0])
    assert (wanted.origin, found.origin) == ("index", "sql")
    np.testing.assert_allclose(found.products, wanted.products, rtol=1e-9)


def test_whether_users_come_again_follows_from_the_sessions_of_units(engine: sa.Engine) -> None:
    answer = Store(engine, CATALOG).answer(UnitQuery(COLUMNS[:1], ()))
    assert answer.totals[0] > answer.n


def many_sessions(n_portions: int, n_users: int) -> Iterator[pd.DataFrame]:
    """Yield portions of 250,000 sessions."""
    rng, users = np.random.default_rng(1), np.array([f"u{number}" for number in range(n_users)], dtype=object)
    part = FRAME.iloc[rng.integers(0, len(FRAME), 250_000)].reset_index(drop=True)
    for _ in range(n_portions):
        yield part.assign(user_id=users[rng.integers(0, n_users, len(part))])


@pytest.mark.slow
def test_memory_does_not_grow_with_the_log(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    engine = engine_for(url, read_only=False)
    publish(engine, CATALOG, FRAME[:0], build_cube(CATALOG, FRAME))
    with CubeBuilder(CATALOG, 64, build_cube(CATALOG, FRAME).domains, IndexBuilder(CATALOG)) as builder:
        for number, frame in enumerate(many_sessions(20, 1_500_000)):
            builder.add(frame, row_ids=np.arange(len(frame)) + number * len(frame))
        with engine.begin() as connection:
            for name, number, payload in builder.index().pieces():
                row = {"version": 1, "name": name, "part": number, "payload": payload}
                connection.execute(INDEX_PARTS.insert().values(row))
            connection.execute(SNAPSHOTS.update().values(n_rows=5_000_000))
    command = [sys.executable, "-m", "tests.semantic.unit_memory", url]
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=alone).stdout
    assert float(said) < 80
