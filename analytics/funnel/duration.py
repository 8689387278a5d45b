"""Duration: how long those who reached a step took, as quantiles with intervals and as a histogram."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from analytics.experiment.interval import Floats, Interval

_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000
EDGES_MS = np.array(
    [0, 1_000, 10_000, 30_000]
    + [_MINUTE * n for n in (1, 2, 5, 10, 20, 30)]
    + [_HOUR * n for n in (1, 2, 4, 8, 12)]
    + [_DAY * n for n in (1, 2, 4, 7, 14, 30, 60, 90, 180, 365)],
    dtype=np.float64,
)
"""Where bins begin, as people tell time; the last has no end."""

QUANTILES = (0.5, 0.75, 0.9)


@dataclass(frozen=True, slots=True)
class Durations:
    """How long a step took, in milliseconds.

    Attributes
    ----------
    n : int
        Units that reached the step.
    quantiles : Interval
        Median, third quartile and ninth decile; an end is NaN where there are too few units for it.
    n_by_bin : ndarray of int
        Units by the bins that begin at `EDGES_MS`.
    """

    n: int
    quantiles: Interval
    n_by_bin: Floats


def durations_of(elapsed: Floats, confidence: float = 0.95) -> Durations:
    """Return quantiles and histogram of durations.

    Parameters
    ----------
    elapsed : ndarray of float
        Milliseconds, such as a column of `Progress.elapsed`; NaN is left out.
    confidence : float
        Two-sided level in (0, 1) of each quantile's interval.

    Notes
    -----
    The p-quantile is the smallest duration that at least n p of the units did not exceed. Its interval needs no
    assumption: the durations of rank l and u, l = B(α/2), u = B(1 - α/2) + 1, B the quantiles of the binomial
    distribution of n and p. Only who got there has a duration, and none is longer than the window.

    References
    ----------
    Hahn, G. J., Meeker, W. Q. (1991). Statistical intervals. Wiley, 5.2.

    Examples
    --------
    >>> durations_of(np.array([5.0, 1.0, np.nan, 3.0])).quantiles.value
    array([3., 5., 5.])
    """
    known = np.sort(elapsed[~np.isnan(elapsed)])
    levels = np.array(QUANTILES)
    n_by_bin = np.diff(np.append(np.searchsorted(known, EDGES_MS), known.size))
    if not known.size:
        nothing = np.full(levels.size, np.nan)
        return Durations(0, Interval(nothing, nothing, nothing), n_by_bin)
    value = known[np.ceil(known.size * levels - 1e-9).astype(np.intp) - 1]
    below = binom.ppf((1 - confidence) / 2, known.size, levels)
    above = binom.ppf((1 + confidence) / 2, known.size, levels) + 1
    return Durations(known.size, Interval(value, _ranked(known, below), _ranked(known, above)), n_by_bin)


def _ranked(known: Floats, rank: Floats) -> Floats:
    """Return the durations of these ranks, from 1; NaN where there is none."""
    exists = (rank >= 1) & (rank <= known.size)
    return np.where(exists, known[np.where(exists, rank, 1).astype(np.intp) - 1], np.nan)
