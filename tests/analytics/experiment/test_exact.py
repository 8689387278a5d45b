import numpy as np
import pytest
from scipy.stats import hypergeom

from analytics.experiment.exact import fisher


def exact(x1: int, n1: int, x2: int, n2: int) -> float:
    """Return twice the smaller tail of the hypergeometric distribution, at most 1."""
    total = (n1 + n2, n1, x1 + x2)
    upper, lower = hypergeom.sf(x1 - 1, *total), hypergeom.cdf(x1, *total)
    return float(min(1.0, 2 * min(upper, lower)))


@pytest.mark.parametrize("seed", range(5))
def test_p_values_are_those_of_the_hypergeometric_distribution(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for _ in range(200):
        n1, n2 = int(rng.integers(1, 3_000)), int(rng.integers(1, 100_000))
        rate = rng.choice([0.01, 0.05, 0.3, 0.7])
        x1, x2 = int(rng.binomial(n1, min(0.99, rate * rng.choice([0.3, 1.0, 1.7])))), int(rng.binomial(n2, rate))
        expected = exact(x1, n1, x2, n2)
        assert float(fisher(x1, n1, x2, n2)) == pytest.approx(expected, rel=0.08, abs=1e-290)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((12, 100, 500, 10_000), exact(12, 100, 500, 10_000)),
        ((1_900, 3_000, 20_000, 60_000), exact(1_900, 3_000, 20_000, 60_000)),
        ((0, 400, 2_000, 20_000), exact(0, 400, 2_000, 20_000)),
        ((50, 50, 10_000, 20_000), exact(50, 50, 10_000, 20_000)),
    ],
)
def test_single_tables_are_right_to_seven_percent(counts: tuple[int, ...], expected: float) -> None:
    assert float(fisher(*counts)) == pytest.approx(expected, rel=0.07, abs=0)


def test_very_small_p_values_are_still_numbers() -> None:
    value = float(fisher(3_100, 10_000, 200_000, 1_000_000))
    assert 1e-300 < value < 1e-100
    assert value == pytest.approx(exact(3_100, 10_000, 200_000, 1_000_000), rel=0.02)


def test_exchanging_the_two_does_not_change_the_answer() -> None:
    assert float(fisher(30, 100, 150, 1_000)) == pytest.approx(float(fisher(150, 1_000, 30, 100)), rel=1e-6)


@pytest.mark.parametrize("counts", [(0, 10, 0, 10), (10, 10, 10, 10), (5, 10, 50, 100), (1, 1, 1, 1)])
def test_equal_rates_have_a_p_value_near_one(counts: tuple[int, ...]) -> None:
    assert float(fisher(*counts)) >= 0.99


def test_without_sessions_there_is_no_p_value() -> None:
    assert np.isnan(fisher([0, 1], [0, 2], [1, 0], [2, 0])).all()


@pytest.mark.slow
def test_many_small_tests_are_wrong_no_more_often_than_they_say() -> None:
    """With 200,000 tables of 5 expected conversions the Monte-Carlo error of a rate of 1e-3 is 7e-5."""
    rng = np.random.default_rng(3)
    x1, x2 = rng.binomial(100, 0.05, 200_000), rng.binomial(20_000, 0.05, 200_000)
    assert (fisher(x1, 100, x2, 20_000) < 1e-3).mean() <= 1e-3 + 2 * 7e-5
