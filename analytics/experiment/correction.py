"""Correction of p-values for the number of tests."""

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Floats


def holm(p_values: npt.ArrayLike) -> Floats:
    """Return p-values such that "below alpha" is wrong anywhere among them with a probability of at most alpha.

    Parameters
    ----------
    p_values : array_like, shape (k,)
        One for each test; the tests may depend on each other in any way.

    Returns
    -------
    ndarray of float, shape (k,)
        At most 1, in the order given.

    Notes
    -----
    Sorted ascending, the i-th of k is ``max over j <= i of (k - j + 1) p_j``, cut at 1.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6,
    65-70.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    given = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(given, kind="stable")
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(np.maximum.accumulate(given[order] * np.arange(given.size, 0, -1)), 1.0)
    return adjusted


def benjamini_hochberg(p_values: npt.ArrayLike) -> Floats:
    """Return p-values such that of all those called "below alpha" at most the part alpha is wrong on average.

    Parameters
    ----------
    p_values : array_like, shape (k,)
        One for each test; independent, or such that a small one makes others smaller rather than larger.

    Returns
    -------
    ndarray of float, shape (k,)
        At most 1, in the order given.

    Notes
    -----
    Sorted ascending, the i-th of k is ``min over j >= i of k p_j / j``.

    References
    ----------
    Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate: a practical and powerful approach to
    multiple testing. JRSS B 57, 289-300.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    given = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(given, kind="stable")[::-1]
    adjusted = np.empty_like(given)
    scaled = given[order] * given.size / np.arange(given.size, 0, -1)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return adjusted
