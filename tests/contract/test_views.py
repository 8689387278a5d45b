"""Every view, over full data, one session, and none; unfiltered and under a filter on each dimension."""

import json
from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go
import pytest
from flask import Flask

from analytics.cached import CachedAnalyses
from analytics.shared_cache import SharedCache
from dashboard.page import PageSource
from dashboard.pages import PAGES, Page
from dashboard.views import all_views, views_of
from semantic.filter import Clause, Filter
from tests.dashboard.sample import Sample, sample_config, sample_store
from tests.dashboard.views.test_trend import plain

VIEWS = (
    "verdict", "kpi", "trend", "location", "device", "category", "gender", "age",
    "heatmap", "relation_time_spent_s", "relation_pages_viewed", "relation_age", "metric", "distribution",
)  # fmt: skip
DIMENSIONS = (
    "variant", "day", "device", "location", "category", "gender", "age", "time_spent_s", "pages_viewed"
)  # fmt: skip


@pytest.fixture(scope="module", params=[400, 1, 0], ids=["many sessions", "one session", "no session"])
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageSource]:
    """Yield pages over data of each size."""
    config = sample_config(tmp_path_factory.mktemp("views"))
    store = sample_store(config, Sample(n_sessions=request.param))
    yield PageSource(config, store, CachedAnalyses(store, SharedCache(Flask("test"))))
    store.engine.dispose()


def where_on(source: PageSource, dimension: str) -> Filter:
    """Return a filter that keeps one member of the dimension; all where the data has none."""
    members = source.store.snapshot().domains[dimension].members
    return Filter((Clause(dimension, members[:1]),)) if members else Filter()


def view_data(source: PageSource, where: Filter, view: str) -> dict[str, Any]:
    """Return what the browser gets for a view, after a trip through strict JSON."""
    name = next(one.page for one in all_views(source.context()) if one.name == view)
    page = source.page_data(next(page.path for page in PAGES if page.name == name), where.to_query())
    assert "error" not in page, page
    return dict(json.loads(json.dumps(page["views"][view], allow_nan=False)))


def test_all_views_are_covered_here(source: PageSource) -> None:
    assert {view.name for view in views_of(source.context(), "overview")} <= set(VIEWS)


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("name", VIEWS)
def test_a_view_answers_under_a_filter_on_each_dimension(source: PageSource, name: str, dimension: str) -> None:
    if name in {view.name for view in all_views(source.context())}:
        assert view_data(source, where_on(source, dimension), name)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_the_same_under_its_own_filter(source: PageSource, name: str) -> None:
    view = next((v for v in all_views(source.context()) if v.name == name), None)
    for dimension in view.dimensions if view else ():
        assert view_data(source, where_on(source, dimension), name) == view_data(source, Filter(), name)


def test_every_figure_is_valid_plotly_with_its_arrays(source: PageSource) -> None:
    for view in views_of(source.context(), "overview"):
        if view.painter != "figure":
            continue
        figure = json.loads(json.dumps(view.skeleton))
        for path, values in view_data(source, Filter(), view.name).items():
            put(figure, path.split("."), values)
        figure["layout"].pop("template")
        assert go.Figure(plain(figure)).data


@pytest.mark.parametrize("where", ["day=2026-07-21..2026-07-31", "day=2026-07-21..2026-07-31&device=Mobile", ""])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_can_be_compared_with_the_previous_period(source: PageSource, page: Page, where: str) -> None:
    data = source.page_data(page.path, f"{where}&compare-to=previous")
    assert "error" not in data, data
    assert json.dumps(data, allow_nan=False)


SAY_ONE_THING = ("verdict", "verdict-memo", "kpi", "headline", "sheet")
"""Painters of what is no chart: they receive a filter, and have no marks to click."""

WITHOUT_A_GHOST = {"segments": "the baseline ranks other segments; a line shows the rate of the whole instead"}
"""Charts without the baseline beside them, and why."""


def test_every_chart_emits_and_has_a_ghost(source: PageSource) -> None:
    charts = [view for view in all_views(source.context()) if view.painter not in SAY_ONE_THING]
    assert [view.name for view in charts if not view.dimensions] == []
    assert [view.name for view in charts if not view.has_ghost and view.name not in WITHOUT_A_GHOST] == []


def test_every_view_receives_the_filter_of_every_other_dimension(source: PageSource) -> None:
    for view in all_views(source.context()):
        for dimension in set(DIMENSIONS) - {*view.dimensions, *view.analysis.ignores}:
            where = where_on(source, dimension)
            assert view.requests(where)[0].where == where, (view.name, dimension)


def test_every_view_has_a_table_and_a_sentence(source: PageSource) -> None:
    for view in all_views(source.context()):
        (result,) = source.answers.results(view.requests(Filter())[:1])
        table, sentence = view.table(result), view.summary(result)
        assert all(len(row) == len(table.columns) for row in table.rows), view.name
        assert len({column.name for column in table.columns}) == len(table.columns), view.name
        assert sentence.strip(), view.name


def test_no_view_sends_what_the_page_adds(source: PageSource) -> None:
    for view in all_views(source.context()):
        result, *ghost = source.answers.results(view.requests(Filter()))
        assert not {"dimensions", "chosen", "says"} & set(view.arrays(result, next(iter(ghost), None))), view.name


def put(node: Any, path: list[str], value: Any) -> None:
    """Set what stands at a path, as assets/paint_figure.js does; a key without a dot is not part of the figure."""
    *parents, last = path
    if not parents:
        return
    for key in parents:
        node = node[int(key)] if isinstance(node, list) else node.setdefault(key, {})
    node[last] = value
