"""Users that come on some days, several times, and convert alike."""

import numpy as np

from semantic.user_days import UserDays


def users(n_users: int, n_days: int, rate: float = 0.2, seed: int = 7) -> UserDays:
    """Return users whose own rates scatter around a rate; half of all visits are on the first days."""
    random = np.random.default_rng(seed)
    own = random.beta(4 * rate, 4 * (1 - rate), n_users)
    n = random.poisson(0.5, (n_users, n_days)) * (random.random((n_users, n_days)) < 0.7)
    n[np.arange(n_users), random.integers(0, n_days, n_users)] += 1
    user, day = np.nonzero(n)
    return UserDays(user, day, n[user, day], random.binomial(n[user, day], own[user]), n_days, int(n.sum()))
