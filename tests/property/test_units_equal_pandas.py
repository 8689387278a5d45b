"""The law of units: whoever answers, index or SQL, the sums are those that pandas finds session by session."""

import os
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semantic.catalog import Catalog
from semantic.cube import Cube
from semantic.database import engine_for
from semantic.filter import Filter
from semantic.store import Store
from semantic.units import EXPOSURE_DAY, FIRST_DAY, UnitColumn, UnitQuery
from tests.property.test_cube_equals_sql import clauses
from tests.semantic.conftest import add_index, build_cube, publish
from tests.semantic.unit_oracle import STARTED_ON, oracle, unit_catalog, unit_sessions

EXAMPLES = int(os.environ.get("UNIT_EXAMPLES", "150"))
FRAME = unit_sessions(800, seed=21)
MEASURES = ("n_sessions", "n_converted", "sum_revenue", "sum_time_spent_s", "n_time_spent_s", "sum_revenue_converted")


def columns() -> st.SearchStrategy[tuple[UnitColumn, ...]]:
    kinds = st.fixed_dictionaries(
        {"measure": st.sampled_from(MEASURES), "is_before": st.booleans()},
        optional={"is_any": st.booleans(), "cap_quantile": st.sampled_from([0.5, 0.9, 0.99])},
    )
    return st.lists(kinds, min_size=1, max_size=5).map(named)


def named(kinds: list[dict[str, Any]]) -> tuple[UnitColumn, ...]:
    return tuple(UnitColumn(f"c{number}", **kind) for number, kind in enumerate(kinds))


def queries(catalog: Catalog, cube: Cube) -> st.SearchStrategy[UnitQuery]:
    names = [d.name for d in catalog.dimensions]
    where = st.lists(st.sampled_from(names), max_size=3, unique=True).flatmap(
        lambda chosen: st.tuples(*[clauses(cube, name) for name in chosen]).map(Filter)
    )
    by = st.lists(st.sampled_from([*names, FIRST_DAY, EXPOSURE_DAY]), max_size=3, unique=True).map(tuple)
    return st.builds(UnitQuery, columns(), by, where)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory, mariadb_url: str) -> Callable[..., Store]:
    """Return a function that returns a store, with or without a start, an index, or a server."""
    kept: dict[tuple[bool, str], Store] = {}

    def make(has_start: bool, who: str) -> Store:
        if (has_start, who) not in kept:
            folder = tmp_path_factory.mktemp("units")
            url = mariadb_url if who == "mariadb" else f"sqlite:///{folder / 'store.db'}"
            kept[has_start, who] = _store(url, has_start, with_index=who == "index")
        return kept[has_start, who]

    return make


def _store(url: str, has_start: bool, *, with_index: bool) -> Store:
    catalog = unit_catalog() if has_start else unit_catalog(None)
    engine, cube = engine_for(url, read_only=False), build_cube(catalog, FRAME)
    publish(engine, catalog, FRAME, cube, version=2 if has_start else 1)
    if with_index:
        add_index(engine, catalog, FRAME, cube, version=2 if has_start else 1)
    return Store(engine, catalog, check_every_s=1e9)


def check(store: Store, data: st.DataObject, origin: str) -> None:
    snapshot = store.snapshot()
    query = data.draw(queries(store.catalog, snapshot.cube))
    found, wanted = store.answer(query), oracle(FRAME, query, store.catalog, snapshot.domains)
    assert (found.origin, found.n_crossed) == (origin, wanted.n_crossed)
    assert found.caps == pytest.approx(wanted.caps)
    np.testing.assert_array_equal(found.n, wanted.n)
    np.testing.assert_allclose(found.totals, wanted.totals, rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(found.products, wanted.products, rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("has_start", [False, True], ids=["without-start", "with-start"])
@pytest.mark.parametrize("who", ["index", "sqlite", "mariadb"])
def test_units_are_summed_as_pandas_does(stored: Callable[..., Store], who: str, has_start: bool) -> None:
    store = stored(has_start, who)

    @given(st.data())
    @settings(max_examples=EXAMPLES, deadline=None)
    def holds(data: st.DataObject) -> None:
        check(store, data, "index" if who == "index" else "sql")

    holds()


def test_the_data_has_what_the_law_is_about() -> None:
    users = FRAME.dropna(subset="user_id").groupby("user_id")["variant"].agg(["size", "nunique"])
    assert FRAME["user_id"].isna().sum() > 50
    assert (users["nunique"] > 1).sum() > 10
    assert pd.to_datetime(FRAME["day"].astype(object)).lt(pd.Timestamp(STARTED_ON)).sum() > 100
