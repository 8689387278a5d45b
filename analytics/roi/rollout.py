"""Rollout: what New is worth a year if it serves everybody, or some segments only."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.effect import Effect
from analytics.experiment.interval import Flags, Floats, Interval
from analytics.roi.incremental import chance_above
from analytics.roi.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Rollout:
    """A year of New in place of Old.

    Attributes
    ----------
    margin, profit : Interval
        Of a year, before and after what New costs more.
    chance_of_profit : ndarray of float
        Probability that profit is above 0, from a flat prior.
    n_sessions : ndarray of float
        Sessions that New would serve.
    """

    margin: Interval
    profit: Interval
    chance_of_profit: Floats
    n_sessions: Floats


def margin_per_session(new: Ledger, old: Ledger) -> Effect:
    """Return the difference of margin per session, with Welch's error over users.

    Parameters
    ----------
    new, old : Ledger
        Of one shape, such as segments.
    """
    one, two = new.arm("margin_per_session"), old.arm("margin_per_session")
    parts = one.point.variance, two.point.variance
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = (parts[0] + parts[1]) ** 2 / (parts[0] ** 2 / one.freedom + parts[1] ** 2 / two.freedom)
    return Effect(one.point.value - two.point.value, np.sqrt(parts[0] + parts[1]), freedom)


def rollout_of(
    effect: Effect, n_sessions: Floats, is_served: Flags, yearly_cost: float, confidence: float = 0.95
) -> Rollout:
    """Return what serving segments by New is worth a year.

    Parameters
    ----------
    effect : Effect
        Margin per session, New less Old, of segments that share no user; shape (segments,).
    n_sessions : ndarray of float, shape (segments,)
        Sessions of each segment in a year.
    is_served : ndarray of bool, shape (segments,)
        Which segments New would serve. Chosen by the same data, their effects are those that chance favoured: give
        shrunken effects, or effects of users who did not choose.
    yearly_cost : float
        What New costs more in this year; taken as known.
    confidence : float
        Two-sided level in (0, 1).

    Notes
    -----
    The sum over segments of sessions times effect; variances add up, degrees of freedom by Welch and Satterthwaite. A
    year like the days that were measured is taken for granted: no season, no fading.
    """
    weight = np.where(is_served, n_sessions, 0.0)
    served = weight > 0
    variance = (weight[served] * effect.error[served]) ** 2
    total = np.asarray((weight[served] * effect.value[served]).sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = np.asarray(variance.sum() ** 2 / (variance**2 / effect.freedom[served]).sum())
    yearly = Effect(total, np.asarray(np.sqrt(variance.sum())), np.where(np.isnan(freedom), np.inf, freedom))
    margin = yearly.interval(confidence)
    profit = Interval(*(part - yearly_cost for part in (margin.value, margin.low, margin.high)))
    return Rollout(margin, profit, chance_above(yearly, yearly_cost), np.asarray(weight.sum()))
