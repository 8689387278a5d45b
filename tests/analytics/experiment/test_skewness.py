import numpy as np
import pytest
from scipy.stats import skew

from analytics.experiment.score import score_statistic
from analytics.experiment.skewness import bent, score_skewness, straightened
from analytics.experiment.statistic import Proportion


def test_it_is_that_of_the_statistic_where_nothing_differs() -> None:
    rng = np.random.default_rng(1)
    one, two = (Proportion.of(rng.binomial(n, 0.05, 400_000), n) for n in (100, 1_900))
    typical = score_skewness(Proportion.of(5, 100), Proportion.of(95, 1_900), np.ones(1))
    assert 6 * typical[0] == pytest.approx(skew(one.rate - two.rate), rel=0.03)


def test_equal_numbers_have_none() -> None:
    assert score_skewness(Proportion.of(3, 50), Proportion.of(1, 50), np.array(1.0)) == 0


def test_only_the_longer_tail_is_corrected() -> None:
    small, large = Proportion.of(2, 50), Proportion.of(18, 450)
    towards = [score_skewness(small, large, np.array(sign)) for sign in (1.0, -1.0)]
    assert towards[0] > 0 == towards[1]
    assert score_skewness(small, large, np.array(-1.0), "greater") == towards[0]
    assert score_skewness(large, small, np.array(-1.0)) == pytest.approx(towards[0])


def test_straightening_undoes_bending() -> None:
    size, skewness = np.array([-2.0, 0.0, 0.7, 1.0, 1.5, 3.0, 30.0]), np.array([[0.0], [1e-9], [0.2], [3.0]])
    np.testing.assert_allclose(straightened(bent(size, skewness), skewness), size + 0 * skewness, rtol=1e-9)


def test_nothing_known_is_not_skewed_and_no_bound_stays_none() -> None:
    assert score_skewness(Proportion.of(0, 0), Proportion.of(0, 9), np.array(np.nan)) == 0
    assert bent(np.array(np.inf), np.array([0.0, 0.3])).tolist() == [np.inf, np.inf]


def test_one_conversion_of_a_variant_with_a_tenth_of_the_users_is_no_surprise() -> None:
    one, two = Proportion.of(1, 100), Proportion.of(0, 900)
    statistic = score_statistic(one, two)
    assert statistic > 2.9
    assert straightened(statistic, score_skewness(one, two, statistic)) < 2
