"""How often intervals of point-biserial correlations hold the truth, for skewed times and rare to even outcomes.

With 2,000 samples a cell the standard error of a coverage of 95 % is 0.5 percentage points; three of them are allowed.
"""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import brentq

from analytics.experiment.correlation import MIN_OUTCOMES, point_biserial
from analytics.experiment.interval import Floats
from semantic.domain import choose_edges
from tests.analytics.binned import binned

N_SAMPLES = 2_000
LOWEST = 0.95 - 3 * (0.95 * 0.05 / N_SAMPLES) ** 0.5
SHAPE = 2.0
CASES = list(product(("longer", "stretched"), (0.05, 0.15, 0.5), (0.0, 0.1, 0.3), (300, 2_000)))


def stretched_correlation(factor: float, rate: float) -> float:
    """Return the correlation where the gamma times of converted sessions are longer by a factor."""
    means, variances = SHAPE * np.array([1, factor]), SHAPE * np.array([1, factor**2])
    weights = np.array([1 - rate, rate])
    variance = weights @ variances + weights @ (means - weights @ means) ** 2
    return float((means[1] - means[0]) * (rate * (1 - rate) / variance) ** 0.5)


def samples(kind: str, rate: float, truth: float, n: int) -> tuple[Floats, Floats]:
    """Return gamma times, in converted sessions later by a constant or stretched by a factor, and outcomes."""
    rng = np.random.default_rng([n, round(100 * rate), round(100 * truth), len(kind)])
    converted = (rng.random((N_SAMPLES, n)) < rate).astype(float)
    times = rng.gamma(SHAPE, 1, converted.shape)
    if kind == "stretched":
        factor = brentq(lambda f: stretched_correlation(f, rate) - truth, 1, 50) if truth else 1.0
        return np.where(converted == 1, factor * times, times), converted
    return times + truth * (SHAPE / (rate * (1 - rate) * (1 - truth**2))) ** 0.5 * converted, converted


def coverage(kind: str, rate: float, truth: float, n: int, edges: tuple[float, ...] = ()) -> float:
    """Return how many of the intervals that exist hold the truth."""
    times, converted = samples(kind, rate, truth, n)
    found = point_biserial(binned(times, converted, edges or choose_edges(times[0])))
    exists = np.isfinite(found.low)
    assert exists.mean() > 0.7 or rate * n < 2 * MIN_OUTCOMES
    return float(((found.low <= truth) & (truth <= found.high))[exists].mean())


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "rate", "truth", "n"), CASES)
def test_intervals_hold_the_truth_as_often_as_they_say(kind: str, rate: float, truth: float, n: int) -> None:
    assert coverage(kind, rate, truth, n) >= LOWEST


@pytest.mark.slow
@pytest.mark.parametrize("rate", [0.05, 0.5])
def test_a_few_wide_bins_are_enough(rate: float) -> None:
    assert coverage("stretched", rate, 0.3, 2_000, edges=(1.0, 2.0, 4.0)) >= LOWEST


@pytest.mark.slow
@pytest.mark.parametrize("rate", [0.15, 0.5])
def test_the_interval_is_not_wider_than_needed_where_there_are_many_sessions(rate: float) -> None:
    assert coverage("longer", rate, 0.1, 5_000) <= 0.97
