import numpy as np
import pytest

from analytics.experiment.effect import Effect
from analytics.roi.rollout import margin_per_session, rollout_of
from tests.analytics.roi.shops import ledgers, two_variants

NEW, OLD = ledgers(*two_variants(4_000))
THREE = Effect(np.array([0.5, -0.2, 0.1]), np.array([0.1, 0.1, 0.2]), np.full(3, np.inf))
SESSIONS = np.array([1_000.0, 2_000.0, 500.0])
ALL = np.ones(3, dtype=bool)


def test_everybody_is_the_sum_of_segments() -> None:
    found = rollout_of(THREE, SESSIONS, ALL, 0.0)
    assert float(found.margin.value) == pytest.approx(150)
    half = 1.959964 * np.sqrt(100**2 + 200**2 + 100**2)
    assert float(found.margin.high) == pytest.approx(150 + half, rel=1e-6)


def test_only_served_segments_count() -> None:
    found = rollout_of(THREE, SESSIONS, np.array([True, False, True]), 0.0)
    assert (float(found.margin.value), float(found.n_sessions)) == pytest.approx((550, 1_500))


def test_cost_moves_the_profit_and_its_chance() -> None:
    found = rollout_of(THREE, SESSIONS, ALL, 150.0)
    assert float(found.profit.value) == pytest.approx(0)
    assert float(found.chance_of_profit) == pytest.approx(0.5)


def test_one_segment_keeps_its_degrees_of_freedom() -> None:
    one = Effect(np.array([1.0]), np.array([0.4]), np.array([5.0]))
    found = rollout_of(one, np.array([10.0]), np.array([True]), 0.0).margin
    assert float(found.high) == pytest.approx(10 * float(one.interval().high[0]))


def test_nobody_served_is_worth_nothing_without_an_interval() -> None:
    found = rollout_of(THREE, SESSIONS, ~ALL, 0.0)
    assert (float(found.margin.value), float(found.n_sessions)) == (0, 0)
    assert np.isnan(found.margin.low)


def test_margin_per_session_is_compared_over_users() -> None:
    found = margin_per_session(NEW, OLD)
    one, two = NEW.arm("margin_per_session").point, OLD.arm("margin_per_session").point
    assert float(found.value) == pytest.approx(float(one.value - two.value))
    assert float(found.error) == pytest.approx(float(np.sqrt(one.variance + two.variance)))
