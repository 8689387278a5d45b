"""Drawn users with several sessions, as sums: the tests of one cell at once."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import betabinom, binom

from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Moments

MOST_SESSIONS = 10
SESSIONS = ("1", "3", "10", "1-10")
"""Of each user: a fixed number, or 1 to 10 with halves at each step (geometric, cut off)."""


@dataclass(frozen=True)
class Visitors:
    """Users who do not differ between variants.

    Attributes
    ----------
    sessions : str
        One of `SESSIONS`.
    correlation : float
        Of two sessions of one user.
    """

    sessions: str
    correlation: float

    @property
    def chances(self) -> Floats:
        """The chance of a user to have 1, 2 ... 10 sessions."""
        if self.sessions == "1-10":
            chances = 0.7 ** np.arange(MOST_SESSIONS)
        else:
            chances = (np.arange(1, MOST_SESSIONS + 1) == int(self.sessions)).astype(float)
        return np.asarray(chances / chances.sum())

    def rates(self, rate: float, users: int, n_tests: int, rng: np.random.Generator) -> Moments:
        """Return the moments of conversions and sessions, shape (tests, 2 variants): users are drawn by kind."""
        kinds, chance = self._kinds(rate)
        counts = rng.multinomial(users, chance, (n_tests, 2)).astype(float)
        converted, sessions = kinds.T
        products = [counts @ (one * two) for one, two in ((converted,) * 2, (converted, sessions), (sessions,) * 2)]
        return Moments.of(counts.sum(axis=-1), [counts @ converted, counts @ sessions], products)

    def means(self, users: int, n_tests: int, rng: np.random.Generator) -> Moments:
        """Return the moments of a skewed amount and of sessions, shape (tests, 2 variants).

        An amount of a session has the mean 1 and the variance 1: that of the user times a gamma of its own.
        """
        shape = (n_tests, 2, users)
        sessions = rng.choice(np.arange(1.0, MOST_SESSIONS + 1), shape, p=self.chances)
        own = (1 - self.correlation) / (1 + self.correlation)
        user = rng.gamma(1 / self.correlation, self.correlation, shape) if self.correlation else np.ones(shape)
        amount = user * rng.gamma(sessions / own, own)
        products = [(one * two).sum(axis=-1) for one, two in ((amount,) * 2, (amount, sessions), (sessions,) * 2)]
        return Moments.of(np.full((n_tests, 2), float(users)), [amount.sum(axis=-1), sessions.sum(axis=-1)], products)

    def _kinds(self, rate: float) -> tuple[Floats, Floats]:
        """Return each number of conversions and sessions that a user may have, and its chance."""
        kinds, chances = [], []
        for sessions, share in enumerate(self.chances, start=1):
            x = np.arange(sessions + 1)
            kinds += [(float(converted), float(sessions)) for converted in x]
            chances += (share * self._converting(x, sessions, rate)).tolist()
        return np.array(kinds), np.array(chances) / np.sum(chances)

    def _converting(self, x: np.ndarray, sessions: int, rate: float) -> Floats:
        if self.correlation == 0:
            return np.asarray(binom.pmf(x, sessions, rate))
        strength = 1 / self.correlation - 1
        return np.asarray(betabinom.pmf(x, sessions, rate * strength, (1 - rate) * strength))
