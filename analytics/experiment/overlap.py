"""Overlap: differences of two selections that may share sessions, from the sums of each and of what they share."""

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from analytics.experiment.interval import Floats, Interval
from analytics.experiment.mean import Sample
from analytics.experiment.proportion import wilson


def overlapping_means(one: Sample, two: Sample, both: Sample, confidence: float = 0.95) -> Interval:
    """Return differences of two means, the one minus the other, where sessions may count in both.

    Parameters
    ----------
    one, two : Sample
        Additive statistics of the two selections.
    both : Sample
        Those of the sessions that are in both; NaN where they are not known.
    confidence : float
        Two-sided level in (0, 1).

    Returns
    -------
    Interval
        In the unit of the number. The interval does not exist where the selections are the same, either n <= 1, nothing
        varies, or what they share is not known.

    Notes
    -----
    A session adds ``(y - m1) / n1`` to the error of the one mean and ``(y - m2) / n2`` to that of the other, so the
    means have the covariance ``c = sum over both of (y - m1)(y - m2) / (n1 n2)`` (with n - 1 as in variances), and the
    difference the variance ``e1 + e2 - 2c``, e = s²/n. Without overlap it is `welch`; its degrees of freedom are kept.

    References
    ----------
    Kish, L. (1965). Survey Sampling. Wiley, section 12.4.
    Derrick, B., Russ, B., Toher, D., White, P. (2017). Test statistics for the comparison of means for two samples that
    include both paired and independent observations. Journal of Modern Applied Statistical Methods 16, 137-157.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        e1, e2 = one.variance / one.n, two.variance / two.n
        correction = np.sqrt(one.n * two.n / ((one.n - 1) * (two.n - 1)))
        variance = e1 + e2 - 2 * correction * _covariance(one, two, both)
        freedom = (e1 + e2) ** 2 / (e1**2 / (one.n - 1) + e2**2 / (two.n - 1))
        exists = (variance > 1e-12 * (e1 + e2)) & (freedom > 0) & ~_is_same(one, two, both)
        error = np.sqrt(np.where(exists, variance, np.nan))
    half = stdtrit(np.where(exists, freedom, 1.0), (1 + confidence) / 2) * error
    value = np.where(_is_same(one, two, both), 0.0 * one.mean, one.mean - two.mean)
    return Interval(value, value - half, value + half)


def overlapping_proportions(one: Sample, two: Sample, both: Sample, confidence: float = 0.95) -> Interval:
    """Return differences of two proportions, the one minus the other, where sessions may count in both.

    Parameters
    ----------
    one, two : Sample
        Sessions, and conversions as both total and squares, of the two selections.
    both : Sample
        The same of the sessions that are in both; NaN where they are not known.
    confidence : float
        Two-sided level in (0, 1).

    Returns
    -------
    Interval
        Differences of fractions. The interval does not exist where the selections are the same, either n is 0, or what
        they share is not known.

    Notes
    -----
    Newcombe's hybrid score interval with the correlation r of the two proportions: with Wilson ends (l1, u1) of p1 and
    (l2, u2) of p2 the low end is ``d - sqrt(a² - 2 r a b + b²)``, a = p1 - l1, b = u2 - p2; the high end is like it.
    r is the covariance of `overlapping_means` over the standard errors ``sqrt(p (1 - p) / n)``. Without overlap it is
    `newcombe`.

    References
    ----------
    Newcombe, R. G. (1998). Improved confidence intervals for the difference between binomial proportions based on
    paired data. Statistics in Medicine 17, 2635-2650, method 10.
    Kish, L. (1965). Survey Sampling. Wiley, section 12.4.
    """
    p1, p2 = (wilson(sample.total, sample.n, confidence) for sample in (one, two))
    covariance = _covariance(one, two, both)
    with np.errstate(divide="ignore", invalid="ignore"):
        errors = np.sqrt(p1.value * (1 - p1.value) / one.n * p2.value * (1 - p2.value) / two.n)
        r = np.where(errors > 0, np.clip(covariance / errors, -1.0, 1.0), 0.0 * covariance)
        r = np.where(_is_same(one, two, both), np.nan, r)
    difference = np.where(_is_same(one, two, both), 0.0 * p1.value, p1.value - p2.value)
    low = difference - _hypotenuse(p1.value - p1.low, p2.high - p2.value, r)
    high = difference + _hypotenuse(p1.high - p1.value, p2.value - p2.low, r)
    return Interval(difference, low, high)


def _covariance(one: Sample, two: Sample, both: Sample) -> Floats:
    """Return the covariance of the two means; 0 where nothing is shared."""
    m1, m2 = one.mean, two.mean
    with np.errstate(divide="ignore", invalid="ignore"):
        cross = both.squares - (m1 + m2) * both.total + m1 * m2 * both.n
        return np.where(both.n == 0, 0.0, cross / (one.n * two.n))


def _is_same(one: Sample, two: Sample, both: Sample) -> npt.NDArray[np.bool_]:
    return np.asarray((one.n == both.n) & (two.n == both.n))


def _hypotenuse(a: Floats, b: Floats, r: Floats) -> Floats:
    return np.sqrt(np.maximum(a**2 - 2 * r * a * b + b**2, 0.0))
