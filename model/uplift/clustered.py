"""Clustered: means and shares over sessions with intervals that hold where users come back."""

import numpy as np
from scipy import sparse

from analytics.estimate import Estimate
from analytics.experiment.interval import Floats, normal_quantile
from model.examples import Whole


def sums_by(key: Whole, values: Floats, size: int = 0) -> Floats:
    """Return the sum of the values of each key from 0 on; at least ``size`` of them."""
    return np.bincount(key, values, minlength=size).astype(np.float64)


def covariance_by(user: Whole, part: Whole, influence: Floats, n_parts: int) -> Floats:
    """Return how estimates of parts vary together where the same users are in several of them.

    Parameters
    ----------
    user, part : ndarray of int, shape (n,)
        Of each session.
    influence : ndarray of float, shape (n,)
        What the session moves the estimate of its part by.
    n_parts : int
        How many parts there are.
    """
    moved = sparse.csr_array((influence, (user, part)), shape=(int(user.max()) + 1, n_parts))
    return np.asarray((moved.T @ moved).toarray(), dtype=np.float64)


def influence_by_user(values: Floats, weight: Floats, user: Whole) -> tuple[float, Floats]:
    """Return a weighted mean, and what each user moves it by.

    Parameters
    ----------
    values, weight : ndarray of float, shape (n,)
        What is averaged over sessions; a weight of 0 leaves a session out.
    user : ndarray of int, shape (n,)
        From 0 on.

    Notes
    -----
    ``psi_u = sum over u's sessions of w (v - mean) / sum of all w``; the variance of the mean is ``G / (G - 1) sum
    psi_u^2`` with G users (Liang and Zeger 1986).
    """
    total = weight.sum()
    mean = float(weight @ values / total)
    return mean, sums_by(user, weight * (values - mean) / total)


def standard_error(influence: Floats) -> float:
    """Return the standard error of what moves by ``influence`` with each user."""
    n = int(np.count_nonzero(influence))
    return float(np.sqrt(float(influence @ influence) * n / max(n - 1, 1)))


def around(value: float, error: float, confidence: float, n: float) -> Estimate:
    """Return an estimate with a normal interval.

    Parameters
    ----------
    value, error : float
        Estimate and its standard error.
    confidence : float
        Two-sided level.
    n : float
        Sessions behind it.
    """
    half = normal_quantile(confidence) * error
    return Estimate(value, value - half, value + half, round(n))


def mean_of(values: Floats, weight: Floats, user: Whole, confidence: float) -> Estimate:
    """Return a mean over sessions, clustered by user.

    Parameters
    ----------
    values, weight, user : ndarray
        As for `influence_by_user`.
    confidence : float
        Two-sided level.
    """
    mean, influence = influence_by_user(values, weight, user)
    return around(mean, standard_error(influence), confidence, float(weight.sum()))
