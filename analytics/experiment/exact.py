"""Exact test of two proportions, by the saddlepoint of its conditional distribution; over arrays of counts."""

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, xlog1py, xlogy

from analytics.experiment.interval import Floats, as_floats

_NEAR_CENTRE = 0.02
"""Below this many standard errors the saddlepoint formula cancels; the normal tail holds there."""


def fisher(
    n_converted: npt.ArrayLike, n: npt.ArrayLike, n_converted_rest: npt.ArrayLike, n_rest: npt.ArrayLike
) -> Floats:
    """Return two-sided p-values that two independent proportions are equal.

    Parameters
    ----------
    n_converted, n : array_like
        Conversions and sessions of the one.
    n_converted_rest, n_rest : array_like
        The same of the other.

    Returns
    -------
    ndarray of float
        In [0, 1], within seven percent of the exact ones (mostly within 0.1 %) down to 1e-300; NaN where either n is 0.

    Notes
    -----
    Given both totals the conversions of the one are hypergeometric (Fisher). The p-value is twice the smaller tail,
    which errs to the safe side. A normal approximation would not do: with small expected counts its tail is many times
    too thin where many tests are made. The tail from x on is taken at the saddlepoint with continuity correction: with
    ``x' = x - 1/2``, fitted rates p1 and p2, their log odds ratio s, ``v = n p (1 - p)`` and v0 that of both together,
    ``r = sign(s) sqrt(2 log likelihood ratio)``, ``u = 2 sinh(s / 2) sqrt(v1 v2 / v0)``, and
    ``P = 1 - Phi(r) + phi(r) (1/u - 1/r)``.

    References
    ----------
    Fisher, R. A. (1935). The logic of inductive inference. JRSS 98, 39-82.
    Skovgaard, I. M. (1987). Saddlepoint expansions for conditional distributions. Journal of Applied Probability 24,
    875-887.

    Examples
    --------
    >>> round(float(fisher(30, 100, 15, 100)), 3)
    0.017
    """
    x1, n1, x2, n2 = as_floats(n_converted, n, n_converted_rest, n_rest)
    upper = _tail(x1, n1, x2, n2)
    lower = _tail(n1 - x1, n1, n2 - x2, n2)
    return np.where((n1 > 0) & (n2 > 0), np.minimum(2 * np.minimum(upper, lower), 1.0), np.nan)


def _tail(x1: Floats, n1: Floats, x2: Floats, n2: Floats) -> Floats:
    """Return the probability of at least x1 conversions in the one, given all conversions."""
    least, total, n = np.maximum(x1 + x2 - n2, 0.0), x1 + x2, n1 + n2
    shifted = np.maximum(x1 - 0.5, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        p1, p2, p0 = shifted / n1, (total - shifted) / n2, total / n
        log_odds_ratio = np.log(p1 / (1 - p1)) - np.log(p2 / (1 - p2))
        evidence = _likelihood(p1, n1) + _likelihood(p2, n2) - _likelihood(p0, n)
        r = np.sign(log_odds_ratio) * np.sqrt(2 * np.maximum(evidence, 0.0))
        variance = n1 * p1 * (1 - p1) * n2 * p2 * (1 - p2) / (n * p0 * (1 - p0))
        u = 2 * np.sinh(log_odds_ratio / 2) * np.sqrt(variance)
        density = np.exp(-(r**2) / 2) / np.sqrt(2 * np.pi)
        tail = ndtr(-r) + np.where(np.abs(r) < _NEAR_CENTRE, 0.0, density * (1 / u - 1 / r))
    return np.asarray(np.where(x1 > least, np.clip(tail, 0.0, 1.0), 1.0))


def _likelihood(p: Floats, n: Floats) -> Floats:
    return np.asarray(n * (xlogy(p, p) + xlog1py(1 - p, -p)))
