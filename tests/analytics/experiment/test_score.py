import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import binom

from analytics.experiment.effect import pooled_difference
from analytics.experiment.score import (
    _restricted,
    lift_statistic,
    score_difference,
    score_lift,
    score_p_value,
    score_statistic,
)
from analytics.experiment.statistic import Proportion


@st.composite
def proportions(draw: st.DrawFn) -> Proportion:
    n = draw(st.integers(1, 2_000))
    return Proportion.of(draw(st.integers(0, n)), n)


levels = st.floats(0.5, 0.999)


def critical(confidence: float) -> float:
    return float(-ndtri((1 - confidence) / 2))


@given(proportions(), proportions(), levels)
def test_difference_lift_and_p_value_never_contradict_each_other(
    one: Proportion, two: Proportion, confidence: float
) -> None:
    p = float(score_p_value(one, two))
    difference, lift = (score(one, two, critical(confidence)) for score in (score_difference, score_lift))
    if abs(p - (1 - confidence)) > 1e-7:
        assert bool(difference.excludes_zero) == bool(lift.excludes_zero) == (p < 1 - confidence)


@given(proportions(), proportions(), levels)
def test_intervals_hold_what_was_seen(one: Proportion, two: Proportion, confidence: float) -> None:
    difference, lift = (score(one, two, critical(confidence)) for score in (score_difference, score_lift))
    assert -1 <= difference.low <= difference.value + 1e-9
    assert difference.value - 1e-9 <= difference.high <= 1
    assert np.isnan(lift.value) or lift.low - 1e-9 <= lift.value <= lift.high * (1 + 1e-9) + 1e-9


@given(proportions(), proportions())
def test_the_difference_changes_sign_when_the_variants_change_places(one: Proportion, two: Proportion) -> None:
    forth, back = score_difference(one, two, 1.96), score_difference(two, one, 1.96)
    assert float(forth.low) == pytest.approx(-float(back.high), abs=1e-9)


@given(proportions(), proportions())
def test_the_ratio_is_inverted_when_the_variants_change_places(one: Proportion, two: Proportion) -> None:
    forth, back = score_lift(one, two, 1.96), score_lift(two, one, 1.96)
    if np.isfinite(back.high):
        assert 1 + float(forth.low) == pytest.approx(1 / (1 + float(back.high)), rel=1e-8, abs=1e-12)


def exact_statistic(gap: mpmath.mpf, x1: int, n1: int, x2: int, n2: int) -> mpmath.mpf:
    """Return the score statistic of a difference to fifty digits, by the roots of the cubic."""
    n, x = n1 + n2, x1 + x2
    cubic = [n, (n1 + 2 * n2) * gap - n - x, (n2 * gap - n - 2 * x2) * gap + x, x2 * gap * (1 - gap)]
    roots = [mpmath.re(root) for root in mpmath.polyroots(cubic[::-1], 500, extraprec=300, asc=True)]
    low, high = max(mpmath.mpf(0), -gap), min(mpmath.mpf(1), 1 - gap)
    p2 = next(root for root in roots if low - 1e-30 <= root <= high + 1e-30)
    p1 = p2 + gap
    variance = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * n / (n - 1)
    return (mpmath.mpf(x1) / n1 - mpmath.mpf(x2) / n2 - gap) / mpmath.sqrt(variance)


@pytest.mark.parametrize("gap", [-0.02, 0.001, 0.15])
@pytest.mark.parametrize("counts", [(817, 7_301, 855, 7_198), (5, 56, 1, 29)])
def test_restricted_proportions_are_the_most_likely_ones(counts: tuple[int, int, int, int], gap: float) -> None:
    x1, n1, x2, n2 = (np.array(float(count)) for count in counts)
    p2 = _restricted(np.array(gap), (x1, n1, x2, n2))
    around = p2 + np.linspace(-1e-3, 1e-3, 2_001) * min(float(p2), float(p2 + gap))
    likely = binom.logpmf(x1, n1, around + gap) + binom.logpmf(x2, n2, around)
    assert around[np.argmax(likely)] == pytest.approx(float(p2), rel=1e-5)


@pytest.mark.parametrize("counts", [(17_264, 145_310, 17_489, 145_274), (5, 56, 1, 29), (3, 1_000, 90, 100_000)])
def test_at_the_ends_the_statistic_is_the_critical_value(counts: tuple[int, int, int, int]) -> None:
    interval = score_difference(Proportion.of(*counts[:2]), Proportion.of(*counts[2:]), 1.96)
    with mpmath.workdps(50):
        ends = [exact_statistic(mpmath.mpf(float(end)), *counts) for end in (interval.low, interval.high)]
    assert [float(end) for end in ends] == pytest.approx([1.96, -1.96], rel=1e-9)


def test_the_statistic_is_the_pooled_one_but_for_a_factor() -> None:
    one, two = Proportion.of(56, 70), Proportion.of(48, 80)
    pooled = float(pooled_difference(one.point, two.point).statistic)
    assert float(score_statistic(one, two)) == pytest.approx(pooled * np.sqrt(149 / 150))


def test_no_conversion_anywhere_still_bounds_the_difference() -> None:
    difference = score_difference(Proportion.of(0, 10), Proportion.of(0, 20), 1.96)
    assert -0.2 < difference.low < 0 < difference.high < 0.3
    lift = score_lift(Proportion.of(0, 10), Proportion.of(0, 20), 1.96)
    assert (float(lift.low), float(lift.high)) == (-1, np.inf)


def test_all_against_none_is_bounded_on_one_side() -> None:
    difference = score_difference(Proportion.of(10, 10), Proportion.of(0, 20), 1.96)
    assert difference.high == 1
    assert 0.7 < difference.low < 0.72
    lift = score_lift(Proportion.of(10, 10), Proportion.of(0, 20), 1.96)
    assert np.isnan(lift.value)
    assert lift.low > 5
    assert lift.high == np.inf


def test_nothing_is_said_of_no_units() -> None:
    for score in (score_difference, score_lift):
        interval = score(Proportion.of(0, 0), Proportion.of(1, 2), 1.96)
        assert np.isnan([interval.value, interval.low, interval.high]).all()
    assert np.isnan(score_p_value(Proportion.of(0, 0), Proportion.of(1, 2)))


def test_an_infinite_critical_value_leaves_everything_possible() -> None:
    one, two = Proportion.of(3, 10), Proportion.of(2, 10)
    difference, lift = score_difference(one, two, np.inf), score_lift(one, two, np.inf)
    assert (float(difference.low), float(difference.high)) == (-1, 1)
    assert (float(lift.low), float(lift.high)) == (-1, np.inf)


def test_arrays_give_what_single_tables_give() -> None:
    many = score_lift(Proportion.of([5, 0, 9], [10, 20, 9]), Proportion.of(3, 10), [1.6, 1.96, 3.0])
    single = [
        float(score_lift(Proportion.of(x, n), Proportion.of(3, 10), z).high)
        for x, n, z in ((5, 10, 1.6), (0, 20, 1.96), (9, 9, 3.0))
    ]
    assert many.high.tolist() == pytest.approx(single, rel=1e-12)


def test_the_interval_of_a_lift_holds_what_the_statistic_does_not_reject() -> None:
    treatment, control = Proportion.of([30, 4, 500], [400, 90, 3000]), Proportion.of([18, 9, 450], [380, 70, 2900])
    interval = score_lift(treatment, control, 1.96)
    for end in (interval.low, interval.high):
        assert np.abs(lift_statistic(treatment, control, end)) == pytest.approx(1.96, rel=1e-6)
    assert lift_statistic(treatment, control, 0) == pytest.approx(score_statistic(treatment, control), rel=1e-12)


@pytest.mark.parametrize("counts", [(0, 9, 10, 10), (3, 9, 4, 10), (9, 9, 0, 10), (10, 10, 0, 9)])
def test_a_critical_value_of_zero_leaves_what_was_seen(counts: tuple[int, int, int, int]) -> None:
    x1, n1, x2, n2 = counts
    for score in (score_difference, score_lift):
        found = score(Proportion.of(x1, n1), Proportion.of(x2, n2), 0.0)
        seen = np.where(np.isfinite(found.value), found.value, np.inf)
        np.testing.assert_allclose([found.low, found.high], seen, atol=1e-9)


def test_a_critical_value_out_of_all_reach_leaves_nothing_out() -> None:
    pair = Proportion.of(1, 2.4), Proportion.of(0, 1.9)
    for critical in (1e10, 1e15, np.inf):
        assert not score_lift(*pair, critical).excludes_zero
        assert not score_difference(*pair, critical).excludes_zero
    assert float(score_lift(*pair, 1e15).low) == -1
