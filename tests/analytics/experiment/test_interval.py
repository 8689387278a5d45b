import numpy as np
import pytest
from scipy import stats

from analytics.experiment.interval import Interval, as_floats, bonferroni, normal_quantile


@pytest.mark.parametrize("confidence", [0.51, 0.8, 0.9, 0.95, 0.99, 1 - 1e-12])
def test_the_normal_quantile_is_that_of_scipy(confidence: float) -> None:
    assert normal_quantile(confidence) == pytest.approx(stats.norm.isf((1 - confidence) / 2), rel=1e-12)


def test_an_interval_excludes_zero_when_it_lies_on_one_side_of_it() -> None:
    interval = Interval(np.zeros(4), np.array([0.1, -0.2, -0.1, np.nan]), np.array([0.2, -0.1, 0.1, np.nan]))
    assert interval.excludes_zero.tolist() == [True, True, False, False]


def test_an_interval_that_touches_zero_does_not_exclude_it() -> None:
    touching = Interval(np.zeros(2), np.array([0.0, -1.0]), np.array([1.0, 0.0]))
    assert not touching.excludes_zero.any()


@pytest.mark.parametrize(("n", "level"), [(0, 0.95), (1, 0.95), (2, 0.975), (5, 0.99)])
def test_several_comparisons_share_the_error(n: int, level: float) -> None:
    assert bonferroni(0.95, n) == pytest.approx(level)


def test_numbers_and_arrays_take_one_shape() -> None:
    first, second = as_floats(1, [1, 2, 3])
    assert first.shape == second.shape == (3,)
