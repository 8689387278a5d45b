import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import t

from analytics.experiment.mean import Sample
from analytics.experiment.statistic import Moments, Proportion, clustered_of, mean_of, ratio_of
from tests.analytics.experiment.units import moments_of, users

tables = arrays(np.float64, st.tuples(st.integers(3, 30), st.just(3)), elements=st.integers(1, 9).map(float))


def test_proportions_add_up() -> None:
    both = Proportion.of(3, 10) + Proportion.of(5, 30)
    assert (float(both.n_converted), float(both.n), float(both.rate)) == (8, 40, 0.2)


def test_the_variance_of_a_rate_is_that_of_the_binomial_distribution() -> None:
    assert float(Proportion.of(20, 100).point.variance) == pytest.approx(0.2 * 0.8 / 100)


def test_no_units_have_no_rate() -> None:
    assert np.isnan(Proportion.of(0, 0).point.value)


@given(tables, tables)
def test_moments_of_parts_add_up_to_those_of_all(one: np.ndarray, two: np.ndarray) -> None:
    added, whole = moments_of(one) + moments_of(two), moments_of(np.concatenate([one, two]))
    assert float(added.n) == whole.n
    np.testing.assert_allclose(added.products, whole.products)
    np.testing.assert_allclose(added.covariance, whole.covariance, atol=1e-9)


@given(tables)
def test_covariances_are_those_of_numpy(values: np.ndarray) -> None:
    np.testing.assert_allclose(moments_of(values).covariance, np.cov(values.T), atol=1e-9)


def test_moments_by_group_are_those_of_each_group() -> None:
    values, group = users(1), np.arange(400) % 3
    grouped = Moments.of_units(values, group, 3)
    for place in range(3):
        np.testing.assert_allclose(grouped.products[place], moments_of(values[group == place]).products)


def test_a_mean_has_the_variance_of_its_sample() -> None:
    sample = Sample.of([10, 20], [30, 50], [120, 180])
    point = mean_of(Moments.of_sample(sample))
    np.testing.assert_allclose(point.value, sample.mean)
    np.testing.assert_allclose(point.variance, sample.variance / sample.n)


def test_equal_values_leave_no_variance_even_when_rounding_leaves_a_trace() -> None:
    assert float(mean_of(moments_of(np.full((1_000, 1), 0.1))).variance) == 0


def test_a_ratio_has_the_variance_of_its_linear_form() -> None:
    values = users(2)
    point, ratio = ratio_of(moments_of(values[:, :2])), values[:, 0].sum() / values[:, 1].sum()
    linear = (values[:, 0] - ratio * values[:, 1]) / values[:, 1].mean()
    assert float(point.value) == pytest.approx(ratio)
    assert float(point.variance) == pytest.approx(linear.var(ddof=1) / len(values))


def test_one_session_each_makes_the_ratio_a_mean() -> None:
    values = users(3)
    values[:, 1] = 1
    ratio, mean = ratio_of(moments_of(values[:, :2])), mean_of(moments_of(values[:, :1]))
    assert float(ratio.variance) == pytest.approx(float(mean.variance))


def test_users_with_as_many_sessions_need_no_correction() -> None:
    values = users(4)[:, :2]
    values[:, 1] = 3
    corrected, plain = clustered_of(moments_of(values)), ratio_of(moments_of(values))
    assert float(corrected.n) == pytest.approx(400)
    assert float(corrected.variance) == pytest.approx(float(plain.variance))


def test_few_users_of_unequal_weight_count_as_fewer() -> None:
    values = users(5, 10)[:, :2]
    values[0] = 30, 100
    corrected, plain = clustered_of(moments_of(values)), ratio_of(moments_of(values))
    assert corrected.n < 3
    assert corrected.variance > 1.3 * plain.variance


@pytest.mark.slow
def test_the_mean_of_few_unequal_clusters_errs_little_more_often_than_it_says() -> None:
    """20,000 logs of 12 users with one rate each; the Monte-Carlo error of a share is 0.2 %."""
    sessions = np.array([1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 8, 12.0])
    sums = np.random.default_rng(7).normal(size=(20_000, 12)) * sessions
    products = [(sums**2).sum(axis=1), sums @ sessions, (sessions**2).sum()]
    moments = Moments.of(12, [sums.sum(axis=1), sessions.sum()], products)
    wrong = {}
    for point_of in (ratio_of, clustered_of):
        point = point_of(moments)
        wrong[point_of] = (np.abs(point.value) > t.isf(0.025, point.n - 1) * np.sqrt(point.variance)).mean()
    assert wrong[ratio_of] > 0.09
    assert wrong[clustered_of] < 0.07


def test_leading_columns_are_those_of_their_own() -> None:
    values = users(6)
    np.testing.assert_allclose(moments_of(values).leading(2).products, moments_of(values[:, :2]).products)
