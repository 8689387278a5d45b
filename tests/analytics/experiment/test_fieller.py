import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.experiment.effect import difference_of
from analytics.experiment.fieller import fieller_lift
from analytics.experiment.statistic import Point

values, variances, critical = st.floats(-5, 5), st.floats(1e-4, 4), st.floats(0, 12)


def point(value: float, variance: float) -> Point:
    return Point(np.array(value), np.array(variance), np.array(100.0))


@given(values, variances, st.floats(0.01, 5), variances, critical)
def test_lift_and_difference_agree_on_no_effect(m1: float, v1: float, m2: float, v2: float, bound: float) -> None:
    one, two = point(m1, v1), point(m2, v2)
    effect = difference_of(one, two)
    if abs(abs(float(effect.statistic)) - bound) > 1e-6:
        assert bool(fieller_lift(one, two, bound).excludes_zero) == (abs(float(effect.statistic)) > bound)


@given(values, variances, st.floats(0.01, 5), variances, critical)
def test_the_interval_holds_the_estimate(m1: float, v1: float, m2: float, v2: float, bound: float) -> None:
    lift = fieller_lift(point(m1, v1), point(m2, v2), bound)
    slack = 1e-6 * (1 + abs(float(lift.value)))
    assert lift.low - slack <= lift.value <= lift.high + slack


def test_at_the_ends_the_statistic_is_the_critical_value() -> None:
    one, two = point(12.0, 0.04), point(10.0, 0.09)
    lift = fieller_lift(one, two, 1.96)
    for end in (lift.low, lift.high):
        ratio = 1 + float(end)
        assert abs(12 - ratio * 10) / np.sqrt(0.04 + ratio**2 * 0.09) == pytest.approx(1.96)


def test_a_control_that_may_be_zero_leaves_the_lift_without_a_high_end() -> None:
    lift = fieller_lift(point(3.0, 0.1), point(0.1, 0.01), 1.96)
    assert lift.high == np.inf
    assert lift.low > 0


def test_two_values_that_may_be_zero_say_nothing_of_their_ratio() -> None:
    lift = fieller_lift(point(0.1, 1.0), point(0.1, 1.0), 1.96)
    assert [float(lift.low), float(lift.high)] == [-np.inf, np.inf]


def test_there_is_no_lift_over_nothing() -> None:
    lift = fieller_lift(point(1.0, 0.1), point(0.0, 0.1), 1.96)
    assert np.isnan([lift.value, lift.low, lift.high]).all()


def test_nothing_is_excluded_where_the_critical_value_is_infinite() -> None:
    lift = fieller_lift(point(3.0, 0.1), point(1.0, 0.01), np.inf)
    assert [float(lift.low), float(lift.high)] == [-np.inf, np.inf]


@pytest.mark.parametrize(("m1", "low", "high"), [(1.0, -1.0, np.inf), (-1.0, -np.inf, -1.0), (0.0, -np.inf, np.inf)])
def test_control_at_its_own_bound_leaves_one_end_open(m1: float, low: float, high: float) -> None:
    lift = fieller_lift(point(m1, 1.0), point(1.0, 1.0), 1.0)
    assert (float(lift.low), float(lift.high)) == (low, high)
