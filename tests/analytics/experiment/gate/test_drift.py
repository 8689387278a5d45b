"""Shares over days: chi-squared, trend and exact evidence."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from analytics.experiment.gate.drift import drift_of
from analytics.experiment.gate.looks import Looks
from analytics.experiment.interval import Floats

ONE, EVERY = Looks(True), Looks(False, 20_000.0)
HALF = np.array([0.5, 0.5])


def drawn(seed: int, shares: Floats, per_day: int = 500) -> Floats:
    """Return units of two variants on each day, the second with these shares."""
    new = np.random.default_rng(seed).binomial(per_day, shares)
    return np.column_stack([per_day - new, new]).astype(np.float64)


def test_days_are_compared_by_pearsons_test() -> None:
    counts = drawn(1, np.full(10, 0.5))
    assert drift_of(counts, HALF, ONE).by_day == pytest.approx(chi2_contingency(counts, correction=False).pvalue)
    weeks = np.array([counts[:7].sum(axis=0), counts[7:].sum(axis=0)])
    assert drift_of(counts, HALF, ONE).by_week == pytest.approx(chi2_contingency(weeks, correction=False).pvalue)


def test_the_trend_is_that_of_armitage() -> None:
    counts = drawn(2, np.linspace(0.48, 0.52, 10))
    day, n = np.arange(10.0), counts.sum(axis=1)
    p = counts[:, 1].sum() / n.sum()
    score, spread = day @ (counts[:, 1] - n * p), n @ day**2 - (n @ day) ** 2 / n.sum()
    expected = float(ONE.chi_squared_p(score**2 / (p * (1 - p) * spread), 1, 1))
    assert drift_of(counts, HALF, ONE).trend == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("looks", [ONE, EVERY])
def test_a_constant_share_that_was_not_planned_is_no_drift(looks: Looks) -> None:
    assert drift_of(drawn(3, np.full(30, 0.3)), HALF, looks).p_value > 0.01


RAMP, OUTAGE, WAVE = np.linspace(0.45, 0.55, 30), np.where(np.arange(30) == 12, 0.2, 0.5), np.tile([0.4, 0.6], 15)


@pytest.mark.parametrize("shares", [RAMP, OUTAGE, WAVE])
@pytest.mark.parametrize("looks", [ONE, EVERY])
def test_ramps_outages_and_waves_are_found(shares: Floats, looks: Looks) -> None:
    assert drift_of(drawn(4, shares), HALF, looks).p_value < 0.001


@pytest.mark.parametrize("looks", [ONE, EVERY])
def test_nothing_and_one_day_are_no_drift(looks: Looks) -> None:
    for counts in (np.zeros((0, 2)), np.zeros((5, 2)), np.array([[4.0, 6.0]]), np.array([[4.0, 0.0], [9.0, 0.0]])):
        assert drift_of(counts, HALF, looks).p_value == 1


def test_thin_days_are_put_together() -> None:
    rng = np.random.default_rng(5)
    found = [drift_of(rng.binomial(1, 0.5, (60, 1)) * [[1.0, -1.0]] + [[0.0, 1.0]], HALF, ONE) for _ in range(500)]
    assert np.mean([drift.by_day < 0.05 for drift in found]) == pytest.approx(0.05, abs=0.03)


def test_three_variants_have_two_degrees_of_freedom() -> None:
    counts = np.random.default_rng(6).multinomial(300, [0.2, 0.3, 0.5], 8).astype(np.float64)
    drift = drift_of(counts, np.array([0.2, 0.3, 0.5]), ONE)
    assert drift.by_day == pytest.approx(chi2_contingency(counts).pvalue)


def test_looking_every_day_errs_at_most_as_often_as_said() -> None:
    """400 runs of 40 days; at level 0.05 and a standard error of 1.1 %."""
    runs = [drawn(seed, np.full(40, 0.4), 100) for seed in range(400)]
    alarms = [min(drift_of(run[:day], HALF, EVERY).p_value for day in range(2, 41, 3)) < 0.05 for run in runs]
    assert np.mean(alarms) < 0.06
