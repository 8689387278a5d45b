"""Means: Student's interval of one and Welch's of a difference, from n, sum and sum of squares; vectorised."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from analytics.experiment.interval import Floats, Interval, as_floats


@dataclass(frozen=True, slots=True)
class Sample:
    """Additive statistics of a number; the arrays have one shape.

    Attributes
    ----------
    n : ndarray of float
        Sessions in which the number is known.
    total : ndarray of float
        Its sum.
    squares : ndarray of float
        The sum of its squares.
    """

    n: Floats
    total: Floats
    squares: Floats

    @classmethod
    def of(cls, n: npt.ArrayLike, total: npt.ArrayLike, squares: npt.ArrayLike) -> "Sample":
        """Return the sample of these sums, broadcast to one shape."""
        return cls(*as_floats(n, total, squares))

    @property
    def mean(self) -> Floats:
        """``total / n``; NaN where n is 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.n > 0, self.total / self.n, np.nan)

    @property
    def variance(self) -> Floats:
        """Sample variance ``(squares - total²/n) / (n - 1)``; NaN where n <= 1, 0 where only rounding is left of it."""
        with np.errstate(divide="ignore", invalid="ignore"):
            centred = self.squares - self.total**2 / self.n
            rounding = 4 * np.finfo(np.float64).eps * np.abs(self.squares)
            return np.where(self.n > 1, np.where(centred <= rounding, 0.0, centred) / (self.n - 1), np.nan)


def student(sample: Sample, confidence: float = 0.95) -> Interval:
    """Return means with Student's interval.

    Parameters
    ----------
    sample : Sample
        The additive statistics.
    confidence : float
        Two-sided level in (0, 1).

    Returns
    -------
    Interval
        In the unit of the number. The interval does not exist where n <= 1 or all values are equal: such data say
        nothing about how far the mean may be off.

    Notes
    -----
    ``mean ± t(n - 1) s / sqrt(n)``; the normal interval at the n of session logs.

    References
    ----------
    Student (1908). The probable error of a mean. Biometrika 6, 1-25.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(sample.variance / sample.n)
    return _interval(sample.mean, error, sample.n - 1, confidence)


def welch(treatment: Sample, control: Sample, confidence: float = 0.95) -> Interval:
    """Return differences of two independent means, treatment minus control, for unequal variances.

    Parameters
    ----------
    treatment, control : Sample
        The additive statistics, broadcast against each other.
    confidence : float
        Two-sided level in (0, 1).

    Returns
    -------
    Interval
        In the unit of the number; the interval does not exist where either n <= 1 or nothing varies.

    Notes
    -----
    ``m1 - m2 ± t(v) sqrt(e1 + e2)`` with e = s²/n and ``v = (e1 + e2)² / (e1²/(n1 - 1) + e2²/(n2 - 1))``.

    References
    ----------
    Welch, B. L. (1947). The generalization of "Student's" problem when several different population variances are
    involved. Biometrika 34, 28-35.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        e1, e2 = treatment.variance / treatment.n, control.variance / control.n
        freedom = (e1 + e2) ** 2 / (e1**2 / (treatment.n - 1) + e2**2 / (control.n - 1))
    return _interval(treatment.mean - control.mean, np.sqrt(e1 + e2), freedom, confidence)


def _interval(value: Floats, error: Floats, freedom: Floats, confidence: float) -> Interval:
    exists = (error > 0) & (freedom > 0)
    quantile = stdtrit(np.where(exists, freedom, 1.0), (1 + confidence) / 2)
    half = np.where(exists, quantile * error, np.nan)
    return Interval(value, value - half, value + half)
