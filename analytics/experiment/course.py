"""Course: how an effect goes on over days, when users come on several of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analytics.experiment.arm import Arm
from analytics.experiment.effect import Effect
from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Moments, Point, Proportion


def sidak(confidence: float, n_comparisons: int) -> float:
    """Return the level at which each of several intervals is taken so that all hold together.

    Parameters
    ----------
    confidence : float
        Level that all intervals together shall have.
    n_comparisons : int
        How many there are; 0 counts as 1.

    Notes
    -----
    ``confidence^(1/k)``: exact for independent intervals, and on the safe side for normal ones that depend on each
    other in any way.

    References
    ----------
    Sidak, Z. (1967). Rectangular confidence regions for the means of multivariate normal distributions. JASA 62,
    626-633.

    Examples
    --------
    >>> round(sidak(0.95, 2), 4)
    0.9747
    """
    return float(confidence ** (1 / max(n_comparisons, 1)))


def summed(moments: Moments, spans: Sequence[slice]) -> Moments:
    """Return moments over spans of their first axis; a unit counts once for each place of a span.

    Parameters
    ----------
    moments : Moments
        Days along the first axis.
    spans : sequence of slice
        Days that belong together.
    """
    return Moments(
        *(
            np.stack([values[span].sum(axis=0) for span in spans])
            for values in (moments.n, moments.totals, moments.products)
        )
    )


def inflation(whole: Arm, by_day: Arm) -> Floats:
    """Return how many times the variance over users is that over users and days, at least 1.

    Parameters
    ----------
    whole : Arm
        Units are users with all their sessions.
    by_day : Arm
        The same sessions; units are users on one day.

    Notes
    -----
    The sums of a user on several days are alike. Where days are added up without knowing how alike, the variance is
    taken this many times; over fewer days than all it is less, so this errs to the safe side, and over all days it is
    exact.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        found = whole.point.variance / by_day.point.variance
    return np.where(np.isfinite(found), np.maximum(found, 1.0), 1.0)


def inflated(arm: Arm, factor: Floats) -> Arm:
    """Return an arm whose variance is so many times as large.

    Parameters
    ----------
    arm : Arm
        Variants along the last axis.
    factor : ndarray of float
        At least 1.
    """
    if arm.counts is None:
        return replace(arm, point=replace(arm.point, variance=arm.point.variance * factor))
    counts = Proportion(arm.counts.n_converted / factor, arm.counts.n / factor)
    point: Point = counts.point
    return replace(arm, counts=counts, point=point)


def slope_of(effect: Effect, place: Floats) -> Effect:
    """Return by how much effects change from one place to the next, weighted by their precision.

    Parameters
    ----------
    effect : Effect, shape (k,)
        Log ratios of days or spans, all of them known.
    place : ndarray of float, shape (k,)
        Where they stand, such as the logarithm of days; at least two different ones.

    Notes
    -----
    Weighted least squares, days taken as independent. The sums of a user who comes on two days are alike, which moves
    both effects the same way: with about as many users in common between any two days the covariances are equal, and
    since the weights of a slope add up to 0, they make it *more* certain than is said here.
    """
    weight = effect.error**-2
    centred = place - np.average(place, weights=weight)
    spread = (weight * centred**2).sum()
    error = np.asarray(spread**-0.5)
    return Effect(np.asarray((weight * centred * effect.value).sum() / spread), error, np.asarray(np.inf))
