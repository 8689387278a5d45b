import numpy as np
import pytest
from scipy.stats import chi2, ncx2

from model.signal.mixture import combined, noncentrality_at, quantile, tail


@pytest.mark.parametrize("value", [3.0, 10.0, 30.0])
def test_equal_weights_are_chi_squared(value: float) -> None:
    assert tail(2 * value, np.full(7, 2.0)) == pytest.approx(chi2.sf(value, 7), rel=1e-9)


@pytest.mark.parametrize("value", [20.0, 30.0, 45.0])
def test_a_shift_is_near_to_noncentral_chi_squared(value: float) -> None:
    assert tail(value, np.ones(10), 8.0) == pytest.approx(ncx2.sf(value, 10, 8.0), rel=0.05)


def test_unequal_weights_are_near_to_what_is_drawn() -> None:
    weights = 1 / np.arange(1, 21)
    drawn = np.random.default_rng(1).chisquare(1, (400_000, 20)) @ weights
    for p in (0.05, 0.005):
        assert (drawn > quantile(p, weights)).mean() == pytest.approx(p, rel=0.08)


def test_nothing_to_sum_is_no_evidence() -> None:
    assert tail(1.0, np.zeros(3)) == 1.0


def test_the_noncentrality_is_that_of_the_probability() -> None:
    weights = np.array([3.0, 1.0, 1.0])
    found = noncentrality_at(20.0, weights, 0.8)
    assert tail(20.0, weights, found) == pytest.approx(0.8, abs=1e-6)
    assert noncentrality_at(0.1, weights, 0.5) == 0.0


def test_one_clear_test_among_many_is_seen() -> None:
    assert combined([1e-6, *[0.5] * 9], np.ones(10)) == pytest.approx(1e-5, rel=0.01)
    assert combined([1e-6, *[1.0] * 9], np.ones(10)) < 1.1e-5
    assert combined([0.0, 1.0], [1, 1]) < 1e-14


@pytest.mark.parametrize("correlation", [0.0, 0.7])
def test_tests_that_depend_on_each_other_keep_the_level(correlation: float) -> None:
    random = np.random.default_rng(2)
    shared = random.standard_normal((20_000, 1))
    drawn = np.sqrt(correlation) * shared + np.sqrt(1 - correlation) * random.standard_normal((20_000, 8))
    found = [combined(p, np.ones(8)) for p in chi2.sf(drawn**2, 1)]
    assert np.mean(np.array(found) < 0.01) < 0.012
