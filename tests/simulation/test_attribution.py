"""How often intervals of credit hold the credit of all journeys there could be: 5 channels, some 80 paths.

With 300 samples the standard error of a coverage of 95 % over five channels is some 0.6 percentage points.
"""

import numpy as np
import pytest

from analytics.attribution.bootstrap import Draws, bootstrap
from analytics.attribution.method import Setting, method_named
from analytics.attribution.paths import Paths
from tests.analytics.attribution.drawn_paths import random_paths

NAMES = ("linear", "markov_1", "shapley", "shapley_ordered")
METHODS = tuple(method_named(name) for name in NAMES)
WORTH = np.array([0.04, 0.08, 0.12, 0.05, 0.15])


def expected_paths(n_journeys: int) -> Paths:
    """Return the common paths with the journeys and conversions that a sample has on average."""
    paths = random_paths(3_000, 5, 9).aggregated()
    paths = paths.chosen(paths.counts >= 4)
    rate = np.bincount(paths.owner, WORTH[paths.channels]) / paths.lengths + 0.02 * paths.lengths
    counts = n_journeys * paths.counts / paths.counts.sum()
    return paths.weighted(counts, counts * rate, counts * rate)


def coverages(n_samples: int, n_journeys: int, n_draws: int) -> np.ndarray:
    """Return how often intervals hold the credit of the expected paths, by method, over all channels."""
    expected = expected_paths(n_journeys)
    truth = np.array([method.model(expected, Setting())(expected).conversions for method in METHODS])
    held = np.zeros(truth.shape)
    for seed in range(n_samples):
        rng = np.random.default_rng([5, seed])
        counts = rng.poisson(expected.counts)
        converted = rng.binomial(counts, expected.conversions / expected.counts).astype(float)
        sample = expected.weighted(counts.astype(float), converted, converted)
        found = [s.conversions for s in bootstrap(sample, METHODS, Setting(), Draws(n_draws, seed))]
        held += [(i.low <= t) & (t <= i.high) for i, t in zip(found, truth, strict=True)]
    return held.mean(axis=1) / n_samples


@pytest.mark.slow
@pytest.mark.parametrize("n_journeys", [2_000, 20_000])
def test_intervals_hold_the_truth_nearly_as_often_as_they_say(n_journeys: int) -> None:
    assert coverages(300, n_journeys, 100).min() >= 0.94 - 3 * 0.006


def test_intervals_hold_the_truth_in_a_short_run() -> None:
    assert coverages(40, 5_000, 60).min() >= 0.94 - 3 * 0.016
