"""Mixture: sums of weighted chi-squared variables, and p-values of several tests taken together."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.stats import chi2

from model.examples import Floats

_LEAST_P, _MOST_P = 1e-15, 0.9


def tail(value: float, weights: Floats, noncentrality: float = 0.0) -> float:
    """Return the probability that a weighted sum of chi-squared variables exceeds a value.

    Parameters
    ----------
    value : float
        The sum observed.
    weights : ndarray of float
        One for each variable of one degree of freedom, none negative.
    noncentrality : float
        In total; each variable's share of it goes with its weight.

    Notes
    -----
    A gamma distribution with the first three cumulants of the sum (Imhof 1961, section 4). Exact where all weights are
    equal.

    References
    ----------
    Imhof, J. P. (1961). Computing the distribution of quadratic forms in normal variables. Biometrika 48, 419-426.

    Examples
    --------
    >>> round(tail(18.307, np.ones(10)), 4)
    0.05
    """
    positive = weights[weights > 0]
    if not len(positive):
        return 1.0
    shifts = noncentrality * positive / positive.sum()
    mean, half, third = ((positive**order * (1 + order * shifts)).sum() for order in (1, 2, 3))
    degrees = half**3 / third**2
    return float(chi2.sf((value - mean) / np.sqrt(half / degrees) + degrees, degrees))


def noncentrality_at(value: float, weights: Floats, probability: float) -> float:
    """Return the noncentrality under which the sum exceeds a value with a given probability; 0 where none is needed."""
    if tail(value, weights) >= probability:
        return 0.0
    high = 1.0
    while tail(value, weights, high) < probability:
        high *= 2
    return float(brentq(lambda shift: tail(value, weights, shift) - probability, 0.0, high, xtol=1e-6))


def quantile(probability: float, weights: Floats) -> float:
    """Return the value that the sum exceeds with a given probability."""
    scale = float(weights.sum())
    return float(brentq(lambda value: tail(value, weights) - probability, 0.0, 1e3 * scale, xtol=1e-9 * scale))


def combined(p_values: npt.ArrayLike, shares: npt.ArrayLike) -> float:
    """Return one p-value for several tests that may depend on each other.

    Parameters
    ----------
    p_values : array_like, shape (k,)
        One for each test.
    shares : array_like, shape (k,)
        How much each counts; they need not add up to 1.

    Notes
    -----
    Cauchy combination: the mean of ``tan(pi (1/2 - p))`` is Cauchy in its tail, however the tests depend on each other.
    Each p is taken as at most 0.9, so that one test near 1 does not outweigh another near 0.

    References
    ----------
    Liu, Y., Xie, J. (2020). Cauchy combination test: a powerful test with analytic p-value calculation under arbitrary
    dependency structures. JASA 115, 393-402.

    Examples
    --------
    >>> round(combined([0.001, 0.5, 0.5], [1, 1, 1]), 5)
    0.003
    """
    p = np.clip(np.asarray(p_values, dtype=np.float64), _LEAST_P, _MOST_P)
    share = np.asarray(shares, dtype=np.float64) / np.sum(shares)
    return float(0.5 - np.arctan(share @ np.tan(np.pi * (0.5 - p))) / np.pi)
