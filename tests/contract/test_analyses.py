"""What every member of ANALYSES keeps, whatever the data."""

import dataclasses
import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pandas as pd
import pytest
from pydantic import TypeAdapter

from analytics import ANALYSES, Analysis, result_to_dict
from analytics.analysis import Request, run
from analytics.estimate import Estimate
from semantic.catalog import Catalog
from semantic.database import engine_for
from semantic.filter import Filter
from semantic.store import Store
from tests.analytics.examples import example_params

each_analysis = pytest.mark.parametrize("analysis", ANALYSES, ids=lambda analysis: analysis.name)
MAY_COMPARE_NOTHING = (
    "comparison",
    "effects",
    "power",
    "heterogeneity",
    "novelty",
    "decision",
    "off_policy",
    "methods",
)
FILTERS = [
    "",
    "variant=New",
    "device=Mobile",
    "location=S%C3%A3o%20Paulo",
    "age=18..50",
    "age=20..33",
    "time_spent_s=100..300",
    "day=2026-02-27..2026-03-03",
    "day=2026-03-01",
    "device=Nothing",
]


def result_of(store: Store, analysis: Analysis, where: str = "", **params: str) -> Any:
    wanted = dataclasses.replace(example_params(analysis), **params)  # type: ignore[arg-type]
    return run(store, [Request(analysis, Filter.from_query(where), wanted)])[0]


def estimates_in(result: Any) -> Iterator[Estimate]:
    """Yield every estimate that a result holds."""
    if isinstance(result, Estimate):
        yield result
    elif hasattr(result, "__dataclass_fields__"):
        for name in result.__dataclass_fields__:
            yield from estimates_in(getattr(result, name))
    elif isinstance(result, tuple):
        for item in result:
            yield from estimates_in(item)


def numbers_in(value: Any) -> Iterator[float]:
    """Yield every number that plain data holds."""
    if isinstance(value, float):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from numbers_in(item)


@each_analysis
@pytest.mark.parametrize("where", FILTERS)
def test_a_result_survives_json(store: Store, analysis: Analysis, where: str) -> None:
    result = result_of(store, analysis, where)
    assert TypeAdapter(analysis.result).validate_json(orjson.dumps(result)) == result


@each_analysis
@pytest.mark.parametrize("where", FILTERS)
def test_no_number_is_nan_or_endless(store: Store, analysis: Analysis, where: str) -> None:
    numbers = list(numbers_in(result_to_dict(result_of(store, analysis, where))))
    assert all(map(math.isfinite, numbers))


@each_analysis
@pytest.mark.parametrize("where", FILTERS)
def test_an_interval_holds_its_estimate(store: Store, analysis: Analysis, where: str) -> None:
    found = list(estimates_in(result_of(store, analysis, where)))
    assert found or analysis.name in MAY_COMPARE_NOTHING
    for value in found:
        assert value.low is None or value.value is None or value.low - 1e-12 <= value.value
        assert value.high is None or value.value is None or value.value <= value.high + 1e-12


@each_analysis
def test_no_sessions_means_no_rate(store: Store, analysis: Analysis) -> None:
    for value in estimates_in(result_of(store, analysis, "device=Nothing")):
        assert value.n == 0
        assert value.value in (None, 0.0)


@each_analysis
def test_one_session_is_enough_to_answer(
    fresh_database: Callable[[pd.DataFrame], str], sessions: pd.DataFrame, catalog: Catalog, analysis: Analysis
) -> None:
    store = Store(engine_for(fresh_database(sessions.head(1)), read_only=True), catalog)
    result = result_of(store, analysis)
    assert json.loads(orjson.dumps(result)) == json.loads(json.dumps(result_to_dict(result)))


@each_analysis
def test_one_variant_is_enough_to_answer(
    fresh_database: Callable[[pd.DataFrame], str], sessions: pd.DataFrame, catalog: Catalog, analysis: Analysis
) -> None:
    only_new = sessions[sessions["variant"] == "New"].head(50)
    store = Store(engine_for(fresh_database(only_new), read_only=True), catalog)
    assert isinstance(result_of(store, analysis), analysis.result)


@pytest.mark.parametrize("by", ["device", "location", "age", "time_spent_s", "day"])
def test_a_breakdown_adds_up_over_every_dimension(store: Store, by: str) -> None:
    breakdown = next(analysis for analysis in ANALYSES if analysis.name == "breakdown")
    kpi = next(analysis for analysis in ANALYSES if analysis.name == "kpi")
    total = result_of(store, kpi).metrics[0].total
    assert sum(row.total.n for row in result_of(store, breakdown, by=by).rows) == total.n


def test_analyses_agree_with_each_other(store: Store) -> None:
    comparison, kpi, trend = (result_of(store, analysis, "device=Mobile") for analysis in ANALYSES[:3])
    (new,) = comparison.comparisons
    control, treatment = kpi.metrics[0].variants
    assert (new.rate, new.control_rate) == (treatment.estimate, control.estimate)
    assert new.difference == treatment.difference
    assert sum(day.n for day in trend.series[0].daily) <= control.estimate.n


def test_names_are_single_words_and_stand_once() -> None:
    names = [analysis.name for analysis in ANALYSES]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() for name in names)
