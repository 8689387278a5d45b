from dataclasses import dataclass

import numpy as np
import pytest
from scipy.stats import beta

from analytics.experiment.interval import Floats
from analytics.experiment.shrinkage import BetaPrior, estimate_prior

MEAN = 0.2


@dataclass(frozen=True)
class Draw:
    """Segments whose true rates scatter with a standard deviation."""

    truth: Floats
    n: Floats
    converted: Floats

    @property
    def prior(self) -> BetaPrior:
        group = np.zeros(self.n.size, dtype=np.intp)
        return estimate_prior(self.converted, self.n, group, (self.converted.sum(), self.n.sum()))


def draw(k: int, scatter: float, seed: int) -> Draw:
    rng = np.random.default_rng(seed)
    n = rng.integers(100, 1_000, k).astype(float)
    size = MEAN * (1 - MEAN) / scatter**2 - 1 if scatter else np.inf
    truth = rng.beta(MEAN * size, (1 - MEAN) * size, k) if scatter else np.full(k, MEAN)
    return Draw(truth, n, rng.binomial(n.astype(int), truth).astype(float))


def test_a_rate_is_the_average_of_its_own_and_the_whole() -> None:
    prior = BetaPrior(0.2, np.array([300.0]), np.ones(1))
    assert prior.rate(np.array([40.0]), np.array([100.0])) == pytest.approx([(40 + 60) / 400])
    assert prior.n_sessions == pytest.approx(300)


def test_the_credible_interval_of_one_strength_is_the_beta_distributions() -> None:
    prior = BetaPrior(0.2, np.array([300.0]), np.ones(1))
    found = prior.interval(np.array([40.0]), np.array([100.0]), 0.9)
    assert (found.low[0], found.high[0]) == pytest.approx(beta(100, 300).ppf([0.05, 0.95]).tolist())


def test_the_doubt_about_the_strength_widens_the_interval() -> None:
    counts = (np.array([40.0]), np.array([100.0]), 0.95)
    sure = BetaPrior(0.2, np.array([300.0]), np.ones(1)).interval(*counts)
    unsure = BetaPrior(0.2, np.array([100.0, 900.0]), np.array([0.5, 0.5])).interval(*counts)
    assert unsure.high[0] - unsure.low[0] > sure.high[0] - sure.low[0]


@pytest.mark.parametrize("scatter", [0.03, 0.06])
def test_the_strength_is_found_from_the_scatter(scatter: float) -> None:
    truth = MEAN * (1 - MEAN) / scatter**2 - 1
    assert draw(2_000, scatter, 5).prior.n_sessions == pytest.approx(truth, rel=0.15)


@pytest.mark.parametrize("seed", range(3))
def test_pure_noise_shrinks_practically_to_the_whole(seed: int) -> None:
    noise = draw(1_000, 0.0, seed)
    kept = np.abs(noise.prior.rate(noise.converted, noise.n) - MEAN).mean()
    assert kept < 0.2 * np.abs(noise.converted / noise.n - MEAN).mean()


@pytest.mark.parametrize(("converted", "n"), [([0, 0], [10, 20]), ([10, 20], [10, 20]), ([3], [10])])
def test_where_nothing_scatters_the_prior_is_worth_all_sessions(converted: list[float], n: list[float]) -> None:
    counts, sizes = np.array(converted, dtype=float), np.array(n, dtype=float)
    prior = estimate_prior(counts, sizes, np.zeros(len(n), dtype=np.intp), (counts.sum(), sizes.sum()))
    assert prior.n_sessions == pytest.approx(sizes.sum())


def test_rates_of_zero_have_no_credible_interval() -> None:
    prior = BetaPrior(0.0, np.array([30.0]), np.ones(1))
    found = prior.interval(np.zeros(1), np.array([30.0]), 0.95)
    assert (found.value[0], np.isnan(found.low[0])) == (0.0, True)


@pytest.mark.slow
@pytest.mark.parametrize(("k", "scatter"), [(10, 0.1), (40, 0.05), (200, 0.02), (200, 0.04)])
def test_credible_intervals_cover_and_errors_shrink(k: int, scatter: float) -> None:
    """Over 200 draws the Monte-Carlo error of the coverage is at most 0.7 points."""
    covered, errors = [], []
    for seed in range(200):
        found = draw(k, scatter, seed)
        interval = found.prior.interval(found.converted, found.n, 0.95)
        covered.append(((interval.low <= found.truth) & (found.truth <= interval.high)).mean())
        raw, shrunken = found.converted / found.n - found.truth, interval.value - found.truth
        errors.append((np.mean(shrunken**2), np.mean(raw**2)))
    assert np.mean(covered) > 0.93
    assert np.mean(errors, axis=0)[0] < np.mean(errors, axis=0)[1]
