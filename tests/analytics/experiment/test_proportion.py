import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.experiment.proportion import log_risk_ratio, newcombe, wilson


@st.composite
def counts(draw: st.DrawFn, max_n: int = 10_000) -> tuple[int, int]:
    n = draw(st.integers(1, max_n))
    return draw(st.integers(0, n)), n


levels = st.floats(0.5, 0.999)


@given(counts(), levels)
def test_wilson_holds_the_proportion_and_stays_within_0_and_1(count: tuple[int, int], confidence: float) -> None:
    interval = wilson(*count, confidence)
    assert 0 <= interval.low <= interval.value + 1e-12
    assert interval.value - 1e-12 <= interval.high <= 1


@given(counts(), levels)
def test_wilson_mirrors_when_conversions_and_others_change_places(count: tuple[int, int], confidence: float) -> None:
    converted, n = count
    interval, mirror = wilson(converted, n, confidence), wilson(n - converted, n, confidence)
    assert float(interval.low) == pytest.approx(1 - float(mirror.high), abs=1e-12)


@given(counts(), counts(), levels)
def test_newcombe_changes_sign_when_the_variants_change_places(
    one: tuple[int, int], two: tuple[int, int], confidence: float
) -> None:
    forth, back = newcombe(*one, *two, confidence), newcombe(*two, *one, confidence)
    assert float(forth.low) == pytest.approx(-float(back.high), abs=1e-12)


@given(counts(), counts())
def test_newcombe_widens_with_the_level(one: tuple[int, int], two: tuple[int, int]) -> None:
    narrow, wide = newcombe(*one, *two, 0.9), newcombe(*one, *two, 0.99)
    assert wide.low <= narrow.low < narrow.high <= wide.high


@given(counts(), counts())
def test_newcombe_lies_within_minus_1_and_1(one: tuple[int, int], two: tuple[int, int]) -> None:
    interval = newcombe(*one, *two, 0.999)
    assert -1 - 1e-12 <= interval.low <= interval.value <= interval.high <= 1 + 1e-12


@given(counts(), counts())
def test_the_log_risk_ratio_never_promises_less_than_minus_100_percent(
    one: tuple[int, int], two: tuple[int, int]
) -> None:
    interval = log_risk_ratio(*one, *two)
    assert np.isnan(interval.low) or interval.low >= -1


@given(counts(), counts())
def test_lift_and_difference_have_one_sign(one: tuple[int, int], two: tuple[int, int]) -> None:
    lift, difference = log_risk_ratio(*one, *two), newcombe(*one, *two)
    if two[0] and abs(difference.value) > 1e-12:
        assert np.sign(lift.value) == np.sign(difference.value)


def test_nothing_is_said_of_no_sessions() -> None:
    for interval in (wilson(0, 0), newcombe(0, 0, 1, 2), newcombe(1, 2, 0, 0), log_risk_ratio(0, 0, 1, 2)):
        assert np.isnan([interval.value, interval.low, interval.high]).all()


def test_no_conversion_at_all_still_has_an_upper_end() -> None:
    interval = wilson(0, 100)
    assert interval.value == interval.low == 0
    assert 0.03 < interval.high < 0.04


def test_a_lift_over_a_control_without_conversions_does_not_exist() -> None:
    interval = log_risk_ratio(5, 100, 0, 100)
    assert np.isnan([interval.value, interval.low, interval.high]).all()


def test_a_treatment_without_conversions_has_a_lift_of_minus_100_percent_without_interval() -> None:
    interval = log_risk_ratio(0, 100, 5, 100)
    assert interval.value == -1
    assert np.isnan([interval.low, interval.high]).all()


def test_arrays_give_what_single_numbers_give() -> None:
    many = newcombe([5, 0, 9], [10, 20, 9], 3, 10)
    single = [newcombe(x, n, 3, 10).low for x, n in ((5, 10), (0, 20), (9, 9))]
    assert many.low.tolist() == pytest.approx([float(low) for low in single], abs=0)
