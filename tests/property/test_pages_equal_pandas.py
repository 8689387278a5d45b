"""The law of drill-down: whoever finds a page, its sessions are those that pandas finds."""

import os
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semantic import row_codes, selection
from semantic.catalog import MISSING, Catalog
from semantic.cube import Cube
from semantic.database import engine_for
from semantic.drill_down import DrillDown
from semantic.filter import AnyClause, Clause, Filter, RangeClause
from semantic.query import Query
from semantic.sessions_page import PageQuery, Sort
from semantic.store import Store
from tests.semantic.conftest import add_index, publish

EXAMPLES = int(os.environ.get("CUBE_EXAMPLES", "1000")) // 5
SORTS = ["row_id", "variant", "converted", "started_at", "day", "device", "location", "age", "time_spent_s", "revenue"]


def clauses(cube: Cube, name: str) -> st.SearchStrategy[AnyClause]:
    domain = cube.domains[name]
    values = st.lists(st.sampled_from(domain.members), min_size=1, max_size=4).map(lambda v: Clause(name, tuple(v)))
    ends: st.SearchStrategy = st.floats(0, 500) | st.sampled_from(domain.edges or (0.0,)) | st.none()
    if domain.dimension.kind == "time":
        days = [pd.Timestamp(day).date() for day in domain.members[: domain.n_present]]
        ends = st.sampled_from([None, *days])
    elif not domain.dimension.is_binned:
        return values
    return values | st.builds(RangeClause, st.just(name), ends, ends)


def page_queries(cube: Cube) -> st.SearchStrategy[PageQuery]:
    where = st.lists(st.sampled_from(sorted(cube.domains)), max_size=3, unique=True).flatmap(
        lambda chosen: st.tuples(*[clauses(cube, name) for name in chosen]).map(Filter)
    )
    sort = st.builds(Sort, st.sampled_from(SORTS), st.booleans())
    return st.builds(PageQuery, where, sort, st.integers(0, 3_100), st.integers(1, 400))


def keeps(sessions: pd.DataFrame, cube: Cube, clause: AnyClause) -> "pd.Series[bool]":
    domain = cube.domains[clause.dimension]
    column = sessions[domain.dimension.column]
    if isinstance(clause, RangeClause):
        column = pd.to_datetime(column.astype(object)) if domain.dimension.kind == "time" else column
        low, high = (pd.Timestamp(e) if domain.dimension.kind == "time" and e else e for e in (clause.low, clause.high))
        kept = column.notna() if low is None else column >= low
        return kept if high is None else kept & (column < high)
    if domain.dimension.is_binned:
        places = np.where(column.isna(), len(domain.edges) + 1, np.searchsorted(domain.edges, column, side="right"))
        return pd.Series(np.isin(places, [domain.position_of[v] for v in clause.values]), sessions.index)
    return column.astype(object).where(column.notna(), MISSING).isin(clause.values)


def expected(sessions: pd.DataFrame, cube: Cube, query: PageQuery) -> list[str]:
    kept = sessions.reset_index(names="row_id")
    for clause in query.where.clauses:
        kept = kept[keeps(kept, cube, clause)]
    column = kept[query.sort.column]
    plain = column.astype(object).where(column.notna() & (column.astype(object) != MISSING), None)
    plain = plain if column.dtype == "category" else plain.astype(float)
    order = plain.sort_values(ascending=not query.sort.is_descending, kind="stable", na_position="last").index
    return kept.loc[order].session_id.tolist()


def check(drill_down: DrillDown, sessions: pd.DataFrame, cube: Cube, query: PageQuery) -> str:
    page, wanted = drill_down.page(query), expected(sessions, cube, query)
    assert [row["session_id"] for row in page.records()] == wanted[query.first : query.first + query.n_rows]
    counted = drill_down.store.answer(Query(("n_sessions",), (), query.where))["n_sessions"]
    assert page.n_sessions == len(wanted) == counted
    return page.origin


@pytest.fixture(scope="module", params=["sqlite", "mariadb"])
def new_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path_factory.mktemp('pages') / 'pages.db'}"
    server = request.getfixturevalue("mariadb_server")
    return server.create_database


@pytest.fixture(scope="module", params=["without an index", "fine", "coarse"])
def drill_down(
    request: pytest.FixtureRequest, new_url: Callable[[], str], catalog: Catalog, sessions: pd.DataFrame, cube: Cube
) -> DrillDown:
    engine = engine_for(new_url(), read_only=False)
    publish(engine, catalog, sessions, cube)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_codes, "_N_CUTS", 12 if request.param == "coarse" else 16_000)
        if request.param != "without an index":
            add_index(engine, catalog, sessions, cube)
    return DrillDown(Store(engine, catalog, check_every_s=1e9))


@pytest.fixture(scope="module", autouse=True)
def many_chunks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(selection, "CHUNK", 512)
        yield


@pytest.fixture(scope="module")
def queries(cube: Cube) -> st.SearchStrategy[PageQuery]:
    return page_queries(cube)


@given(data=st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_every_page_is_the_one_that_pandas_finds(
    drill_down: DrillDown, sessions: pd.DataFrame, cube: Cube, queries: st.SearchStrategy, data: st.DataObject
) -> None:
    way = check(drill_down, sessions, cube, data.draw(queries))
    assert way == ("index" if drill_down._reader._held[2] else "sql")
