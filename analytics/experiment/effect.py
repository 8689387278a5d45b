"""Effect: treatment against control on some scale, with interval and p-value that never contradict each other."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import log_ndtr, ndtr, ndtri, stdtr, stdtrit

from analytics.experiment.interval import Floats, Interval
from analytics.experiment.statistic import Point

Alternative = Literal["two-sided", "greater", "less"]
"""What is held against "no effect": any effect, treatment is greater, treatment is less."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Estimates of one effect on a scale on which their error is normal; the arrays have one shape.

    Attributes
    ----------
    value : ndarray of float
        Treatment against control; 0 is no effect.
    error : ndarray of float
        Standard error.
    freedom : ndarray of float
        Degrees of freedom of the error; infinite where it is taken as known.
    """

    value: Floats
    error: Floats
    freedom: Floats

    @property
    def as_normal(self) -> "Effect":
        """The same with the error taken as known."""
        return replace(self, freedom=np.full_like(self.freedom, np.inf))

    @property
    def statistic(self) -> Floats:
        """Value by error; NaN where the error is 0 or does not exist."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.error > 0, self.value / self.error, np.nan)

    def p_value(self, alternative: Alternative = "two-sided") -> Floats:
        """Return p-values of "no effect", from the far tail itself, so down to 1e-300."""
        return tail_p(self.statistic, self.freedom, alternative)

    def interval(self, confidence: float = 0.95, alternative: Alternative = "two-sided") -> Interval:
        """Return those effects that the test at this level does not reject.

        Parameters
        ----------
        confidence : float
            Level in (0, 1).
        alternative : {"two-sided", "greater", "less"}
            "greater" has a low end alone, "less" a high end; the other end is infinite.
        """
        level = (1 + confidence) / 2 if alternative == "two-sided" else confidence
        exists = (self.error > 0) & (self.freedom > 0)
        freedom = np.where(exists, self.freedom, 1.0)
        quantile = np.where(np.isinf(freedom), -ndtri(1 - level), stdtrit(np.minimum(freedom, 1e300), level))
        return self.within(np.where(exists, quantile, np.nan), alternative)

    def within(self, critical: npt.ArrayLike, alternative: Alternative = "two-sided") -> Interval:
        """Return the interval of so many standard errors.

        Parameters
        ----------
        critical : array_like
            Half-width in standard errors, such as a boundary of a sequential test.
        alternative : {"two-sided", "greater", "less"}
            As in `interval`.
        """
        half = np.where(self.error > 0, np.asarray(critical) * self.error, np.nan)
        return one_sided(Interval(self.value, self.value - half, self.value + half), alternative)


def difference_of(treatment: Point, control: Point) -> Effect:
    """Return differences, treatment minus control, with Welch's degrees of freedom.

    Parameters
    ----------
    treatment, control : Point
        Independent of each other, broadcast against each other.

    Notes
    -----
    ``d = m1 - m2``, error ``sqrt(v1 + v2)``, freedom ``(v1 + v2)² / (v1² / (n1 - 1) + v2² / (n2 - 1))``.

    References
    ----------
    Welch, B. L. (1947). The generalization of "Student's" problem when several different population variances are
    involved. Biometrika 34, 28-35.
    """
    value = treatment.value - control.value
    return _effect(value, (treatment.variance, control.variance), (treatment.n, control.n))


def log_ratio_of(treatment: Point, control: Point) -> Effect:
    """Return logarithms of the ratio of two positive values, treatment by control; `as_lift` takes intervals back.

    Parameters
    ----------
    treatment, control : Point
        Independent of each other, broadcast against each other.

    Notes
    -----
    ``log(m1 / m2)`` with the variance ``v1 / m1² + v2 / m2²``; it does not exist where either is not above 0. Of
    proportions, as normal, this is Katz' interval. The relative difference itself with a normal error is not offered:
    its interval covers as little as 76 %.

    References
    ----------
    Katz, D., Baptista, J., Azen, S. P., Pike, M. C. (1978). Obtaining confidence intervals for the risk ratio in cohort
    studies. Biometrics 34, 469-474.
    """
    exists = (treatment.value > 0) & (control.value > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(exists, np.log(treatment.value / control.value), np.nan)
        variances = (treatment.variance / treatment.value**2, control.variance / control.value**2)
    return _effect(value, variances, (treatment.n, control.n))


def pooled_difference(treatment: Point, control: Point) -> Effect:
    """Return differences of two proportions with the error that they have if they are equal.

    Parameters
    ----------
    treatment, control : Point
        Of proportions, with n units each.

    Notes
    -----
    ``sqrt(p (1 - p) (1 / n1 + 1 / n2))``, p of both together: the error of the z test, not one for an interval.
    """
    n1, n2 = treatment.n, control.n
    with np.errstate(divide="ignore", invalid="ignore"):
        p = (treatment.value * n1 + control.value * n2) / (n1 + n2)
        error = np.sqrt(np.maximum(p * (1 - p), 0.0) * (1 / n1 + 1 / n2))
    value = treatment.value - control.value
    return Effect(value, error, np.full_like(value, np.inf))


def as_lift(interval: Interval) -> Interval:
    """Return the interval of a log ratio as relative differences, ``exp(.) - 1``."""
    return Interval(np.expm1(interval.value), np.expm1(interval.low), np.expm1(interval.high))


def tail_p(statistic: Floats, freedom: npt.ArrayLike, alternative: Alternative = "two-sided") -> Floats:
    """Return the p-values of a statistic with Student's distribution.

    Parameters
    ----------
    statistic : ndarray of float
        Value by error.
    freedom : array_like
        Degrees of freedom; infinite for the normal distribution.
    alternative : {"two-sided", "greater", "less"}
        Which tail.
    """
    tail = {"two-sided": -np.abs(statistic), "greater": -statistic, "less": statistic}[alternative]
    known = np.isinf(freedom)
    p = np.where(known, ndtr(tail), stdtr(np.where(known, 1.0, freedom), tail))
    return np.asarray(2 * p if alternative == "two-sided" else p)


def log_normal_p(statistic: Floats, alternative: Alternative = "two-sided") -> Floats:
    """Return natural logarithms of normal p-values, however small.

    Parameters
    ----------
    statistic : ndarray of float
        Value by error.
    alternative : {"two-sided", "greater", "less"}
        Which tail.
    """
    tail = {"two-sided": -np.abs(statistic), "greater": -statistic, "less": statistic}[alternative]
    return np.asarray(log_ndtr(tail) + (np.log(2) if alternative == "two-sided" else 0.0))


def one_sided(interval: Interval, alternative: Alternative) -> Interval:
    """Return the interval with the end that the alternative does not bound made infinite; NaN ends stay."""
    low, high = interval.low, interval.high
    if alternative == "less":
        low = np.where(np.isnan(high), np.nan, -np.inf)
    if alternative == "greater":
        high = np.where(np.isnan(low), np.nan, np.inf)
    return Interval(interval.value, low, high)


def _effect(value: Floats, variances: tuple[Floats, Floats], n: tuple[Floats, Floats]) -> Effect:
    v1, v2 = variances
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = (v1 + v2) ** 2 / (v1**2 / (n[0] - 1) + v2**2 / (n[1] - 1))
        return Effect(value, np.sqrt(v1 + v2), np.asarray(freedom))
