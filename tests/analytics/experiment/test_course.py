import numpy as np
import pytest

from analytics.experiment.arm import Arm, arms_of
from analytics.experiment.course import inflated, inflation, sidak, slope_of, summed
from analytics.experiment.effect import Effect
from analytics.experiment.statistic import Moments


def days_of_users(seed: int, n_users: int, n_days: int, spread: float) -> tuple[Moments, Moments]:
    """Sums of users by day, and over all days; how keen they are differs by the spread."""
    random = np.random.default_rng(seed)
    comes = random.random((n_users, n_days)) < 0.4
    keen = np.clip(0.3 + spread * random.normal(size=(n_users, 1)), 0, 1)
    values = np.stack([(random.random(comes.shape) < keen) & comes, comes], axis=2).astype(float)
    by_day = [
        Moments.of_units(values[comes[:, day], day], np.zeros(comes[:, day].sum(), int), 1) for day in range(n_days)
    ]
    days = Moments(*(np.stack([getattr(one, name) for one in by_day]) for name in ("n", "totals", "products")))
    return days, Moments.of_units(values.sum(axis=1), np.zeros(n_users, int), 1)


def arm(moments: Moments) -> Arm:
    return arms_of(moments, moments.totals[..., 1], is_rate=True)


def test_levels_multiply_to_the_whole() -> None:
    assert sidak(0.95, 4) ** 4 == pytest.approx(0.95)
    assert sidak(0.95, 0) == 0.95


def test_days_of_a_span_add_up() -> None:
    days, whole = days_of_users(1, 200, 5, 0.1)
    together = summed(days, [slice(0, 2), slice(2, 5)])
    assert together.totals.sum(axis=0) == pytest.approx(whole.totals)
    assert together.n[0] == days.n[:2].sum()


def test_added_days_have_the_variance_over_users_again() -> None:
    days, whole = days_of_users(2, 2_000, 6, 0.2)
    added = arm(summed(days, [slice(0, 6)]))
    factor = inflation(arm(whole), added)
    assert factor[0, 0] > 1.2
    assert inflated(added, factor).point.variance == pytest.approx(arm(whole).point.variance[None])


def test_part_of_the_days_is_never_more_certain_than_it_is() -> None:
    days, whole = days_of_users(3, 2_000, 8, 0.2)
    half, _ = days_of_users(3, 2_000, 8, 0.2)
    factor = inflation(arm(whole), arm(summed(days, [slice(0, 8)])))
    found = inflated(arm(summed(half, [slice(0, 4)])), factor).point.variance[0, 0]
    drawn = [arm(summed(days_of_users(seed, 2_000, 4, 0.2)[0], [slice(0, 4)])).point.value[0, 0] for seed in range(150)]
    assert found >= 0.75 * np.var(drawn)


def test_variances_of_means_are_inflated_as_they_are() -> None:
    days, _ = days_of_users(4, 100, 2, 0.1)
    means = arms_of(days, days.totals[..., 1])
    assert inflated(means, np.full((2, 1), 3.0)).point.variance == pytest.approx(3 * means.point.variance)


def test_a_slope_is_that_of_least_squares() -> None:
    effect = Effect(np.array([0.1, 0.3, 0.5]), np.array([0.1, 0.2, 0.1]), np.full(3, np.inf))
    slope = slope_of(effect, np.array([0.0, 1.0, 2.0]))
    assert float(slope.value) == pytest.approx(0.2)
    assert float(slope.error) == pytest.approx(1 / np.sqrt(2 / 0.01))
