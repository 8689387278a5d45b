from itertools import chain

import pandas as pd
import pytest

from semantic.catalog import MISSING
from semantic.drill_down import DrillDown
from semantic.filter import Filter
from semantic.query import Query
from semantic.sessions_page import PageQuery, Sort
from semantic.store import Store


@pytest.fixture
def drill_down(store: Store) -> DrillDown:
    return DrillDown(store)


def ids(drill_down: DrillDown, query: PageQuery) -> list[str]:
    return [str(record["session_id"]) for record in drill_down.page(query).records()]


def test_without_a_sort_sessions_stand_in_order_of_arrival(drill_down: DrillDown, sessions: pd.DataFrame) -> None:
    assert ids(drill_down, PageQuery(first=50, n_rows=3)) == sessions.session_id[50:53].tolist()


@pytest.mark.parametrize("text", ["time_spent_s", "-time_spent_s"])
def test_missing_values_stand_last_either_way(drill_down: DrillDown, sessions: pd.DataFrame, text: str) -> None:
    n_present = int(sessions.time_spent_s.notna().sum())
    page = drill_down.page(PageQuery(sort=Sort.from_text(text), first=n_present - 1, n_rows=2))
    assert [record["time_spent_s"] is None for record in page.records()] == [False, True]


def test_equal_sessions_stand_in_order_of_arrival(drill_down: DrillDown) -> None:
    rows = drill_down.page(PageQuery(sort=Sort("device", is_descending=True), n_rows=500)).rows
    assert len({row[6] for row in rows}) == 1
    assert [int(row[0] or 0) for row in rows] == sorted(int(row[0] or 0) for row in rows)


def test_values_are_plain(drill_down: DrillDown, sessions: pd.DataFrame) -> None:
    first = drill_down.page(PageQuery(n_rows=1)).records()[0]
    assert first["day"] == sessions.day[0]
    assert first["started_at"] == sessions.started_at[0]
    missing = drill_down.page(PageQuery(Filter.from_query("day=(missing)&location=(missing)"), n_rows=1)).records()[0]
    assert (missing["day"], missing["location"]) == (None, None)


@pytest.mark.parametrize("text", ["", "device=Mobile&day=2026-02-26..2026-03-02", "age=20..33"])
def test_there_are_as_many_sessions_as_the_key_figures_count(store: Store, drill_down: DrillDown, text: str) -> None:
    where = Filter.from_query(text)
    counted = store.answer(Query(("n_sessions",), (), where))["n_sessions"]
    assert drill_down.page(PageQuery(where, n_rows=1)).n_sessions == counted


def test_a_session_is_found_by_its_id(drill_down: DrillDown) -> None:
    page = drill_down.page(PageQuery(find="S1-77"))
    assert (page.n_sessions, page.records()[0]["session_id"]) == (1, "S1-77")


def test_what_is_looked_for_is_bound_and_not_run(drill_down: DrillDown) -> None:
    assert drill_down.page(PageQuery(find="' OR 1=1 --")).n_sessions == 0


def test_beyond_the_last_session_a_page_is_empty(drill_down: DrillDown) -> None:
    page = drill_down.page(PageQuery(first=10_000))
    assert (page.rows, page.n_sessions) == ((), 3_000)


def test_a_stream_holds_every_session_of_the_filter(drill_down: DrillDown, sessions: pd.DataFrame) -> None:
    stream = drill_down.stream(PageQuery(Filter.from_query("device=Mobile"), Sort("revenue")))
    found = list(chain.from_iterable(columns[0] for columns in stream.portions))
    kept = sessions[sessions.device == "Mobile"].sort_values("revenue", kind="stable")
    assert found == kept.session_id.tolist()
    assert stream.snapshot.version == 1


def test_a_stream_gives_no_word_for_missing_text(drill_down: DrillDown) -> None:
    stream = drill_down.stream(PageQuery(Filter.from_query("location=(missing)")))
    assert MISSING not in list(chain.from_iterable(next(stream.portions)))
