"""Midway: what may still be shown by a comparison that is running, and how many days that takes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

from analytics.experiment.interval import Floats
from analytics.experiment.power.crossing import stopping
from analytics.experiment.power.pace import Pace, Span
from analytics.experiment.power.rule import Rule

FUTILE = 0.05
"""Chance of success below which going on is called futile."""
_FARTHEST = 1e4


@dataclass(frozen=True, slots=True)
class Midway:
    """What is known of one comparison before its planned end.

    Attributes
    ----------
    statistic : float
        Value by error so far, positive in the direction that is looked for.
    n : float
        Units so far of all variants.
    n_planned : float
        Units at the planned end; a sequence is tuned for them.
    planned_statistic : float
        What the statistic would be on average by now, were the planned lift true: the planned lift, times control, by
        the error so far.
    """

    statistic: float
    n: float
    n_planned: float
    planned_statistic: float

    @property
    def fraction(self) -> float:
        """Information so far by that of the planned end."""
        return self.n / self.n_planned


@dataclass(frozen=True, slots=True)
class DaysLeft:
    """How long a comparison still has to run.

    Attributes
    ----------
    planned_end : Span
        Days to the planned number of units; 0 where it is reached.
    if_planned, if_observed : Span or None
        Days until the chance to have shown a lift is as wanted, were the planned lift true, or that seen so far; None
        where no number of units gives it, or where the method allows none beyond the planned end.
    power_if_planned, power_if_observed : float
        Chance to show a lift by the planned end, given what was seen, were either true.
    predictive : float
        The same, averaged over all lifts that what was seen leaves likely.
    is_futile : bool
        Whether the chance is small both on average and were the planned lift true, before the planned end.
    """

    planned_end: Span
    if_planned: Span | None
    if_observed: Span | None
    power_if_planned: float
    power_if_observed: float
    predictive: float
    is_futile: bool


def days_left(midway: Midway, pace: Pace, rule: Rule, power: float = 0.8) -> DaysLeft:
    """Return how long a comparison still has to run.

    Parameters
    ----------
    midway : Midway
        What is known so far.
    pace : Pace
        New users of the run by day, to today, as many as take part; its last day is today.
    rule : Rule
        When it rejects.
    power : float
        The chance wanted.

    Notes
    -----
    None of this may decide anything: a planned end that is moved because of what was seen raises false alarms, unless
    the method is a sequence. So only a sequence is told how long it takes beyond its planned end.
    """
    drifts = [statistic / np.sqrt(midway.fraction) for statistic in (midway.planned_statistic, midway.statistic)]
    planned, observed = (float(chance) for chance in conditional_power(midway, rule, np.array(drifts)))
    predictive = predictive_power(midway, rule)
    if_planned, if_observed = (_span(units_left(midway, rule, float(drift), power), pace) for drift in drifts)
    return DaysLeft(
        pace.days_for(max(midway.n_planned - midway.n, 0.0), pace.last_day),
        if_planned,
        if_observed,
        planned,
        observed,
        predictive,
        is_futile=midway.fraction < 1 and max(predictive, planned) < FUTILE,
    )


def conditional_power(midway: Midway, rule: Rule, drift: npt.ArrayLike, until: float = 1.0) -> Floats:
    """Return the chance to have shown a lift by an end, given what was seen.

    Parameters
    ----------
    midway : Midway
        What is known so far.
    rule : Rule
        When it rejects.
    drift : array_like
        Mean of the statistic at the planned end, were a lift true.
    until : float
        The end, by the planned one; above 1 only for a sequence.

    References
    ----------
    Lan, K. K. G., Wittes, J. (1988). The B-value: a tool for monitoring data. Biometrics 44, 579-585.
    """
    theta = np.asarray(drift, dtype=np.float64)
    seen = midway.statistic if rule.is_one_sided else abs(midway.statistic)
    if seen > float(rule.critical(np.array([midway.fraction]))[0]) and rule.method != "group_sequential":
        return np.ones(theta.shape)
    times, critical = _looks_ahead(midway.fraction, rule, until)
    if not times.size:
        return np.zeros(theta.shape)
    start = (midway.fraction, midway.statistic * float(np.sqrt(midway.fraction)))
    return stopping(times, critical, theta, start=start, is_one_sided=rule.is_one_sided).power


def predictive_power(midway: Midway, rule: Rule, until: float = 1.0) -> float:
    """Return the chance to show a lift by an end, averaged over the lifts that what was seen leaves likely.

    Parameters
    ----------
    midway : Midway
        What is known so far.
    rule : Rule
        When it rejects.
    until : float
        The end, by the planned one; above 1 only for a sequence.

    Notes
    -----
    `conditional_power` averaged over normal drifts around that seen with the variance ``1 / t`` (a flat prior), by
    Gauss-Hermite.

    References
    ----------
    Spiegelhalter, D. J., Freedman, L. S., Blackburn, P. R. (1986). Monitoring clinical trials: conditional or
    predictive power? Controlled Clinical Trials 7, 8-17.
    """
    places, weights = np.polynomial.hermite_e.hermegauss(64)
    drifts = (midway.statistic + places) / np.sqrt(midway.fraction)
    chances = conditional_power(midway, rule, drifts, until)
    return float(np.clip(chances @ weights / weights.sum(), 0.0, 1.0))


def units_left(midway: Midway, rule: Rule, drift: float, power: float = 0.8) -> float | None:
    """Return how many units more give a chance to have shown a lift; None where none do, or none up to the planned end.

    Parameters
    ----------
    midway : Midway
        What is known so far.
    rule : Rule
        When it rejects.
    drift : float
        Mean of the statistic at the planned end, were the lift true.
    power : float
        The chance wanted.
    """
    if rule.method != "sequential":
        enough = float(conditional_power(midway, rule, drift)) >= power
        return max(midway.n_planned - midway.n, 0.0) if enough else None

    def excess(log_more: float) -> float:
        return float(conditional_power(midway, rule, drift, midway.fraction + np.exp(log_more))) - power

    low, high = np.log(midway.fraction * 1e-4), np.log(_FARTHEST)
    if excess(low) >= 0:
        return 0.0
    if excess(high) < 0:
        return None
    return float(np.exp(brentq(excess, low, high, xtol=1e-4))) * midway.n_planned


def _looks_ahead(fraction: float, rule: Rule, until: float) -> tuple[Floats, Floats]:
    """Return the looks to come and what the statistic must be above at them."""
    if rule.method == "sequential":
        times = fraction + (until - fraction) * np.arange(1, rule.n_looks + 1) / rule.n_looks
        return (times, rule.critical(times)) if until > fraction else (np.zeros(0), np.zeros(0))
    planned = rule.fractions
    is_ahead = planned > fraction + 1e-9
    return planned[is_ahead], rule.critical(planned)[is_ahead]


def _span(units: float | None, pace: Pace) -> Span | None:
    return None if units is None else pace.days_for(units, pace.last_day)
