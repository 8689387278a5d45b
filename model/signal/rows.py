"""Rows: residuals of a constant chance, weighed so that users with many alike sessions do not drown the others."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.examples import Examples, Floats, Whole

_MOST_ALIKE = 0.95


@dataclass(frozen=True)
class Rows:
    """Rows of a test, those of one user side by side.

    Attributes
    ----------
    examples : Examples
        Sorted by user.
    starts : ndarray of int, shape (users + 1,)
        Where each user's rows begin, and where the last one's end.
    pull : ndarray of float, shape (users,)
        How far a session's residual is pulled towards the user's others: c in ``r - c sum r``.
    rate : float
        Chance of a session of any user, by the same weighing.
    """

    examples: Examples
    starts: Whole
    pull: Floats
    rate: float

    @property
    def n_users(self) -> int:
        """How many users there are."""
        return len(self.pull)

    def by_user(self, values: Floats) -> Floats:
        """Return the sum of the rows' values within each user."""
        return np.add.reduceat(values, self.starts[:-1])

    def of_users(self, values: Floats) -> Floats:
        """Return each user's value at each of the user's rows."""
        return np.repeat(values, np.diff(self.starts))

    @cached_property
    def share(self) -> Floats:
        """What a session of each user counts for: 1 of a user without others, less the more there are."""
        return 1 - self.pull * self.by_user(self.examples.weight)

    @cached_property
    def residual(self) -> Floats:
        """Outcome less chance, times weight, pulled; its sum is 0."""
        plain = self.examples.y - self.rate
        return self.examples.weight * (plain - self.of_users(self.pull * self.by_user(self.examples.weight * plain)))

    @cached_property
    def error(self) -> Floats:
        """The residual for variances: the row of a user without others stands for sessions that are independent."""
        is_alone = self.of_users(np.diff(self.starts) == 1)
        return np.where(is_alone, self.residual / np.sqrt(self.examples.weight), self.residual)


def rows_of(examples: Examples) -> Rows:
    """Return the rows of a test.

    Parameters
    ----------
    examples : Examples
        In any order, with both outcomes.

    Notes
    -----
    Outcomes of one user's sessions are taken to be correlated by a common rho, found from all pairs of them. With n
    sessions, ``c = rho / (1 + (n - 1) rho)``: the score of a model with that correlation. It decides how strong the
    test is, not whether it holds: for that, residuals are summed within users before they are squared. The only row of
    a user stands for sessions that are independent of each other, whatever its weight.

    References
    ----------
    Liang, K.-Y., Zeger, S. L. (1986). Longitudinal data analysis using generalized linear models. Biometrika 73, 13-22.
    """
    ordered = examples.rows(np.argsort(examples.user, kind="stable"))
    starts = np.flatnonzero(np.r_[True, ordered.user[1:] != ordered.user[:-1], True])
    size = np.add.reduceat(ordered.weight, starts[:-1])
    converted = np.add.reduceat(ordered.weight * ordered.y, starts[:-1])
    is_alone = np.diff(starts) == 1
    alike = _alike(size[~is_alone], converted[~is_alone], ordered.base_rate)
    pull = alike / np.where(is_alone, size, 1 + (size - 1) * alike)
    share = 1 - pull * size
    return Rows(ordered, starts, pull, float(share @ converted / (share @ size)))


def _alike(size: Floats, converted: Floats, rate: float) -> float:
    products = np.square(converted - rate * size) - converted * (1 - 2 * rate) - rate**2 * size
    pairs = rate * (1 - rate) * float((size * (size - 1)).sum())
    return min(max(float(products.sum()) / pairs, 0.0), _MOST_ALIKE) if pairs > 0 else 0.0
