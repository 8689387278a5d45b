import numpy as np
import pytest

from analytics.experiment.arm import adjusted_arms_of, arms_of, thinned
from analytics.experiment.proportion import wilson
from analytics.experiment.statistic import Moments, clustered_of
from tests.analytics.experiment.units import users


def variants(values: np.ndarray, n_variants: int = 2) -> Moments:
    return Moments.of_units(values, np.arange(len(values)) % n_variants, n_variants)


def test_single_sessions_are_counted_as_they_are() -> None:
    moments = variants(np.array([[1.0, 1.0], [0.0, 1.0], [1.0, 1.0], [0.0, 1.0], [0.0, 1.0], [1.0, 1.0]]))
    arms = arms_of(moments, moments.totals[..., 1], is_rate=True)
    assert arms.counts.n_converted.tolist() == [2, 1]
    assert arms.counts.n.tolist() == [3, 3]
    assert arms.design_effect.tolist() == [1, 1]
    assert np.isinf(arms.freedom).all()


def test_counts_of_users_with_many_sessions_have_the_variance_over_users() -> None:
    rng = np.random.default_rng(3)
    sessions = rng.integers(1, 9, 600).astype(float)
    moments = variants(np.stack([sessions * (rng.random(600) < 0.3), sessions], axis=1))
    arms = arms_of(moments, moments.totals[..., 1], is_rate=True)
    assert (arms.design_effect > 4).all()
    clustered = clustered_of(moments)
    assert arms.point.value == pytest.approx(clustered.value)
    assert arms.point.variance == pytest.approx(clustered.variance, rel=0.01)


def test_sessions_that_differ_more_than_by_chance_never_make_a_rate_surer() -> None:
    moments = variants(np.tile([1.0, 2.0], (50, 1)))
    assert arms_of(moments, moments.totals[..., 1], is_rate=True).design_effect.tolist() == [1, 1]


def test_a_variant_without_conversions_takes_the_design_effect_of_all() -> None:
    values = np.tile([[0.0, 3.0], [3.0, 3.0], [0.0, 3.0], [0.0, 3.0]], (20, 1))
    arms = arms_of(variants(values), np.array([120.0, 120.0]), is_rate=True)
    assert arms.counts.n_converted[0] == 0
    assert arms.design_effect[0] > 2.5


def test_no_conversion_at_all_counts_each_user_once() -> None:
    moments = variants(np.tile([0.0, 3.0], (20, 1)))
    assert arms_of(moments, moments.totals[..., 1], is_rate=True).counts.n.tolist() == [10, 10]


def test_means_have_the_variance_over_users() -> None:
    moments = variants(users(1)[:, :1])
    arms = arms_of(moments, moments.n)
    assert arms.counts is None
    assert arms.point.variance == pytest.approx(users(1)[::2, 0].var(ddof=1) / 200, abs=1e-3)
    assert arms.freedom.tolist() == [199, 199]


def test_what_was_known_before_makes_means_and_ratios_surer() -> None:
    values = users(2, 4_000)
    moments = variants(values)
    plain = arms_of(moments.leading(2), moments.totals[..., 1])
    adjusted = adjusted_arms_of(moments, moments.totals[..., 1], is_ratio=True)
    assert (adjusted.point.variance < 0.95 * plain.point.variance).all()
    mean = adjusted_arms_of(moments.of_columns([0, 2]), moments.totals[..., 1])
    assert (mean.point.variance < arms_of(moments.leading(1), moments.n).point.variance).all()


def test_one_variant_can_be_taken_out() -> None:
    moments = variants(users(4)[:, :2], 3)
    arms = arms_of(moments, moments.totals[..., 1], is_rate=True)
    assert arms[..., 1].counts.n == arms.counts.n[1]
    assert arms[..., 1:].point.value.shape == (2,)


def test_a_part_of_the_sessions_is_counted_with_the_design_effect_of_the_whole() -> None:
    moments = variants(users(4)[:, :2])
    whole = arms_of(moments, moments.totals[..., 1], is_rate=True)
    same = thinned(whole, moments.totals[..., 0], moments.totals[..., 1])
    assert same.counts.n.tolist() == whole.counts.n.tolist()
    assert same.n_units.tolist() == whole.n_units.tolist()
    half = thinned(whole, moments.totals[..., 0] / 2, moments.totals[..., 1] / 2)
    assert half.counts.n == pytest.approx(whole.counts.n / 2)


def test_values_of_few_users_have_wider_intervals() -> None:
    values = users(6, 16)[:, :2]
    arms = arms_of(variants(values), values[:, 1].sum() * np.ones(2), is_rate=True)
    few, many = arms.interval(), wilson(arms.counts.n_converted, arms.counts.n)
    assert (few.high - few.low > many.high - many.low).all()
    assert few.value.tolist() == pytest.approx(many.value.tolist())
