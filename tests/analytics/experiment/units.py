"""Drawn users, and the sums over them."""

import numpy as np

from analytics.experiment.statistic import Moments


def moments_of(values: np.ndarray) -> Moments:
    """Return the moments of all rows as one group."""
    whole = Moments.of_units(values, np.zeros(len(values), dtype=np.intp), 1)
    return Moments(whole.n[0], whole.totals[0], whole.products[0])


def users(seed: int, n: int = 400) -> np.ndarray:
    """Return clicks, sessions and clicks before of users who differ."""
    rng = np.random.default_rng(seed)
    keen, sessions = rng.beta(2, 8, n), 1.0 + rng.poisson(2, n)
    return np.stack([rng.binomial(sessions.astype(int), keen), sessions, rng.binomial(5, keen)], axis=1).astype(float)
