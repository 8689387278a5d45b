import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_1samp

from analytics.analysis import Params, Request, run
from analytics.breakdown import BREAKDOWN, BreakdownResult, compute_breakdown
from semantic.domain import bin_labels
from semantic.errors import UnknownNameError
from semantic.store import Store
from tests.analytics.answers import answer_of, catalog_of

CATALOG = catalog_of("device", "location")


def breakdown(n: object, converted: object, by: str = "device") -> BreakdownResult:
    """Return the breakdown of sessions and conversions, a row a member, columns New and Old."""
    members = [f"m{place}" for place in range(len(np.asarray(n)))]
    cells = answer_of({by: members, "variant": ("New", "Old")}, n_sessions=n, n_converted=converted)
    return compute_breakdown({"cells": cells}, Request(BREAKDOWN, params=Params(by=by)), CATALOG)


def test_each_member_is_split_by_variant_with_control_first() -> None:
    result = breakdown([[10, 20], [30, 40]], [[5, 1], [6, 4]])
    assert result.variants == ("Old", "New")
    assert [[rate.value for rate in row.variants] for row in result.rows] == [[0.05, 0.5], [0.1, 0.2]]


def test_the_total_divides_the_sums_of_all_variants() -> None:
    row = breakdown([[10, 990]], [[10, 0]]).rows[0]
    assert row.total.value == pytest.approx(0.01)
    assert row.total.n == 1_000


def test_a_member_without_sessions_keeps_its_row_without_a_rate() -> None:
    row = breakdown([[10, 10], [0, 0]], [[1, 1], [0, 0]]).rows[1]
    assert (row.member, row.total.value, row.total.n) == ("m1", None, 0)


def test_of_many_members_the_largest_are_kept_in_their_order() -> None:
    sizes = np.random.default_rng(5).permutation(100) + 1
    result = breakdown(np.stack([sizes, sizes], axis=1), np.zeros((100, 2)), by="location")
    kept = [int(row.member[1:]) for row in result.rows]
    assert kept == sorted(kept)
    assert {int(sizes[place]) for place in kept} == set(range(71, 101))
    assert result.n_members == 100


@pytest.mark.parametrize("by", ["", "variant", "devise"])
def test_a_dimension_must_be_named_that_the_data_has(by: str) -> None:
    with pytest.raises(UnknownNameError, match="Known: device, location"):
        BREAKDOWN.queries(Request(BREAKDOWN, params=Params(by=by)), CATALOG)


def test_data_with_the_variant_alone_have_no_breakdown() -> None:
    assert not BREAKDOWN.is_available(catalog_of())
    assert BREAKDOWN.is_available(CATALOG)


def test_the_dimension_carries_its_label() -> None:
    assert (breakdown([[1, 1]], [[0, 0]]).dimension, breakdown([[1, 1]], [[0, 0]]).label) == ("device", "Device")


def test_without_a_metric_the_result_says_that_it_is_the_conversion_rate() -> None:
    result = breakdown([[1, 1]], [[0, 0]])
    assert (result.metric, result.metric_label, result.unit) == ("conversion_rate", "Conversion rate", "fraction")


def mean_time(store: Store, by: str) -> BreakdownResult:
    """Return the mean time by a dimension of the sample."""
    [result] = run(store, [Request(BREAKDOWN, params=Params(by=by, metric="mean_time_spent_s"))])
    return result


@pytest.mark.parametrize("by", ["device", "day", "age"])
def test_a_mean_by_a_dimension_is_that_of_pandas(store: Store, sessions: pd.DataFrame, by: str) -> None:
    keys = sessions[by]
    if by == "age":
        labels = bin_labels((18, 30, 50), integral=True)
        keys = pd.cut(keys, [-np.inf, 18, 30, 50, np.inf], right=False, labels=list(labels))
    keys = keys.astype(object).fillna("(missing)")
    groups = sessions["time_spent_s"].groupby([keys, sessions["variant"].astype(str)])
    means, counts = groups.mean(), groups.count()
    result = mean_time(store, by)
    assert (result.metric, result.unit) == ("mean_time_spent_s", "s")
    for row in result.rows:
        for variant, found in zip(result.variants, row.variants, strict=True):
            assert found.value == pytest.approx(means[row.member, variant])
            assert found.n == counts[row.member, variant]


def test_a_mean_has_the_interval_of_scipy(store: Store, sessions: pd.DataFrame) -> None:
    times = sessions.loc[sessions["device"] == "Mobile", "time_spent_s"].dropna()
    expected = ttest_1samp(times, 0).confidence_interval(0.95)
    [total] = [row.total for row in mean_time(store, "device").rows if row.member == "Mobile"]
    assert (total.low, total.high) == pytest.approx(tuple(expected))


def test_an_unknown_metric_is_refused_before_the_data_is_asked() -> None:
    with pytest.raises(UnknownNameError, match="unknown metric 'mean_age'"):
        BREAKDOWN.queries(Request(BREAKDOWN, params=Params(by="device", metric="mean_age")), CATALOG)
