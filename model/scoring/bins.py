"""Bins: sessions in groups of equal size by rising score, equal scores always together."""

from dataclasses import dataclass

import numpy as np

from model.examples import Floats, Whole
from model.scored import Scored, summed

N_BINS = 15


@dataclass(frozen=True, slots=True)
class Bins:
    """Groups of like scores.

    Attributes
    ----------
    code : ndarray of int, shape (n,)
        Bin of each row; none is empty.
    weight, score, rate : ndarray of float, shape (k,)
        Sessions, mean score and observed rate of each bin.
    """

    code: Whole
    weight: Floats
    score: Floats
    rate: Floats

    def __len__(self) -> int:
        return len(self.weight)

    @property
    def share(self) -> Floats:
        """Part of all sessions in each bin."""
        return np.asarray(self.weight / self.weight.sum())


def bins_of(scored: Scored, n_bins: int = N_BINS) -> Bins:
    """Return at most so many bins; fewer where many scores are equal.

    Parameters
    ----------
    scored : Scored
        Rows with scores.
    n_bins : int
        Most bins.
    """
    sizes = scored.at_levels(scored.weight)
    middle = (np.cumsum(sizes) - sizes / 2) / max(float(sizes.sum()), np.finfo(np.float64).tiny)
    place = np.minimum(np.floor(middle * n_bins + 1e-9).astype(np.int64), n_bins - 1)
    is_used = np.bincount(place[sizes > 0], minlength=n_bins) > 0
    code = np.maximum(np.cumsum(is_used)[place] - 1, 0)[scored.level]
    n_used = int(is_used.sum())
    weight, score, converted = (
        summed(code, scored.weight * values, n_used) for values in (np.ones(len(scored)), scored.score, scored.y)
    )
    return Bins(code, weight, score / weight, converted / weight)


def bin_covariance(scored: Scored, bins: Bins, rows: Floats) -> Floats:
    """Return the covariance of the bins' sums of influence values, clustered by user.

    Parameters
    ----------
    scored : Scored
        Rows with users.
    bins : Bins
        Their bins.
    rows : ndarray of float, shape (n,)
        Influence of each row on the number of its own bin.
    """
    if scored.n_users == len(scored):
        return np.diag(summed(bins.code, rows**2, len(bins)))
    by_user = _table(scored, bins, rows)
    return np.asarray(by_user.T @ by_user)


def squares_in_bins(scored: Scored, bins: Bins, rows: Floats) -> Floats:
    """Return for each bin the sum of squares of its users' sums; the diagonal of `bin_covariance`."""
    if scored.n_users == len(scored):
        return summed(bins.code, rows**2, len(bins))
    return np.asarray(np.square(_table(scored, bins, rows)).sum(axis=0))


def users_in_bins(scored: Scored, bins: Bins) -> Floats:
    """Return how many users have sessions in each bin."""
    if scored.n_users == len(scored):
        return summed(bins.code, np.sign(scored.weight), len(bins))
    return np.asarray((_table(scored, bins, scored.weight) > 0).sum(axis=0), dtype=np.float64)


def _table(scored: Scored, bins: Bins, rows: Floats) -> Floats:
    """Return sums by user and bin."""
    found = summed(scored.cluster * len(bins) + bins.code, rows, scored.n_users * len(bins))
    return found.reshape(scored.n_users, len(bins))
