import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics.experiment.effect import (
    Alternative,
    Effect,
    as_lift,
    difference_of,
    log_normal_p,
    log_ratio_of,
    pooled_difference,
    tail_p,
)
from analytics.experiment.proportion import log_risk_ratio
from analytics.experiment.statistic import Moments, Point, Proportion, mean_of

ALTERNATIVES: list[Alternative] = ["two-sided", "greater", "less"]
effects = st.builds(
    lambda value, error, freedom: Effect(np.array(value), np.array(error), np.array(freedom)),
    st.floats(-5, 5),
    st.floats(0.1, 3),
    st.sampled_from([1.0, 3.5, 40.0, 1e6, np.inf]),
)


def point_of(values: np.ndarray) -> Point:
    return mean_of(Moments.of(len(values), [values.sum()], [(values**2).sum()]))


@pytest.mark.parametrize("alternative", ALTERNATIVES)
@pytest.mark.parametrize("seed", range(5))
def test_welchs_test_is_that_of_scipy(seed: int, alternative: Alternative) -> None:
    draw = np.random.default_rng(seed)
    one, two = draw.normal(5, 1 + seed, 12), draw.gamma(2, 2, 30 + seed)
    theirs = stats.ttest_ind(one, two, equal_var=False, alternative=alternative)
    ours = difference_of(point_of(one), point_of(two))
    assert float(ours.p_value(alternative)) == pytest.approx(theirs.pvalue, rel=1e-10)
    interval, expected = ours.interval(0.9, alternative), theirs.confidence_interval(0.9)
    assert (float(interval.low), float(interval.high)) == pytest.approx((expected.low, expected.high), rel=1e-10)


@given(effects, st.floats(0.5, 0.999), st.sampled_from(ALTERNATIVES))
def test_interval_and_p_value_never_contradict_each_other(
    effect: Effect, confidence: float, alternative: Alternative
) -> None:
    p, interval = float(effect.p_value(alternative)), effect.interval(confidence, alternative)
    if abs(p - (1 - confidence)) > 1e-9:
        assert bool(interval.excludes_zero) == (p < 1 - confidence)


@given(effects)
def test_the_two_sided_p_value_is_twice_the_smaller_one(effect: Effect) -> None:
    smaller = min(float(effect.p_value("greater")), float(effect.p_value("less")))
    assert float(effect.p_value()) == pytest.approx(2 * smaller)


def test_the_lift_of_rates_is_katz_interval() -> None:
    ours = as_lift(log_ratio_of(Proportion.of(56, 70).point, Proportion.of(48, 80).point).as_normal.interval())
    theirs = log_risk_ratio(56, 70, 48, 80)
    assert (float(ours.low), float(ours.high)) == pytest.approx((float(theirs.low), float(theirs.high)), rel=1e-12)


@pytest.mark.parametrize("rates", [(0, 3), (3, 0), (0, 0)])
def test_a_log_ratio_of_nothing_does_not_exist(rates: tuple[int, int]) -> None:
    effect = log_ratio_of(Proportion.of(rates[0], 10).point, Proportion.of(rates[1], 10).point)
    assert np.isnan([effect.value, effect.error, effect.p_value()]).all()


def test_the_pooled_error_is_that_of_both_together() -> None:
    effect = pooled_difference(Proportion.of(30, 100).point, Proportion.of(10, 100).point)
    assert float(effect.error) == pytest.approx(np.sqrt(0.2 * 0.8 * 2 / 100))


def test_what_does_not_vary_has_neither_interval_nor_p_value() -> None:
    effect = difference_of(Proportion.of(0, 10).point, Proportion.of(0, 10).point)
    assert np.isnan([effect.p_value(), effect.interval().low, effect.interval().high]).all()


@pytest.mark.parametrize(("freedom", "statistic"), [(np.inf, 37.0), (1e5, 36.5), (30, 5e10)])
def test_very_small_p_values_are_still_numbers(freedom: float, statistic: float) -> None:
    p = float(tail_p(np.array(statistic), freedom, "greater"))
    exact = stats.norm.sf(statistic) if np.isinf(freedom) else stats.t.sf(statistic, freedom)
    assert 1e-300 < p < 1e-250
    assert p == pytest.approx(exact, rel=1e-9)


def test_logarithms_of_p_values_go_on_where_p_values_end() -> None:
    assert float(log_normal_p(np.array(3.0))) == pytest.approx(np.log(2 * stats.norm.sf(3)))
    assert float(log_normal_p(np.array(1_000.0), "greater")) == pytest.approx(-500_007.83, abs=0.01)


@pytest.mark.parametrize(("alternative", "ends"), [("greater", (True, False)), ("less", (False, True))])
def test_one_sided_intervals_are_open_at_the_other_end(alternative: Alternative, ends: tuple[bool, bool]) -> None:
    interval = Effect(np.array(1.0), np.array(2.0), np.array(np.inf)).interval(0.95, alternative)
    assert (bool(np.isfinite(interval.low)), bool(np.isfinite(interval.high))) == ends


def test_many_variants_are_compared_with_one_control_at_once() -> None:
    effect = difference_of(Proportion.of([3, 4, 5], 10).point, Proportion.of(2, 10).point)
    assert effect.value.tolist() == pytest.approx([0.1, 0.2, 0.3])
    assert effect.interval().low.shape == (3,)
