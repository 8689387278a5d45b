"""Ledgers of users drawn at random, with orders, refunds and goods as shops have them."""

import numpy as np

from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Moments
from analytics.roi.ledger import Ledger

OLD, NEW = 0, 1


def users_of(n_users: int, rate: float, price: float, rng: np.random.Generator) -> Floats:
    """Return the columns of users: a few sessions each, orders of log-normal value, one of ten refunded in full."""
    sessions = 1.0 + rng.poisson(1.5, n_users)
    orders = rng.binomial(sessions.astype(int), rate).astype(float)
    revenue = np.where(orders > 0, orders * rng.lognormal(np.log(price), 0.8, n_users), 0.0)
    refunds = np.where(rng.random(n_users) < 0.1, revenue, 0.0)
    return np.column_stack([sessions, orders, revenue, refunds, 0.6 * (revenue - refunds)])


def two_variants(n_users: int, seed: int = 1, lift: float = 0.1) -> tuple[Floats, np.ndarray]:
    """Return users of Old and New and the variant of each."""
    rng = np.random.default_rng(seed)
    old, new = users_of(n_users, 0.1, 40, rng), users_of(n_users, 0.1 * (1 + lift), 42, rng)
    return np.concatenate([old, new]), np.repeat([OLD, NEW], n_users)


def ledgers(values: Floats, group: np.ndarray) -> tuple[Ledger, Ledger]:
    """Return the ledgers of New and Old."""
    both = Ledger(Moments.of_units(values, group, 2))
    return both[NEW], both[OLD]


def ledger(*rows: tuple[float, ...]) -> Ledger:
    """Return the ledger of these users: sessions, orders, revenue, refunds and goods of each."""
    return Ledger(Moments.of_units(np.array(rows, dtype=float), np.zeros(len(rows), dtype=np.intp), 1))[0]
