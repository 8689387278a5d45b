"""stability_of: the population stability index of one column, with what chance makes of it, clustered by user."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from model.examples import Floats, Whole

N_BINS = 10
_NOISE_AT = 0.95


@dataclass(frozen=True, slots=True)
class Stability:
    """The index, what it stays below in 95 of 100 cases where nothing differs, and the p-value of the difference."""

    index: float
    noise: float
    p_value: float


def bins_of(column: Floats, reference: Floats, n_members: int = 0) -> Whole:
    """Return the bin of each value: members, or tenths of the reference; what is missing has one of its own.

    Parameters
    ----------
    column : ndarray of float, shape (n,)
        Codes or numbers, NaN where missing.
    reference : ndarray of float
        What tenths are taken of.
    n_members : int
        Of a category; 0 for a number.
    """
    if n_members:
        return np.where(np.isnan(column), n_members, np.nan_to_num(column)).astype(np.int64)
    known = reference[~np.isnan(reference)]
    cuts = np.unique(np.quantile(known, np.arange(1, N_BINS) / N_BINS)) if len(known) else np.zeros(0)
    return np.where(np.isnan(column), len(cuts) + 1, np.searchsorted(cuts, column, side="right")).astype(np.int64)


def stability_of(bins: Whole, is_recent: Floats, user: Whole) -> Stability:
    """Return the index of recent rows against the others.

    Parameters
    ----------
    bins : ndarray of int, shape (n,)
        Bin of each row, see `bins_of`.
    is_recent : ndarray of float, shape (n,)
        1 for a recent row, 0 for one of the reference.
    user : ndarray of int, shape (n,)
        Rows of one user depend on each other.

    Notes
    -----
    Pearson's chi-squared of two samples, corrected to the second order for users who come back (Rao and Scott); the
    index is nearly that statistic times (1 / n + 1 / m), from which its noise follows. Shares have half a session
    added, so that an empty bin gives no infinite index.

    References
    ----------
    Rao, J. N. K., Scott, A. J. (1984). On chi-squared tests for multiway contingency tables with cell proportions
    estimated from survey data. Annals of Statistics 12, 46-60.
    """
    _, bins = np.unique(bins, return_inverse=True)
    n_bins = int(bins.max(initial=0)) + 1
    if n_bins < 2:
        return Stability(0.0, 0.0, 1.0)
    counts = [_sums(bins, side, n_bins) for side in (1 - is_recent, is_recent)]
    sizes = [count.sum() for count in counts]
    unit = float(sum(1 / size for size in sizes))
    pooled = (counts[0] + counts[1]) / sum(sizes)
    gap = counts[1] / sizes[1] - counts[0] / sizes[0]
    spread = _covariance(bins, is_recent / sizes[1] - (1 - is_recent) / sizes[0], user, pooled)
    scaled = spread / (np.sqrt(np.outer(pooled, pooled)) * unit)
    mean = float(np.trace(scaled)) / (n_bins - 1)
    unevenness = max(float(np.square(scaled).sum()) / ((n_bins - 1) * mean**2), 1.0)
    scale, freedom = mean * unevenness, (n_bins - 1) / unevenness
    statistic = float(np.square(gap) @ (1 / pooled)) / unit
    noise = float(chi2.ppf(_NOISE_AT, freedom)) * scale * unit
    return Stability(_index(counts), noise, float(chi2.sf(statistic / scale, freedom)))


def _covariance(bins: Whole, sign: Floats, user: Whole, pooled: Floats) -> Floats:
    """Return the covariance of the differences of shares, from the sums of users over bins."""
    _, place = np.unique(user, return_inverse=True)
    n_users, n_bins = int(place.max()) + 1, len(pooled)
    sums = _sums(place * n_bins + bins, sign, n_users * n_bins).reshape(n_users, n_bins)
    sums = sums - np.outer(_sums(place, sign, n_users), pooled)
    return np.asarray(sums.T @ sums) * (n_users / max(n_users - 1, 1))


def _index(counts: list[Floats]) -> float:
    first, second = ((count + 0.5) / (count + 0.5).sum() for count in counts)
    return float((second - first) @ np.log(second / first))


def _sums(place: Whole, weights: Floats, n: int) -> Floats:
    return np.asarray(np.bincount(place, weights=weights, minlength=n), dtype=np.float64)
