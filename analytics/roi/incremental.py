"""Incremental: what New brought beyond what Old would have brought with the same users."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.experiment.effect import Effect, tail_p
from analytics.experiment.finding import Finding, compare
from analytics.experiment.interval import Floats, Interval
from analytics.experiment.plan import Plan
from analytics.roi.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Incremental:
    """New over Old, for the users that New served; the arrays have one shape.

    Attributes
    ----------
    revenue, margin : Interval
        Before cost; margin is revenue less refunds and goods.
    profit : Interval
        Margin less what New costs more.
    roi : Interval
        Profit by what New costs more; NaN where that is not above 0.
    chance_of_profit : ndarray of float
        Probability that profit is above 0, from a flat prior; where ``roi`` exists, that it is above 0.
    break_even_lift : ndarray of float
        Relative growth of Old's margin per user that would just pay for New; NaN where Old has no margin.
    effect : Effect
        Margin per user, New less Old: all that is unsure.
    """

    revenue: Interval
    margin: Interval
    profit: Interval
    roi: Interval
    chance_of_profit: Floats
    break_even_lift: Floats
    effect: Effect


def incremental_of(new: Ledger, old: Ledger, extra_cost: npt.ArrayLike, plan: Plan) -> Incremental:
    """Return what New brought beyond Old.

    Parameters
    ----------
    new, old : Ledger
        Users who were assigned at random, of one shape.
    extra_cost : array_like
        What New cost more than Old would have with these users, what was spent once included; taken as known.
    plan : Plan
        Method and level of the intervals.

    Notes
    -----
    Means per user, since users were assigned: with n users of New the margin is ``n (m_new - m_old)``, its interval
    that of the difference (`compare`) times n. Profit and ROI are the same less C, and by C.
    """
    n, cost = new.n_users, np.asarray(extra_cost, dtype=np.float64)
    revenue = compare(new.arm("revenue_per_user"), old.arm("revenue_per_user"), plan).difference
    found = compare(new.arm("margin_per_user"), old.arm("margin_per_user"), plan)
    margin, effect = scaled(found.difference, n), effect_of(found)
    profit = Interval(margin.value - cost, margin.low - cost, margin.high - cost)
    roi = _shared(profit, cost)
    with np.errstate(divide="ignore", invalid="ignore"):
        base = old.arm("margin_per_user").point.value
        break_even = np.where(base > 0, cost / (n * base), np.nan)
        chance = chance_above(effect, cost / n)
    return Incremental(scaled(revenue, n), margin, profit, roi, chance, break_even, effect)


def effect_of(finding: Finding) -> Effect:
    """Return the difference of a finding with its error."""
    return Effect(finding.difference.value, finding.error, finding.freedom)


def scaled(interval: Interval, factor: npt.ArrayLike) -> Interval:
    """Return an interval times a number of at least 0."""
    by = np.asarray(factor, dtype=np.float64)
    return Interval(interval.value * by, interval.low * by, interval.high * by)


def chance_above(effect: Effect, threshold: npt.ArrayLike) -> Floats:
    """Return the probability that an effect is above a threshold, from a flat prior; NaN without an error."""
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.where(effect.error > 0, (effect.value - np.asarray(threshold)) / effect.error, np.nan)
    return tail_p(statistic, effect.freedom, "less")


def incremental_share(incremental: Interval, attributed: npt.ArrayLike) -> Interval:
    """Return how much of what is attributed to an engine it brought; NaN where nothing is attributed.

    Parameters
    ----------
    incremental : Interval
        By experiment.
    attributed : array_like
        By a model of credit, in the same unit.
    """
    return _shared(incremental, np.asarray(attributed, dtype=np.float64))


def _shared(interval: Interval, base: Floats) -> Interval:
    """Return an interval by a base; NaN where that is not above 0."""
    by = np.where(base > 0, base, np.nan)
    with np.errstate(over="ignore"):
        return Interval(interval.value / by, interval.low / by, interval.high / by)
