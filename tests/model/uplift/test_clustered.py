import numpy as np
import pytest

from model.uplift.clustered import around, covariance_by, influence_by_user, mean_of, standard_error


def test_sessions_of_their_own_users_have_the_usual_standard_error() -> None:
    values = np.random.default_rng(1).random(500)
    mean, influence = influence_by_user(values, np.ones(500), np.arange(500))
    assert mean == pytest.approx(values.mean())
    assert standard_error(influence) == pytest.approx(values.std(ddof=1) / 500**0.5, rel=1e-3)


def test_a_user_who_comes_twice_counts_once() -> None:
    values = np.random.default_rng(1).random(500)
    once = mean_of(values, np.ones(500), np.arange(500), 0.95)
    twice = mean_of(np.tile(values, 2), np.ones(1000), np.tile(np.arange(500), 2), 0.95)
    assert (twice.low, twice.high) == pytest.approx((once.low, once.high))
    assert (once.n, twice.n) == (500, 1000)


def test_a_weight_of_two_is_two_sessions_of_that_user() -> None:
    values, user = np.array([0.0, 1.0, 0.0, 1.0, 1.0]), np.arange(5)
    heavy = mean_of(values, np.array([2.0, 1, 1, 1, 1]), user, 0.9)
    rows = mean_of(np.r_[0.0, values], np.ones(6), np.r_[0, user], 0.9)
    assert [heavy.value, heavy.low, heavy.n] == pytest.approx([rows.value, rows.low, rows.n])


def test_the_interval_is_as_wide_as_its_confidence_says() -> None:
    found = around(1.0, 0.5, 0.95, 10)
    assert [found.low, found.high] == pytest.approx([0.02, 1.98], abs=1e-3)


def test_parts_vary_together_through_users_who_are_in_both() -> None:
    user, part = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 0, 1, 1])
    found = covariance_by(user, part, np.array([1.0, 2.0, -1.0, 1.0, 3.0]), 2)
    assert found.tolist() == [[2.0, 1.0], [1.0, 14.0]]
