"""Scored: rows with the score that a model gave them and what happened, the input of all evaluation."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from model.examples import Examples, Floats, Picked, Whole

_MOST_COUNTED = 20_000_000


@dataclass(frozen=True)
class Scored:
    """Rows that were scored; what sorting finds is kept, so that all metrics share it.

    Attributes
    ----------
    score : ndarray of float, shape (n,)
        Predicted chance of conversion.
    y : ndarray of float, shape (n,)
        1 where the session converted, else 0.
    weight : ndarray of float, shape (n,)
        How many sessions the row stands for.
    user : ndarray of int, shape (n,)
        Rows of one user have one number; intervals take users as independent, not rows.
    """

    score: Floats
    y: Floats
    weight: Floats
    user: Whole

    @classmethod
    def of(cls, examples: Examples, score: Floats) -> "Scored":
        """Return examples with their scores."""
        return cls(np.asarray(score, dtype=np.float64), examples.y, examples.weight, examples.user)

    def __len__(self) -> int:
        return len(self.y)

    def rows(self, picked: Picked) -> "Scored":
        """Return some of the rows.

        Parameters
        ----------
        picked : ndarray of bool or int
            A mask, or places in the order wanted.
        """
        return Scored(self.score[picked], self.y[picked], self.weight[picked], self.user[picked])

    def rescored(self, score: Floats) -> "Scored":
        """Return the same rows with other scores."""
        return replace(self, score=np.asarray(score, dtype=np.float64))

    @property
    def n_sessions(self) -> int:
        """How many sessions all rows stand for."""
        return round(float(self.weight.sum()))

    @property
    def n_converted(self) -> int:
        """How many of them converted."""
        return round(float(self.weight @ self.y))

    @cached_property
    def _levels(self) -> tuple[Floats, Whole]:
        levels, level = np.unique(self.score, return_inverse=True)
        return levels, level

    @property
    def levels(self) -> Floats:
        """The different scores, ascending."""
        return self._levels[0]

    @property
    def level(self) -> Whole:
        """Place of each row's score among `levels`."""
        return self._levels[1]

    @cached_property
    def converted_at(self) -> Floats:
        """Weight of the conversions at each level."""
        return self.at_levels(self.weight * self.y)

    @cached_property
    def others_at(self) -> Floats:
        """Weight of the other sessions at each level."""
        return self.at_levels(self.weight * (1 - self.y))

    def at_levels(self, values: Floats) -> Floats:
        """Return the sum of the rows' values at each level."""
        return summed(self.level, values, len(self.levels))

    @cached_property
    def cluster(self) -> Whole:
        """Users of the rows, numbered from 0 without gaps."""
        if not len(self) or self.user.min() < 0 or self.user.max() > _MOST_COUNTED:
            return np.unique(self.user, return_inverse=True)[1]
        is_there = np.bincount(self.user) > 0
        return (np.cumsum(is_there) - 1)[self.user]

    @cached_property
    def n_users(self) -> int:
        """How many users there are."""
        return int(self.cluster.max()) + 1 if len(self) else 0

    def by_user(self, values: Floats) -> Floats:
        """Return the sum of the rows' values within each user, in no order that means anything."""
        return values if self.n_users == len(self) else summed(self.cluster, values, self.n_users)


def summed(code: Whole, values: Floats, n_codes: int) -> Floats:
    """Return the sum of the values at each code from 0 on."""
    return np.asarray(np.bincount(code, values, n_codes), dtype=np.float64)
