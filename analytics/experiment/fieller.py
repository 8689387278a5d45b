"""Fieller's interval of a ratio: agrees with the test of the difference at every level."""

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Floats, Interval
from analytics.experiment.statistic import Point


def fieller_lift(treatment: Point, control: Point, critical: npt.ArrayLike) -> Interval:
    """Return relative differences of two means or ratios with Fieller's interval.

    Parameters
    ----------
    treatment, control : Point
        Independent of each other, broadcast against each other.
    critical : array_like
        Largest absolute statistic that is not rejected, at least 0.

    Returns
    -------
    Interval
        ``m1 / m2 - 1``, NaN where control's value is not above 0. An end is infinite where the data do not bound it,
        as where control's value may be 0.

    Notes
    -----
    All ratios r with ``|m1 - r m2| <= c sqrt(v1 + r² v2)``; ends are roots of
    ``(m2² - c² v2) r² - 2 m1 m2 r + m1² - c² v1``.
    At r = 1 that is the test of the difference, so both agree on "no effect" whatever c is. Where the set has two
    parts, that with the estimate is given; all ratios, where 1 lies in the other part.

    References
    ----------
    Fieller, E. C. (1954). Some problems in interval estimation. JRSS B 16, 175-185.
    """
    m1, v1, m2, v2, bound = np.broadcast_arrays(
        treatment.value, treatment.variance, control.value, control.variance, np.asarray(critical, dtype=np.float64)
    )
    exists = (m2 > 0) & np.isfinite(m1) & ~np.isnan(bound) & (v1 + v2 > 0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        value = np.where(m2 > 0, m1 / m2, np.nan)
        a, b, g = 1 - bound**2 * (v2 / m2**2), value, value**2 - bound**2 * (v1 / m2**2)
        root = np.sqrt(b**2 - a * g)
        far = b + np.where(b < 0, -root, root)
        ends = far / a, g / far
        first, second = np.fmin(*ends), np.fmax(*ends)
    low, high = _part_with(value, (first, second), is_open=~((a > 0) | ((a == 0) & (b != 0))))
    return Interval(value - 1, np.where(exists, low - 1, np.nan), np.where(exists, high - 1, np.nan))


def _part_with(value: Floats, roots: tuple[Floats, Floats], *, is_open: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return the part of the set in which the estimate lies."""
    first, second = roots
    is_above = value >= second
    has_one_elsewhere = np.where(is_above, first >= 1, second <= 1)
    is_all = is_open & (np.isnan(first) | has_one_elsewhere)
    low = np.where(is_open, np.where(is_above & ~is_all, second, -np.inf), first)
    high = np.where(is_open, np.where(is_above | is_all, np.inf, first), second)
    return low, high
