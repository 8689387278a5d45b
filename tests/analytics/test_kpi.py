import numpy as np
import pytest

from analytics.analysis import Request, run
from analytics.estimate import Estimate
from analytics.experiment.mean import Sample, welch
from analytics.experiment.overlap import overlapping_proportions
from analytics.experiment.proportion import newcombe, wilson
from analytics.kpi import KPI, KpiMetric, KpiResult, compute_kpi
from semantic.domain import day_members
from semantic.filter import EVERYTHING, Filter
from semantic.store import Store
from tests.analytics.answers import answer_of, catalog_of

CATALOG = catalog_of("started_at", "time_spent_s")
DAYS = day_members(20_000, 20_009)  # 2024-10-04 to 2024-10-13
RNG = np.random.default_rng(11)
N = RNG.integers(50, 100, (10, 2))
CONVERTED = RNG.binomial(N, 0.2)
TIMES = N * RNG.normal(300, 5, (10, 2))
SQUARES = N * RNG.normal(300, 5, (10, 2)) ** 2 + 1e4 * N


def kpi(where: str = "", **changes: object) -> KpiResult:
    """Return the key figures of ten days; the columns of all sums are New and Old."""
    sums = {"n_sessions": N, "n_converted": CONVERTED, "n_time_spent_s": N} | changes
    sums = {"sum_time_spent_s": TIMES, "sum_time_spent_s_squared": SQUARES} | sums
    cells = answer_of({"day": DAYS, "variant": ("New", "Old")}, **sums)
    return compute_kpi({"cells": cells}, Request(KPI, Filter.from_query(where)), CATALOG)


def metric(result: KpiResult, name: str) -> KpiMetric:
    return next(found for found in result.metrics if found.name == name)


def test_conversion_rate_comes_first_then_sessions_then_means() -> None:
    assert [found.name for found in kpi().metrics] == ["conversion_rate", "sessions", "mean_time_spent_s"]


def test_the_query_takes_all_days_so_that_the_previous_period_is_there() -> None:
    request = Request(KPI, Filter.from_query("day=2024-10-08..2024-10-11&device=Mobile"))
    query = KPI.queries(request, CATALOG)["cells"]
    assert query.by == ("day", "variant")
    assert query.where.dimensions == ("device",)


def test_the_rate_of_a_period_counts_its_days_alone() -> None:
    old = metric(kpi("day=2024-10-08..2024-10-11"), "conversion_rate").variants[0]
    expected = wilson(CONVERTED[4:7, 1].sum(), N[4:7, 1].sum())
    assert (old.variant, old.estimate.value) == ("Old", float(expected.value))
    assert (old.estimate.low, old.estimate.high) == (float(expected.low), float(expected.high))


def test_the_difference_to_control_has_newcombes_interval() -> None:
    old, new = metric(kpi(), "conversion_rate").variants
    expected = newcombe(CONVERTED[:, 0].sum(), N[:, 0].sum(), CONVERTED[:, 1].sum(), N[:, 1].sum())
    assert old.difference is None
    assert new.difference is not None
    assert (new.difference.low, new.difference.high) == pytest.approx((float(expected.low), float(expected.high)))


def test_the_difference_of_means_has_welchs_interval() -> None:
    difference = metric(kpi(), "mean_time_spent_s").variants[1].difference
    new, old = (Sample.of(N[:, v].sum(), TIMES[:, v].sum(), SQUARES[:, v].sum()) for v in (0, 1))
    assert difference is not None
    assert difference.low == pytest.approx(float(welch(new, old).low))


def test_the_change_compares_with_as_many_days_before() -> None:
    result = kpi("day=2024-10-08..2024-10-11")
    change = metric(result, "conversion_rate").variants[1].change
    expected = newcombe(CONVERTED[4:7, 0].sum(), N[4:7, 0].sum(), CONVERTED[1:4, 0].sum(), N[1:4, 0].sum())
    assert (result.versus, result.is_previous_period) == ("5 Oct – 7 Oct 2024", True)
    assert change is not None
    assert (change.value, change.low) == pytest.approx((float(expected.value), float(expected.low)))


@pytest.mark.parametrize("where", ["", "day=2024-10-05..2024-10-11", "day=2024-10-04,2024-10-05", "day=..2024-10-06"])
def test_without_a_whole_previous_period_there_is_no_change(where: str) -> None:
    result = kpi(where)
    assert (result.versus, result.is_previous_period) == ("", False)
    assert {variant.change for found in result.metrics for variant in found.variants} == {None}


def test_sessions_are_counts_with_their_share() -> None:
    sessions = metric(kpi("day=2024-10-08..2024-10-11"), "sessions")
    old = sessions.variants[0]
    assert (old.estimate.value, old.estimate.low) == (N[4:7, 1].sum(), None)
    assert old.share is not None
    assert old.share.value == pytest.approx(N[4:7, 1].sum() / N[4:7].sum())
    assert old.change is not None
    assert old.change.value == N[4:7, 1].sum() - N[1:4, 1].sum()


def test_the_total_divides_the_sums_of_all_variants() -> None:
    total = metric(kpi(), "mean_time_spent_s").total
    assert total.value == pytest.approx(TIMES.sum() / N.sum())
    assert total.n == N.sum()


def test_daily_values_run_along_the_days_of_the_filter() -> None:
    result = kpi("day=2024-10-08..2024-10-11")
    daily = metric(result, "conversion_rate").variants[0].daily
    assert result.days == ("2024-10-08", "2024-10-09", "2024-10-10")
    assert daily == pytest.approx((CONVERTED[4:7, 1] / N[4:7, 1]).tolist())


def test_a_day_without_sessions_has_no_rate() -> None:
    empty = np.where(np.arange(10)[:, None] == 3, 0, N)
    result = kpi(n_sessions=empty, n_converted=np.minimum(CONVERTED, empty))
    assert metric(result, "conversion_rate").variants[0].daily[3] is None
    assert metric(result, "sessions").variants[0].daily[3] == 0


def test_a_selection_without_sessions_has_counts_of_0_and_no_rates() -> None:
    nothing = np.zeros((10, 2))
    result = kpi(n_sessions=nothing, n_converted=nothing, n_time_spent_s=nothing, sum_time_spent_s=nothing)
    assert metric(result, "sessions").total.value == 0
    assert [metric(result, name).total.value for name in ("conversion_rate", "mean_time_spent_s")] == [None, None]


def test_a_variant_that_the_filter_removed_keeps_its_place_without_numbers() -> None:
    only_new = N * [1, 0]
    old, new = metric(kpi(n_sessions=only_new, n_converted=CONVERTED * [1, 0]), "conversion_rate").variants
    assert (old.estimate.value, old.estimate.n) == (None, 0)
    assert new.difference is not None
    assert new.difference.value is None


def test_data_without_days_have_no_course() -> None:
    cells = answer_of({"variant": ("New", "Old")}, n_sessions=[10, 10], n_converted=[1, 2])
    result = compute_kpi({"cells": cells}, Request(KPI), catalog_of())
    assert (result.days, metric(result, "conversion_rate").variants[0].daily) == ((), ())
    assert metric(result, "conversion_rate").variants[0].estimate.value == pytest.approx(0.2)


def test_several_variants_share_the_error_of_their_differences() -> None:
    cells = answer_of({"variant": ("Old", "A", "B")}, n_sessions=[1_000] * 3, n_converted=[120, 150, 130])
    result = compute_kpi({"cells": cells}, Request(KPI), catalog_of())
    difference = metric(result, "conversion_rate").variants[1].difference
    assert difference is not None
    assert difference.low == pytest.approx(float(newcombe(150, 1_000, 120, 1_000, 0.975).low))


def change_of(store: Store, where: str, versus: str, name: str = "conversion_rate") -> Estimate:
    """Return the change of New against another selection."""
    (result,) = run(store, [Request(KPI, Filter.from_query(where), versus=Filter.from_query(versus))])
    change = metric(result, name).variants[1].change
    assert change is not None
    return change


def sums_of(store: Store, where: str) -> Sample:
    """Return sessions and conversions of New."""
    totals = metric(run(store, [Request(KPI, Filter.from_query(where))])[0], "conversion_rate").variants[1].estimate
    converted = round((totals.value or 0.0) * totals.n)
    return Sample.of(totals.n, converted, converted)


def test_selections_that_exclude_each_other_are_compared_as_independent(store: Store) -> None:
    change = change_of(store, "device=Mobile", "device=Desktop")
    one, two = sums_of(store, "device=Mobile"), sums_of(store, "device=Desktop")
    expected = newcombe(one.total, one.n, two.total, two.n)
    assert (change.value, change.low) == pytest.approx((float(expected.value), float(expected.low)))
    assert change.n == one.n + two.n


def test_selections_that_share_sessions_count_them_once(store: Store) -> None:
    change = change_of(store, "device=Mobile", "location=a%2Cb")
    one, two = sums_of(store, "device=Mobile"), sums_of(store, "location=a%2Cb")
    both = sums_of(store, "device=Mobile&location=a%2Cb")
    expected = overlapping_proportions(one, two, both)
    assert (change.value, change.high) == pytest.approx((float(expected.value), float(expected.high)))
    assert change.n == one.n + two.n - both.n


@pytest.mark.parametrize("name", ["conversion_rate", "mean_time_spent_s"])
def test_a_selection_does_not_differ_from_itself(store: Store, name: str) -> None:
    change = change_of(store, "device=Mobile", "device=Mobile", name)
    assert (change.value, change.low, change.high) == (0.0, None, None)


@pytest.mark.parametrize("name", ["conversion_rate", "mean_time_spent_s"])
def test_where_the_sessions_in_both_cannot_be_told_there_is_no_interval(store: Store, name: str) -> None:
    change = change_of(store, "age=18..30", "age=30–49", name)
    assert change.value is not None
    assert (change.low, change.high) == (None, None)


def test_the_other_selection_is_told_in_words_and_replaces_the_previous_period(store: Store) -> None:
    where = Filter.from_query("day=2026-03-02..2026-03-04")
    others = (Filter.from_query("device=Mobile"), EVERYTHING)
    told = run(store, [Request(KPI, where, versus=other) for other in others])
    assert [result.versus for result in told] == ["Device Mobile", "all sessions"]
    assert not any(result.is_previous_period for result in told)


def test_the_previous_period_as_another_selection_gives_the_same_change(store: Store) -> None:
    where = Filter.from_query("day=2026-03-02..2026-03-04")
    before = metric(run(store, [Request(KPI, where)])[0], "mean_time_spent_s").variants[1].change
    asked = change_of(store, "day=2026-03-02..2026-03-04", "day=2026-02-28..2026-03-02", "mean_time_spent_s")
    assert before is not None
    assert (asked.value, asked.low, asked.n) == pytest.approx((before.value, before.low, before.n))


def test_the_change_of_sessions_is_a_count_without_interval(store: Store) -> None:
    change = change_of(store, "device=Mobile", "device=Desktop", "sessions")
    assert change.low is None
    assert change.value == float(sums_of(store, "device=Mobile").n - sums_of(store, "device=Desktop").n)


def test_sessions_are_not_compared_over_spans_of_different_length(store: Store) -> None:
    asked = Request(KPI, Filter.from_query("device=Mobile"), versus=Filter.from_query("day=2026-03-02..2026-03-04"))
    sessions, rate = (metric(run(store, [asked])[0], name) for name in ("sessions", "conversion_rate"))
    assert [variant.change for variant in sessions.variants] == [None, None]
    assert all(variant.change for variant in rate.variants)
