"""Score test and Miettinen-Nurminen intervals of two proportions: difference, lift and p-value that always agree."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from analytics.experiment.effect import Alternative, tail_p
from analytics.experiment.interval import Flags, Floats, Interval
from analytics.experiment.root import root_near
from analytics.experiment.statistic import Proportion

_STEP, _FLAT = 1e-12, 1e-60
_FAR = 60.0
"""Logarithm of a ratio beyond which nothing is looked for."""
_EVERYTHING = 1e9
"""Critical value from which no effect is left out: what it leaves out lies beyond what is looked for."""

_NEAR = 0.8, 1.25
"""Ends by those of a normal statistic, between which most are."""

Counts = tuple[Floats, Floats, Floats, Floats]


def score_statistic(treatment: Proportion, control: Proportion) -> Floats:
    """Return the score statistic of equal proportions; NaN where either n is 0 or nothing varies.

    Parameters
    ----------
    treatment, control : Proportion
        Independent of each other, broadcast against each other.

    Notes
    -----
    That of the pooled z test times ``sqrt((N - 1) / N)``, N units in both. `score_difference` and `score_lift` hold "no
    effect" exactly where its absolute value is at most the critical one.
    """
    x1, n1, x2, n2 = _counts(treatment, control)
    with np.errstate(divide="ignore", invalid="ignore"):
        p, n = (x1 + x2) / (n1 + n2), n1 + n2
        return np.asarray((x1 / n1 - x2 / n2) / np.sqrt(p * (1 - p) * (1 / n1 + 1 / n2) * n / (n - 1)))


def score_p_value(treatment: Proportion, control: Proportion, alternative: Alternative = "two-sided") -> Floats:
    """Return the p-values of `score_statistic`; 1 (one-sided 0.5) where nothing varies.

    Parameters
    ----------
    treatment, control : Proportion
        Independent of each other, broadcast against each other.
    alternative : {"two-sided", "greater", "less"}
        Which tail.
    """
    statistic = score_statistic(treatment, control)
    has_units = (treatment.n > 0) & (control.n > 0)
    return tail_p(np.where(has_units & np.isnan(statistic), 0.0, statistic), np.inf, alternative)


def score_difference(treatment: Proportion, control: Proportion, critical: npt.ArrayLike) -> Interval:
    """Return differences of two proportions with the score interval of Miettinen and Nurminen.

    Parameters
    ----------
    treatment, control : Proportion
        Independent of each other, broadcast against each other.
    critical : array_like
        Largest absolute statistic that is not rejected: the normal quantile of a level, or a sequential boundary.

    Returns
    -------
    Interval
        Differences in [-1, 1]; all NaN where either n is 0.

    Notes
    -----
    All d for which ``|p1 - p2 - d| <= z sqrt((P1 (1 - P1) / n1 + P2 (1 - P2) / n2) N / (N - 1))``, P1 and P2 the most
    likely proportions whose difference is d (a root of a cubic).

    References
    ----------
    Miettinen, O., Nurminen, M. (1985). Comparative analysis of two rates. Statistics in Medicine 4, 213-226.
    """
    counts, bound = _with_bound(treatment, control, critical)
    x1, n1, x2, n2 = counts
    with np.errstate(divide="ignore", invalid="ignore"):
        value = x1 / n1 - x2 / n2
    exists = np.isfinite(value) & np.isfinite(bound)
    limits = ((-1.0, value - _STEP), (value + _STEP, 1.0))
    can_exist = (exists & (value > -1), exists & (value < 1))
    low, high = _ends(_excess_difference, limits, (counts, bound), can_exist, _spread(counts))
    low, high = (np.where(exists & np.isnan(end), value, end) for end in (low, high))
    return _unbounded(Interval(value, low, high), bound, (-1.0, 1.0))


def score_lift(treatment: Proportion, control: Proportion, critical: npt.ArrayLike) -> Interval:
    """Return relative differences of two proportions with the score interval of Miettinen and Nurminen.

    Parameters
    ----------
    treatment, control : Proportion
        Independent of each other, broadcast against each other.
    critical : array_like
        As in `score_difference`.

    Returns
    -------
    Interval
        ``p1 / p2 - 1``, NaN where control has no conversion; its low end is -1 where the treatment has none, its high
        end infinite where control has none. All NaN where either n is 0.

    References
    ----------
    Miettinen, O., Nurminen, M. (1985). Comparative analysis of two rates. Statistics in Medicine 4, 213-226.
    """
    counts, bound = _with_bound(treatment, control, critical)
    x1, n1, x2, n2 = counts
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(x2 > 0, (x1 / n1) / (x2 / n2), np.nan)
        centre = np.clip(np.log(x1 / n1) - np.log(x2 / n2), -_FAR, _FAR)
    has_units = (n1 > 0) & (n2 > 0) & np.isfinite(bound)
    centre = np.where((x1 == 0) & (x2 == 0), 0.0, centre)
    limits = (
        (-_FAR, np.maximum(centre - _STEP, _STEP - _FAR)),
        (np.minimum(centre + _STEP, _FAR - _STEP), _FAR),
    )
    can_exist = (has_units & (x1 > 0), has_units & (x2 > 0))
    low, high = _ends(_excess_ratio, limits, (counts, bound), can_exist, np.sqrt(1 / (x1 + 0.5) + 1 / (x2 + 0.5)))
    seen = np.where(x2 > 0, value - 1, np.inf)
    low, high = (np.where(has_units & np.isnan(end), seen, np.expm1(end)) for end in (low, high))
    low, high = np.where(has_units & (x1 == 0), -1.0, low), np.where(has_units & (x2 == 0), np.inf, high)
    return _unbounded(Interval(value - 1, low, high), bound, (-1.0, np.inf))


def lift_statistic(treatment: Proportion, control: Proportion, lift: npt.ArrayLike) -> Floats:
    """Return the score statistic of a lift; `score_lift` holds those whose absolute statistic is at most the critical.

    Parameters
    ----------
    treatment, control : Proportion
        Independent of each other, broadcast against each other.
    lift : array_like
        Relative difference that is tested, above -1.
    """
    x1, n1, x2, n2, lifts = np.broadcast_arrays(*_counts(treatment, control), np.asarray(lift, dtype=np.float64))
    ratio = 1 + lifts
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((x1 / n1 - ratio * x2 / n2) / _ratio_error(ratio, (x1, n1, x2, n2)))


def _counts(treatment: Proportion, control: Proportion) -> Counts:
    x1, n1, x2, n2 = np.broadcast_arrays(treatment.n_converted, treatment.n, control.n_converted, control.n)
    return x1, n1, x2, n2


def _with_bound(treatment: Proportion, control: Proportion, critical: npt.ArrayLike) -> tuple[Counts, Floats]:
    *counts, bound = np.broadcast_arrays(*_counts(treatment, control), np.asarray(critical, dtype=np.float64))
    return (counts[0], counts[1], counts[2], counts[3]), bound


def _unbounded(interval: Interval, bound: Floats, limits: tuple[float, float]) -> Interval:
    """Return the interval with everything possible where the critical value is as good as infinite."""
    is_open = (bound > _EVERYTHING) & (np.isfinite(interval.value) | ~np.isnan(interval.low))
    return Interval(
        interval.value, np.where(is_open, limits[0], interval.low), np.where(is_open, limits[1], interval.high)
    )


def _spread(counts: Counts) -> Floats:
    """Return the error of the difference, of proportions that are neither 0 nor 1."""
    x1, n1, x2, n2 = counts
    p1, p2 = (x1 + 0.5) / (n1 + 1), (x2 + 0.5) / (n2 + 1)
    return np.asarray(np.sqrt(p1 * (1 - p1) / (n1 + 1) + p2 * (1 - p2) / (n2 + 1)))


def _ends(
    excess: Callable[..., Floats],
    limits: tuple[tuple[npt.ArrayLike, npt.ArrayLike], tuple[npt.ArrayLike, npt.ArrayLike]],
    given: tuple[Counts, Floats],
    exist: tuple[Flags, Flags],
    spread: Floats,
) -> tuple[Floats, Floats]:
    """Return low and high ends, searched for together; NaN where they need not exist.

    They are likely to be near to where a normal statistic with this spread has them.
    """
    counts, bound = given
    found, exists = np.full((2, *bound.shape), np.nan), np.stack(exist)
    if exists.any():
        first, last = (np.stack([np.broadcast_to(side[end], bound.shape) for side in limits]) for end in (0, 1))
        both = (*(np.stack([count, count]) for count in counts), np.stack([-bound, bound]), np.stack([spread, spread]))
        first, last, *args, reach = (each[exists] for each in (first, last, *both))
        seen, away = np.where(args[-1] < 0, last, first), args[-1] * reach
        guess = np.sort([seen + _NEAR[0] * away, seen + _NEAR[1] * away], axis=0)
        with np.errstate(invalid="ignore"):
            found[exists] = root_near(excess, (guess[0], guess[1]), (first, last), tuple(args))
    return found[0], found[1]


def _excess_difference(gap: Floats, *given: Floats) -> Floats:
    """Return by how much a difference is farther from what was seen than the bound; the bound's sign is the side."""
    x1, n1, x2, n2, bound = given
    p2 = _restricted(gap, (x1, n1, x2, n2))
    p1, n = p2 + gap, n1 + n2
    variance = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * n / (n - 1)
    return np.asarray(gap - (x1 / n1 - x2 / n2) - bound * np.sqrt(np.maximum(variance, 0.0)))


def _restricted(gap: Floats, counts: Counts) -> Floats:
    """Return the most likely proportion of control where that of the treatment is greater by a gap."""
    x1, n1, x2, n2 = counts
    n, x = n1 + n2, x1 + x2
    a, b, c = (
        ((n1 + 2 * n2) * gap - n - x) / n,
        ((n2 * gap - n - 2 * x2) * gap + x) / n,
        x2 * gap * (1 - gap) / n,
    )
    q = (a / 3) ** 3 - a * b / 6 + c / 2
    p = np.where(q >= 0, 1.0, -1.0) * np.sqrt(np.maximum((a / 3) ** 2 - b / 3, _FLAT))
    angle = (np.pi + np.arccos(np.clip(q / p**3, -1.0, 1.0))) / 3
    low, high = np.maximum(0.0, -gap), np.minimum(1.0, 1 - gap)
    found = np.clip(2 * p * np.cos(angle) - a / 3, low, high)
    slope = (3 * found + 2 * a) * found + b
    step = (((found + a) * found + b) * found + c) / np.where(slope == 0, 1.0, slope)
    return np.asarray(np.clip(np.where(np.abs(step) < 1e-6, found - step, found), low, high))


def _excess_ratio(log_ratio: Floats, *given: Floats) -> Floats:
    """Return by how much a ratio is farther from what was seen than the bound; the bound's sign is the side."""
    x1, n1, x2, n2, bound = given
    ratio = np.exp(log_ratio)
    excess = ratio * x2 / n2 - x1 / n1 - bound * _ratio_error(ratio, (x1, n1, x2, n2))
    return np.asarray(excess / (1 + ratio))


def _ratio_error(ratio: Floats, counts: Counts) -> Floats:
    """Return the error of ``p1 - ratio p2`` where the proportions are the most likely ones with that ratio."""
    x1, n1, x2, n2 = counts
    n, u, v = n1 + n2, (n1 + x2) * ratio, n2 + x1
    root = np.sqrt((u - v) ** 2 + 4 * ratio * (n1 - x1) * (n2 - x2))
    p2 = np.minimum(2 * (x1 + x2) / (u + v + root), 1.0)
    p1 = np.minimum(ratio * p2, 1.0)
    variance = (p1 * (1 - p1) / n1 + ratio**2 * p2 * (1 - p2) / n2) * n / (n - 1)
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))
