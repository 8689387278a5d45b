"""Interval: point estimates with the ends of their confidence intervals, as arrays."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Interval:
    """Estimates of one kind; the arrays have one shape.

    Attributes
    ----------
    value : ndarray of float
        Point estimates; NaN where there is nothing to estimate from.
    low, high : ndarray of float
        Ends of the two-sided intervals; NaN where the interval does not exist.
    """

    value: Floats
    low: Floats
    high: Floats

    @property
    def excludes_zero(self) -> Flags:
        """Where the whole interval lies on one side of 0; False where it does not exist."""
        return np.asarray((self.low > 0) | (self.high < 0))


def as_floats(*values: Any) -> tuple[Floats, ...]:
    """Return the values as float arrays of one common shape."""
    return tuple(np.array(a) for a in np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in values)))


def normal_quantile(confidence: float) -> float:
    """Return z, the half-width of a two-sided normal interval in standard errors.

    Parameters
    ----------
    confidence : float
        Level in (0, 1).

    Examples
    --------
    >>> round(normal_quantile(0.95), 6)
    1.959964
    """
    return float(-ndtri((1 - confidence) / 2))


def bonferroni(confidence: float, n_comparisons: int) -> float:
    """Return the level at which each of several intervals is taken so that all hold together at ``confidence``.

    Parameters
    ----------
    confidence : float
        Level that all intervals together shall have.
    n_comparisons : int
        How many there are; 0 counts as 1.

    References
    ----------
    Dunn, O. J. (1961). Multiple comparisons among means. JASA 56, 52-64.

    Examples
    --------
    >>> round(bonferroni(0.95, 2), 4)
    0.975
    """
    return 1 - (1 - confidence) / max(n_comparisons, 1)
