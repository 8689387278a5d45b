"""Scored rows for tests: calibrated scores, with ties, weights and repeated users where asked for."""

import numpy as np
from scipy.special import expit

from model.examples import Floats
from model.scored import Scored


def scored_rows(n: int = 400, seed: int = 1, n_users: int = 0, decimals: int = 9) -> Scored:
    """Return rows whose outcomes happen as often as their scores say.

    Parameters
    ----------
    n : int
        Rows.
    seed : int
        Of the draws.
    n_users : int
        Users who share the rows; 0: each row has its own.
    decimals : int
        Of the scores; few make ties.
    """
    rng = np.random.default_rng(seed)
    score = np.round(expit(rng.normal(-1, 1.2, n)), decimals)
    y = (rng.random(n) < score).astype(float)
    user = rng.integers(0, n_users, n) if n_users else np.arange(n)
    return Scored(score, y, np.ones(n), user)


def weighted(scored: Scored, seed: int = 5) -> Scored:
    """Return the rows with whole weights from 1 to 4."""
    weight = np.random.default_rng(seed).integers(1, 5, len(scored)).astype(float)
    return Scored(scored.score, scored.y, weight, scored.user)


def copied(scored: Scored) -> Scored:
    """Return each row as often as its weight says, with weight 1."""
    rows = scored.rows(np.repeat(np.arange(len(scored)), scored.weight.astype(int)))
    return Scored(rows.score, rows.y, np.ones(len(rows)), rows.user)


def by_hand_users(scored: Scored, values: Floats) -> list[float]:
    """Return sums of the values within users, one loop at a time."""
    return [float(values[scored.user == user].sum()) for user in np.unique(scored.user)]


def repeated(scored: Scored, times: int) -> Scored:
    """Return all rows several times, each time of the same users."""
    return scored.rows(np.tile(np.arange(len(scored)), times))
