import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest

from analytics import ANALYSES
from analytics.analysis import Params, Request, result_to_dict, run
from analytics.comparison import COMPARISON
from analytics.estimate import Estimate
from analytics.kpi import KPI
from analytics.trend import TREND
from semantic.filter import Filter
from semantic.query import Answer, Query
from semantic.store import Store


class CountingStore:
    """A store that counts how often it is asked."""

    def __init__(self, store: Store) -> None:
        self.catalog = store.catalog
        self.asked: list[int] = []
        self.snapshot = store.snapshot
        self._store = store

    def answers(self, queries: list[Query]) -> Sequence[Answer]:
        self.asked.append(len(queries))
        return self._store.answers(queries)


def test_several_requests_ask_the_store_once(store: Store) -> None:
    counting = CountingStore(store)
    run(counting, [Request(COMPARISON), Request(KPI), Request(TREND)])  # type: ignore[arg-type]
    assert counting.asked == [5]


def test_together_they_say_what_each_says_alone(store: Store) -> None:
    where = Filter.from_query("device=Mobile")
    requests = [Request(COMPARISON, where), Request(TREND, where)]
    assert run(store, requests) == [run(store, [request])[0] for request in requests]


def test_parameters_that_an_analysis_does_not_read_do_not_part_requests() -> None:
    assert Request(KPI, params=Params(by="device")) == Request(KPI)
    assert Request(KPI, params=Params(confidence=0.9)) != Request(KPI)


def test_another_selection_parts_requests_of_analyses_that_compare_with_one() -> None:
    mobile = Filter.from_query("device=Mobile")
    assert Request(KPI, versus=mobile) != Request(KPI)
    assert Request(KPI, versus=Filter()) != Request(KPI)
    assert Request(TREND, versus=mobile) == Request(TREND)


def test_a_query_that_is_too_much_is_not_asked(store: Store) -> None:
    counting = CountingStore(store)
    never = dataclasses.replace(TREND, is_too_much=lambda query, snapshot: True, compute=lambda answers, *_: answers)
    counting.snapshot = store.snapshot  # type: ignore[attr-defined]
    assert run(counting, [Request(never)]) == [{}]  # type: ignore[arg-type]


def test_what_is_made_of_others_gets_their_results_where_they_are_run_with_it(store: Store) -> None:
    where = Filter.from_query("device=Mobile")
    whole = dataclasses.replace(
        TREND,
        name="whole",
        compute=lambda answers, *_: answers.get("kpi"),
        parts=lambda request, _: {"kpi": Request(KPI, request.where)},
    )
    found, kpi = run(store, [Request(whole, where), Request(KPI, where)])
    assert found is kpi
    assert run(store, [Request(whole, where), Request(KPI)])[0] is None


def test_a_result_becomes_plain_dicts_and_lists() -> None:
    assert result_to_dict((Estimate(0.5, None, 0.6, 3),)) == [{"value": 0.5, "low": None, "high": 0.6, "n": 3}]


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda analysis: analysis.name)
def test_every_analysis_has_a_page_on_its_method(analysis: object) -> None:
    folder = Path(__file__).parents[2] / "docs" / "methods"
    assert dataclasses.is_dataclass(analysis.result)  # type: ignore[attr-defined]
    assert (folder / f"{analysis.name}.md").is_file()  # type: ignore[attr-defined]
