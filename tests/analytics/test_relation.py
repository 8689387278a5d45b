import pandas as pd
import pytest
from scipy.stats import pointbiserialr, ttest_1samp

from analytics.analysis import Params, Request, run
from analytics.relation import RELATION, RelationResult
from semantic.errors import UnknownNameError
from semantic.filter import Filter
from semantic.store import Store
from tests.analytics.answers import catalog_of


def relation(store: Store, by: str = "time_spent_s", where: str = "") -> RelationResult:
    [result] = run(store, [Request(RELATION, Filter.from_query(where), Params(by=by))])
    return result


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ("", "index >= 0"),
        ("device=Mobile", "device == 'Mobile'"),
        ("time_spent_s=33.3..201", "33.3 <= time_spent_s < 201"),
    ],
)
def test_the_correlation_is_that_of_scipy(store: Store, sessions: pd.DataFrame, where: str, kept: str) -> None:
    result = relation(store, where=where)
    known = sessions.query(kept).dropna(subset="time_spent_s")
    parts = [known, *(known[known["variant"] == variant] for variant in result.variants)]
    for found, rows in zip((result.correlation.total, *result.correlation.variants), parts, strict=True):
        expected = pointbiserialr(rows["converted"], rows["time_spent_s"]).statistic
        assert (found.value, found.n) == (pytest.approx(expected, abs=1e-9), len(rows))
        assert found.low < found.value < found.high


def test_rates_of_the_bins_are_those_of_pandas(store: Store, sessions: pd.DataFrame) -> None:
    result = relation(store)
    for found in result.bins[1:-1]:
        rows = sessions.query(f"{found.low} <= time_spent_s < {found.high}")
        old = rows[rows["variant"] == result.variants[0]]
        for rate, expected in zip((found.rate.total, found.rate.variants[0]), (rows, old), strict=True):
            assert rate.value == pytest.approx(expected["converted"].mean())
            assert rate.n == len(expected)


def test_means_within_the_bins_are_those_of_pandas(store: Store, sessions: pd.DataFrame) -> None:
    found = relation(store).bins[3]
    times = sessions.query(f"{found.low} <= time_spent_s < {found.high}")["time_spent_s"]
    ends = ttest_1samp(times, 0).confidence_interval(0.95)
    assert found.mean.value == pytest.approx(times.mean())
    assert (found.mean.low, found.mean.high) == pytest.approx((ends.low, ends.high))


def test_bins_follow_each_other_and_the_outer_ones_are_open(store: Store) -> None:
    bins = relation(store).bins
    assert (bins[0].low, bins[-1].high) == (None, None)
    assert [found.high for found in bins[:-1]] == [found.low for found in bins[1:]]


def test_sessions_without_the_number_are_left_out_and_told(store: Store, sessions: pd.DataFrame) -> None:
    result = relation(store)
    assert result.n_missing == sessions["time_spent_s"].isna().sum()
    assert result.n_sessions == sum(found.rate.total.n for found in result.bins) == sessions["time_spent_s"].count()
    assert "(missing)" not in [found.member for found in result.bins]


def test_a_band_whose_sums_are_not_kept_has_bins_and_no_correlation(store: Store) -> None:
    result = relation(store, "age")
    assert [(found.low, found.high) for found in result.bins] == [(None, 18), (18, 30), (30, 50), (50, None)]
    assert (result.correlation, result.bins[0].mean) == (None, None)
    assert result.no_correlation == "Age is kept in bands, so its correlation cannot be told."
    assert relation(store).no_correlation == ""


def test_an_empty_selection_has_no_correlation(store: Store) -> None:
    found = relation(store, where="device=Nothing").correlation.total
    assert (found.value, found.low, found.n) == (None, None, 0)


@pytest.mark.parametrize("by", ["", "device", "day", "time"])
def test_what_is_no_number_is_refused_with_the_numbers(by: str) -> None:
    with pytest.raises(UnknownNameError, match="Known: age, pages_viewed"):
        RELATION.queries(Request(RELATION, params=Params(by=by)), catalog_of("device", "age", "pages_viewed"))


def test_data_without_numbers_have_no_relation() -> None:
    assert not RELATION.is_available(catalog_of("device"))
    assert RELATION.is_available(catalog_of("age"))
