"""Experiments on a site whose users return, each with his own rate of visits and of conversions."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.interval import Floats
from semantic.units import UnitAnswer

N_USERS, N_DAYS = 6_000, 28
VISITS_A_DAY, VISIT_SHAPE = 0.12, 0.7
KEEN, RELUCTANT = 2.0, 10.0


@dataclass(frozen=True)
class Drawn:
    """Sums by experiment, day and variant (treatment first), over all days up to that one.

    Attributes
    ----------
    n : ndarray of float, shape (experiments, days, 2)
        Different users.
    totals : ndarray of float, shape (experiments, days, 2, 2)
        Their sessions, and conversions.
    products : ndarray of float, shape (experiments, days, 2, 2, 2)
        Products of the two, summed over users.
    """

    n: Floats
    totals: Floats
    products: Floats

    def answer(self, day: int) -> UnitAnswer:
        """Return the first experiment up to a day as the answer to a unit query."""
        members = {"variant": ("New", "Old")}
        sums = self.n[0, day - 1], self.totals[0, day - 1], self.products[0, day - 1]
        return UnitAnswer(("variant",), members, *sums, version=1, origin="sql")


def draw(n_experiments: int, lift: float, seed: int) -> Drawn:
    """Return experiments in which the treatment converts more often by a factor of 1 + lift."""
    random = np.random.default_rng(seed)
    made = [_one(random, lift) for _ in range(n_experiments)]
    return Drawn(*(np.stack(arrays) for arrays in zip(*made, strict=True)))


def _one(random: np.random.Generator, lift: float) -> tuple[Floats, Floats, Floats]:
    visits = random.gamma(VISIT_SHAPE, VISITS_A_DAY / VISIT_SHAPE, N_USERS)
    keen = random.beta(KEEN, RELUCTANT, N_USERS)
    is_treated = random.random(N_USERS) < 0.5
    sessions = random.poisson(visits, (N_DAYS, N_USERS))
    converted = random.binomial(sessions, np.minimum(keen * np.where(is_treated, 1 + lift, 1.0), 1.0))
    so_far = np.stack([sessions.cumsum(axis=0), converted.cumsum(axis=0)], axis=-1).astype(np.float64)
    arms = [so_far[:, is_treated], so_far[:, ~is_treated]]
    n = np.stack([(arm[..., 0] > 0).sum(axis=1) for arm in arms], axis=-1).astype(np.float64)
    totals = np.stack([arm.sum(axis=1) for arm in arms], axis=1)
    products = np.stack([np.einsum("dua,dub->dab", arm, arm) for arm in arms], axis=1)
    return n, totals, products
