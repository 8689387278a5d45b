"""Policies: from what was seen so far to the shares of the next users; arrays over many runs at once."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import xlog1py, xlogy

from analytics.experiment.interval import Floats

MOST_DRAWS = 24
"""Draws of the posterior in a round: users of a round share them in equal groups."""

_STEPS = 24


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen so far; arrays of shape (runs, variants).

    Attributes
    ----------
    converted, users : ndarray of float
        Of each variant.
    n_next : int
        Users of the next round.
    epsilon : float
        Share that epsilon-greedy gives to all variants alike.
    """

    converted: Floats
    users: Floats
    n_next: int
    epsilon: float


Policy = Callable[[Seen, np.random.Generator], Floats]
"""From what was seen to the shares of the next round, shape (runs, variants)."""


def fixed_split(seen: Seen, _: np.random.Generator) -> Floats:
    """Return equal shares."""
    return np.full(seen.users.shape, 1 / seen.users.shape[1])


def thompson(seen: Seen, random: np.random.Generator) -> Floats:
    """Return how often each variant is the best in draws of its posterior, with flat priors.

    References
    ----------
    Thompson, W. R. (1933). On the likelihood that one unknown probability exceeds another. Biometrika 25, 285-294.
    """
    n_draws = min(seen.n_next, MOST_DRAWS)
    shape = (n_draws, *seen.users.shape)
    drawn = random.beta(seen.converted + 1, seen.users - seen.converted + 1, shape)
    return np.asarray(_only_best(drawn).mean(axis=0))


def epsilon_greedy(seen: Seen, random: np.random.Generator) -> Floats:
    """Return a small share for each variant, and all else for the one with the highest rate so far."""
    best = _only_best(_rates(seen) + random.random(seen.users.shape) * 1e-9)
    return np.asarray(seen.epsilon / seen.users.shape[1] + (1 - seen.epsilon) * best)


def ucb1(seen: Seen, random: np.random.Generator) -> Floats:
    """Return all for the variant with the highest ``rate + sqrt(2 log t / n)``, t users so far.

    References
    ----------
    Auer, P., Cesa-Bianchi, N., Fischer, P. (2002). Finite-time analysis of the multiarmed bandit problem. Machine
    Learning 47, 235-256.
    """
    width = np.sqrt(2 * _log_time(seen) / np.maximum(seen.users, 1e-9))
    return _only_best(_rates(seen) + width + random.random(seen.users.shape) * 1e-9)


def kl_ucb(seen: Seen, random: np.random.Generator) -> Floats:
    """Return all for the variant with the highest rate that is not ruled out: ``n KL(rate, q) <= log t``.

    References
    ----------
    Garivier, A., Cappé, O. (2011). The KL-UCB algorithm for bounded stochastic bandits and beyond. COLT, 359-376.
    """
    rates = np.where(seen.users > 0, _rates(seen), 0.0)
    allowed = _log_time(seen) / np.maximum(seen.users, 1e-9)
    low, high = rates, np.ones_like(rates)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        is_allowed = _divergence(rates, middle) <= allowed
        low, high = np.where(is_allowed, middle, low), np.where(is_allowed, high, middle)
    return _only_best(low + random.random(seen.users.shape) * 1e-9)


POLICIES: tuple[tuple[str, str, Policy], ...] = (
    ("split", "Fixed split", fixed_split),
    ("thompson", "Thompson sampling", thompson),
    ("kl_ucb", "KL-UCB", kl_ucb),
    ("ucb1", "UCB1", ucb1),
    ("epsilon", "Epsilon-greedy", epsilon_greedy),
)
"""Name, label and policy of each."""


def _rates(seen: Seen) -> Floats:
    """Return the rates so far; what was never tried is the best there can be."""
    return np.asarray(np.where(seen.users > 0, seen.converted / np.maximum(seen.users, 1), 1.0))


def _log_time(seen: Seen) -> Floats:
    return np.asarray(np.log(np.maximum(seen.users.sum(axis=1, keepdims=True), 2.0)))


def _only_best(values: Floats) -> Floats:
    return np.asarray(np.arange(values.shape[-1]) == values.argmax(axis=-1)[..., None], dtype=np.float64)


def _divergence(p: Floats, q: Floats) -> Floats:
    """Return the divergence of Kullback and Leibler between two rates."""
    return np.asarray(xlogy(p, p) + xlog1py(1 - p, -p) - xlogy(p, q) - xlog1py(1 - p, -q))
