"""Logs of engines chosen with known probabilities, whose truth is known: one row a session."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.off_policy import LoggedSums
from analytics.experiment.statistic import Moments

N_CELLS = 3
CELL_SHARES = np.array([0.5, 0.3, 0.2])
RATES = np.array([[0.2, 0.35, 0.2], [0.3, 0.35, 0.12]])
"""Conversion rates of Old and New in each cell, averaged over a hidden half of the visitors."""
HIDDEN = 0.08
CHANCES = np.array([0.25, 0.5, 0.85])
"""How likely New is chosen in each cell; a hidden half of the visitors gets it more often."""


@dataclass(frozen=True, slots=True)
class Log:
    """One row a session."""

    user: np.ndarray
    cell: np.ndarray
    variant: np.ndarray
    propensity: np.ndarray
    outcome: np.ndarray

    @property
    def place(self) -> np.ndarray:
        """Which variant and cell each session belongs to."""
        return self.variant * N_CELLS + self.cell

    def sums(self) -> LoggedSums:
        """Return the sums by variant and cell."""
        y, w = self.outcome, 1 / self.propensity
        columns = (np.ones(len(y)), y, w, w**2, w * y, w**2 * y, w**2 * y**2)
        sums = [np.bincount(self.place, c, 2 * N_CELLS).reshape(2, N_CELLS).astype(float) for c in columns]
        return LoggedSums(*sums)

    def users(self) -> Moments:
        """Return sessions, weights and weighted outcomes of each user with a variant, gathered by variant."""
        unit, place = np.unique(self.user * 2 + self.variant, return_inverse=True)
        w = 1 / self.propensity
        values = np.stack([np.bincount(place, c) for c in (np.ones(len(w)), w, w * self.outcome)], axis=1)
        return Moments.of_units(values.astype(float), unit % 2, 2)


def draw_log(seed: int, n_users: int, *, is_sticky: bool = False, shift: float = 0.0, pull: float = 0.1) -> Log:
    """Return a log in which the engine is chosen by cell and by something hidden that also moves the outcome.

    Parameters
    ----------
    seed : int
        Equal seeds give equal logs.
    n_users : int
        Users of one to four sessions.
    is_sticky : bool
        Whether a user has one engine for good.
    shift : float
        Added to the propensities that are logged, so that they are wrong.
    pull : float
        How much more often the hidden half gets New; with 0 the cells tell all that the choice depends on.
    """
    rng = np.random.default_rng([seed, n_users, is_sticky])
    user = np.repeat(np.arange(n_users), rng.integers(1, 5, n_users))
    first = np.concatenate([[True], user[1:] != user[:-1]])
    cell = rng.choice(N_CELLS, n_users, p=CELL_SHARES)[user]
    hidden = rng.integers(0, 2, n_users)[user]
    temper = rng.choice([-0.04, 0.04], n_users)[user]
    chance = CHANCES[cell] + np.where(hidden == 1, pull, -pull)
    luck = rng.random(len(user))
    luck = luck[np.flatnonzero(first)][user] if is_sticky else luck
    variant = (luck < chance).astype(int)
    rate = RATES[variant, cell] + np.where(hidden == 1, HIDDEN, -HIDDEN) / 2 + temper
    propensity = np.where(variant == 1, chance, 1 - chance) + shift
    return Log(user, cell, variant, propensity, (rng.random(len(user)) < rate).astype(float))


def truth_of(policy: np.ndarray) -> float:
    """Return what a policy brings on average."""
    return float((policy * RATES).sum(axis=0) @ CELL_SHARES)
