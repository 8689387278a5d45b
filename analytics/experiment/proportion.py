"""Proportions: Wilson's interval of one, Newcombe's of a difference, Katz' of a ratio; over arrays of counts."""

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Interval, as_floats, normal_quantile


def wilson(n_converted: npt.ArrayLike, n: npt.ArrayLike, confidence: float = 0.95) -> Interval:
    """Return proportions with Wilson's score interval.

    Parameters
    ----------
    n_converted, n : array_like
        Conversions and sessions, 0 <= n_converted <= n, broadcast against each other.
    confidence : float
        Two-sided level in (0, 1).

    Returns
    -------
    Interval
        Fractions; all NaN where n is 0.

    Notes
    -----
    With p = x / n the ends are ``(x + z²/2 ± z sqrt(n p (1 - p) + z²/4)) / (n + z²)``: those values of the true
    proportion that a score test at this level does not reject. The ends stay in [0, 1], also at 0 and n conversions.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.

    Examples
    --------
    >>> interval = wilson(3, 10)
    >>> round(float(interval.low), 4), round(float(interval.high), 4)
    (0.1078, 0.6032)
    """
    x, n = as_floats(n_converted, n)
    z = normal_quantile(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = x / n
        centre = (x + z**2 / 2) / (n + z**2)
        half = z * np.sqrt(n * p * (1 - p) + z**2 / 4) / (n + z**2)
    low = np.where(x == 0, 0.0, np.maximum(centre - half, 0.0))
    high = np.where(x == n, 1.0, np.minimum(centre + half, 1.0))
    return Interval(p, np.where(n == 0, np.nan, low), np.where(n == 0, np.nan, high))


def newcombe(
    n_converted: npt.ArrayLike,
    n: npt.ArrayLike,
    n_converted_control: npt.ArrayLike,
    n_control: npt.ArrayLike,
    confidence: float = 0.95,
) -> Interval:
    """Return differences of two independent proportions, treatment minus control, with the hybrid score interval.

    Parameters
    ----------
    n_converted, n : array_like
        Conversions and sessions of the treatment.
    n_converted_control, n_control : array_like
        The same of control.
    confidence : float
        Two-sided level in (0, 1).

    Returns
    -------
    Interval
        Differences of fractions in [-1, 1]; all NaN where either n is 0.

    Notes
    -----
    With Wilson ends (l1, u1) of p1 and (l2, u2) of p2 the interval is ``d - sqrt((p1 - l1)² + (u2 - p2)²)`` to
    ``d + sqrt((u1 - p1)² + (p2 - l2)²)``, d = p1 - p2. Sessions are taken as independent.

    References
    ----------
    Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Statistics in
    Medicine 17, 873-890, method 10.

    Examples
    --------
    >>> interval = newcombe(56, 70, 48, 80)
    >>> round(float(interval.low), 4), round(float(interval.high), 4)
    (0.0524, 0.3339)
    """
    one, two = wilson(n_converted, n, confidence), wilson(n_converted_control, n_control, confidence)
    difference = one.value - two.value
    low = difference - np.hypot(one.value - one.low, two.high - two.value)
    high = difference + np.hypot(one.high - one.value, two.value - two.low)
    return Interval(difference, low, high)


def log_risk_ratio(
    n_converted: npt.ArrayLike,
    n: npt.ArrayLike,
    n_converted_control: npt.ArrayLike,
    n_control: npt.ArrayLike,
    confidence: float = 0.95,
) -> Interval:
    """Return relative differences (lift) of two independent proportions, with an interval on the log scale.

    Parameters
    ----------
    n_converted, n : array_like
        Conversions and sessions of the treatment.
    n_converted_control, n_control : array_like
        The same of control.
    confidence : float
        Two-sided level in (0, 1).

    Returns
    -------
    Interval
        ``p1 / p2 - 1`` as fractions; NaN where control has no conversion or either n is 0. The interval does not
        exist where the treatment has no conversion either.

    Notes
    -----
    ``log(p1 / p2) ± z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2)``, taken back by exp and less 1.

    References
    ----------
    Katz, D., Baptista, J., Azen, S. P., Pike, M. C. (1978). Obtaining confidence intervals for the risk ratio in cohort
    studies. Biometrics 34, 469-474, method C.

    Examples
    --------
    >>> interval = log_risk_ratio(56, 70, 48, 80)
    >>> round(float(interval.value), 4), round(float(interval.low), 4)
    (0.3333, 0.0766)
    """
    x1, n1, x2, n2 = as_floats(n_converted, n, n_converted_control, n_control)
    z = normal_quantile(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(x2 > 0, (x1 / n1) / (x2 / n2), np.nan)
        half = z * np.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
        exists = (x1 > 0) & (x2 > 0)
        low = np.where(exists, np.expm1(np.log(ratio) - half), np.nan)
        high = np.where(exists, np.expm1(np.log(ratio) + half), np.nan)
    return Interval(ratio - 1, low, high)
