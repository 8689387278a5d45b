import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analytics.experiment.beta import Beta, difference_below, expected_gain, ratio_below
from tests.analytics.experiment import exact_beta

PAIRS = [
    ((12, 190), (31, 417)),
    ((1, 11), (1, 21)),
    ((11, 1), (1, 21)),
    ((2, 1_999), (40, 3_000)),
    ((500, 500), (3, 9)),
    ((3, 9), (500, 500)),
    ((7, 20_000), (9, 6_000)),
]
parameters = st.tuples(st.sampled_from([0.5, 1, 2, 7, 80, 3_000]), st.sampled_from([0.5, 1, 3, 40, 900, 20_000]))


def beta_of(given: tuple[float, float]) -> Beta:
    return Beta.of(*given)


def relative(ours: np.ndarray, exact: mpmath.mpf) -> float:
    return float(abs(mpmath.mpf(float(ours[0])) / exact - 1))


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_the_chance_is_exact_to_ten_digits_where_it_is_small_too(one: tuple[int, int], two: tuple[int, int]) -> None:
    with mpmath.workdps(50):
        for x, y in ((one, two), (two, one)):
            ours = difference_below(np.zeros(1), beta_of(y), beta_of(x))
            assert relative(ours, exact_beta.chance_above(x, y)) < 1e-10


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_the_expected_gain_is_exact_to_nine_digits(one: tuple[int, int], two: tuple[int, int]) -> None:
    with mpmath.workdps(50):
        for x, y in ((one, two), (two, one)):
            assert relative(expected_gain(beta_of(x), beta_of(y)), exact_beta.expected_gain(x, y)) < 1e-9


@pytest.mark.parametrize("gap", [-0.001, 0.02, 0.3])
@pytest.mark.parametrize(("one", "two"), [*PAIRS[:2], *PAIRS[3:5]])
def test_the_chance_of_a_difference_is_exact(one: tuple[int, int], two: tuple[int, int], gap: float) -> None:
    ours = difference_below(np.array([gap]), beta_of(one), beta_of(two))
    with mpmath.workdps(20):
        shift = mpmath.mpf(gap)
        exact = exact_beta.integral(lambda y: exact_beta.below(y + shift, one), two, [-shift, 1 - shift])
    assert float(ours[0]) == pytest.approx(float(exact), abs=1e-11)


@pytest.mark.parametrize("ratio", [0.3, 0.98, 1.4])
@pytest.mark.parametrize(("one", "two"), [*PAIRS[:2], *PAIRS[3:5]])
def test_the_chance_of_a_ratio_is_exact(one: tuple[int, int], two: tuple[int, int], ratio: float) -> None:
    ours = ratio_below(np.array([ratio]), beta_of(one), beta_of(two))
    with mpmath.workdps(20):
        factor = mpmath.mpf(ratio)
        exact = exact_beta.integral(lambda y: exact_beta.below(factor * y, one), two, [1 / factor])
    assert float(ours[0]) == pytest.approx(float(exact), abs=1e-11)


@given(parameters, parameters)
@settings(max_examples=60)
def test_chances_of_both_sides_add_up(one: tuple[float, float], two: tuple[float, float]) -> None:
    forth, back = (difference_below(np.zeros(1), beta_of(x), beta_of(y)) for x, y in ((one, two), (two, one)))
    assert float(forth[0] + back[0]) == pytest.approx(1, abs=1e-10)


@given(parameters, parameters)
@settings(max_examples=60)
def test_a_ratio_of_one_is_a_difference_of_nothing(one: tuple[float, float], two: tuple[float, float]) -> None:
    ratio, difference = (
        ratio_below(np.ones(1), beta_of(one), beta_of(two)),
        difference_below(np.zeros(1), beta_of(one), beta_of(two)),
    )
    assert float(ratio[0]) == pytest.approx(float(difference[0]), abs=1e-10)


@given(parameters, parameters, st.floats(-1, 1), st.floats(-1, 1))
@settings(max_examples=60)
def test_a_larger_gap_is_no_less_likely(
    one: tuple[float, float], two: tuple[float, float], gap: float, other: float
) -> None:
    low, high = sorted((gap, other))
    chances = [float(difference_below(np.array([g]), beta_of(one), beta_of(two))[0]) for g in (low, high)]
    assert chances[0] <= chances[1] + 1e-10


@given(parameters)
def test_mean_and_deviation_are_those_of_scipy(given_: tuple[float, float]) -> None:
    ours, theirs = beta_of(given_), stats.beta(*given_)
    assert float(ours.mean[0]) == pytest.approx(theirs.mean())
    assert float(ours.deviation[0]) == pytest.approx(theirs.std())


def test_the_scale_keeps_its_digits_where_logarithms_of_gamma_cancel() -> None:
    with mpmath.workdps(50):
        exact = -mpmath.log(mpmath.beta(17_265, 128_047))
    assert float(beta_of((17_265, 128_047)).log_scale[0]) == pytest.approx(float(exact), abs=3e-11)
