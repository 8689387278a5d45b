import numpy as np
import pytest

from analytics.analysis import Params, Request
from analytics.breakdown import BREAKDOWN
from analytics.experiment.mean import Sample, student, welch
from analytics.experiment.proportion import newcombe, wilson
from analytics.metric import asked_metric, difference_interval, measures_of, metric_interval, metric_splits
from semantic.errors import UnknownNameError
from tests.analytics.answers import catalog_of

CATALOG = catalog_of("time_spent_s")
RATE, TIME = CATALOG.metrics
SUMS = {
    "n_sessions": np.array([[40.0, 60.0], [0.0, 0.0]]),
    "n_converted": np.array([[10.0, 6.0], [0.0, 0.0]]),
    "n_time_spent_s": np.array([[30.0, 50.0], [0.0, 0.0]]),
    "sum_time_spent_s": np.array([[300.0, 700.0], [0.0, 0.0]]),
    "sum_time_spent_s_squared": np.array([[4e3, 15e3], [0.0, 0.0]]),
}


def test_without_a_name_the_conversion_rate_is_meant() -> None:
    assert asked_metric(Request(BREAKDOWN), CATALOG) is RATE
    assert asked_metric(Request(BREAKDOWN, params=Params(metric="mean_time_spent_s")), CATALOG) is TIME


def test_an_unknown_metric_is_told_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean 'mean_time_spent_s'.*Known: conversion_rate"):
        asked_metric(Request(BREAKDOWN, params=Params(metric="mean_time_spent")), CATALOG)


def test_proportions_have_wilsons_interval_and_means_students() -> None:
    rate, time = (metric_interval(metric, SUMS, 0.9) for metric in (RATE, TIME))
    assert rate.low[0, 0] == wilson(10, 40, 0.9).low
    assert time.high[0, 1] == student(Sample.of(50, 700, 15e3), 0.9).high


def test_differences_have_newcombes_interval_and_welchs() -> None:
    one, two = ({name: values[0, place] for name, values in SUMS.items()} for place in (0, 1))
    assert difference_interval(RATE, one, two, 0.9).low == newcombe(10, 40, 6, 60, 0.9).low
    expected = welch(Sample.of(30, 300, 4e3), Sample.of(50, 700, 15e3), 0.9)
    assert difference_interval(TIME, one, two, 0.9).low == expected.low


def test_a_total_divides_the_sums_of_all_variants() -> None:
    full, empty = metric_splits(TIME, SUMS, 0.95)
    assert (full.total.value, full.total.n) == (1_000 / 80, 80)
    assert [found.value for found in full.variants] == [10, 14]
    assert (empty.total.value, empty.total.n) == (None, 0)


def test_sessions_are_always_asked_for() -> None:
    assert measures_of(TIME) == ("n_sessions", *TIME.measures)
    assert measures_of(RATE) == ("n_sessions", "n_converted")
