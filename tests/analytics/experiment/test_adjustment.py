import numpy as np
import pytest

from analytics.experiment.adjustment import adjusted_of, adjusted_ratio_of, theta_of
from analytics.experiment.statistic import Moments, mean_of, ratio_of
from tests.analytics.experiment.units import moments_of, users


def test_the_slope_is_that_of_least_squares() -> None:
    values = users(6)
    slopes = np.linalg.lstsq(np.c_[np.ones(400), values[:, 1:]], values[:, 0])[0][1:]
    np.testing.assert_allclose(theta_of(moments_of(values)), slopes)


def test_a_covariate_that_does_not_vary_explains_nothing() -> None:
    values = users(7)
    values[:, 1] = 4
    whole = moments_of(values[:, :2])
    assert theta_of(whole).tolist() == [0]
    assert float(adjusted_of(whole, whole).variance) == pytest.approx(
        float(mean_of(moments_of(values[:, :1])).variance)
    )


def test_adjusting_is_a_mean_of_residuals() -> None:
    values, group = users(8), np.arange(400) % 2
    grouped, whole = Moments.of_units(values, group, 2), moments_of(values)
    point, theta = adjusted_of(grouped, whole), theta_of(whole)
    rest = values[:, 0] - (values[:, 1:] - values[:, 1:].mean(axis=0)) @ theta
    for place in (0, 1):
        mine = rest[group == place]
        assert float(point.value[place]) == pytest.approx(mine.mean())
        assert float(point.variance[place]) == pytest.approx(mine.var(ddof=1) / 200)


def test_adjusting_a_ratio_narrows_it_and_keeps_it_over_all() -> None:
    whole = moments_of(users(9))
    adjusted, plain = adjusted_ratio_of(whole, whole), ratio_of(whole.leading(2))
    assert float(adjusted.value) == pytest.approx(float(plain.value))
    assert adjusted.variance < 0.95 * plain.variance


def test_adjusting_a_ratio_with_one_session_each_is_adjusting_a_mean() -> None:
    values, group = users(10), np.arange(400) % 2
    values[:, 1] = 1
    grouped, whole = Moments.of_units(values, group, 2), moments_of(values)
    means = Moments.of_units(values[:, [0, 2]], group, 2), moments_of(values[:, [0, 2]])
    ratio, mean = adjusted_ratio_of(grouped, whole), adjusted_of(*means)
    np.testing.assert_allclose(ratio.value, mean.value)
    np.testing.assert_allclose(ratio.variance, mean.variance)
