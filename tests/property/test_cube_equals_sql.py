"""The law of the semantic layer: whoever answers, the sums are the same."""

import os

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semantic.catalog import Catalog
from semantic.cube import Cube
from semantic.database import engine_for
from semantic.filter import AnyClause, Clause, Filter, RangeClause
from semantic.query import Query
from semantic.store import Store
from tests.semantic.conftest import publish

EXAMPLES = int(os.environ.get("CUBE_EXAMPLES", "1000"))


def clauses(cube: Cube, name: str) -> st.SearchStrategy[AnyClause]:
    domain = cube.domains[name]
    some = st.lists(st.sampled_from(domain.members), min_size=1, max_size=4)
    values = some.map(lambda found: Clause(name, tuple(found)))
    ends: list = [None, *domain.edges]
    if domain.dimension.kind == "time":
        ends = [None, *(pd.Timestamp(day).date() for day in domain.members[: domain.n_present])]
    elif not domain.dimension.is_binned:
        return values
    return values | st.builds(RangeClause, st.just(name), st.sampled_from(ends), st.sampled_from(ends))


def queries(catalog: Catalog, cube: Cube) -> st.SearchStrategy[Query]:
    names = [d.name for d in catalog.dimensions]
    where = st.lists(st.sampled_from(names), max_size=3, unique=True).flatmap(
        lambda chosen: st.tuples(*[clauses(cube, name) for name in chosen]).map(Filter)
    )
    by = st.lists(st.sampled_from(names), max_size=3, unique=True).map(tuple)
    measures = st.lists(st.sampled_from([m.name for m in catalog.measures]), min_size=1, max_size=4, unique=True)
    return st.builds(Query, measures.map(tuple), by, where)


def check(store: Store, data: st.DataObject) -> None:
    query = data.draw(queries(store.catalog, store.snapshot().cube))
    [fast] = store.snapshot().cube.answers([query], 1)
    with store.engine.connect() as connection:
        slow = store._answer_by_sql(connection, query, store.snapshot())
    assert fast is None or fast.members == slow.members
    for measure in query.measures if fast else ():
        np.testing.assert_allclose(fast[measure], slow[measure], rtol=1e-9, atol=1e-6)


@given(st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_cube_answers_as_sqlite_does(sqlite_url: str, catalog: Catalog, data: st.DataObject) -> None:
    check(_store(sqlite_url, catalog), data)


@pytest.fixture(scope="module")
def mariadb_store(mariadb_url: str, catalog: Catalog, sessions: pd.DataFrame, cube: Cube) -> Store:
    engine = engine_for(mariadb_url, read_only=False)
    publish(engine, catalog, sessions, cube)
    return Store(engine, catalog, check_every_s=1e9)


@given(st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_cube_answers_as_mariadb_does(mariadb_store: Store, data: st.DataObject) -> None:
    check(mariadb_store, data)


_stores: dict[str, Store] = {}


def _store(url: str, catalog: Catalog) -> Store:
    if url not in _stores:
        _stores[url] = Store(engine_for(url, read_only=True), catalog, check_every_s=1e9)
    return _stores[url]
