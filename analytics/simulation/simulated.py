"""Simulated: what each way of deciding does, over all experiments of a scenario."""

from dataclasses import dataclass

import numpy as np

from analytics.estimate import Estimate, estimate
from analytics.experiment.interval import Floats, Interval, normal_quantile
from analytics.experiment.proportion import wilson
from analytics.simulation.rules import rules_of
from analytics.simulation.scenario import Scenario
from analytics.simulation.tally import Stops, Tally

N_BARS = 41
_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Spread:
    """How estimates are distributed.

    Attributes
    ----------
    mean : float or None
        None where there are none.
    quantiles : tuple of float
        At 5, 25, 50, 75 and 95 %; empty where there are none.
    edges : tuple of float
        Of the bars, one more than counts.
    counts : tuple of int
        Estimates in each bar; what lies beyond is in the outermost.
    """

    mean: float | None
    quantiles: tuple[float, ...]
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule does. Intervals are 95 % intervals of the simulation (Wilson's for shares).

    Attributes
    ----------
    name, label : str
        Of the rule.
    called : Estimate
        Share of experiments that call a difference: false alarms where none is, power where one is.
    wrong_sign : Estimate
        Share of experiments that call a difference whose sign is not the true one; of no meaning where none is true.
    covered : Estimate
        Share in which the intervals at the stop hold the truth.
    mean_day : Estimate
        Day of the stop on average; the last day where nothing is called.
    days : tuple of int
        The same at 5, 25, 50, 75 and 95 %.
    called_by : tuple of float
        Share that had called at each look.
    estimates : Spread
        Lift at the stop where a difference was called.
    exaggeration : Estimate
        Size of these estimates by that of the true lift, on average: the winner's curse. None where none is true.
    """

    name: str
    label: str
    called: Estimate
    wrong_sign: Estimate
    covered: Estimate
    mean_day: Estimate
    days: tuple[int, ...]
    called_by: tuple[float, ...]
    estimates: Spread
    exaggeration: Estimate


@dataclass(frozen=True, slots=True)
class Traffic:
    """The site's own traffic that was replayed.

    Attributes
    ----------
    n_users, n_sessions : int
        That were assigned anew.
    n_all : int
        Sessions of the data; more where a sample of the users was taken.
    n_days : int
        Days that they came on.
    rate : float
        Conversions per session.
    """

    n_users: int
    n_sessions: int
    n_all: int
    n_days: int
    rate: float


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a scenario comes to.

    Attributes
    ----------
    n : int
        Experiments that were run.
    is_null : bool
        Whether nothing differs in truth.
    look_days : tuple of int
        Days after which one looked.
    lifts : tuple of float
        True lift of each treatment over all users at the end.
    n_users : float
        Users that are expected at the end.
    outcomes : tuple of Outcome
        One for each rule.
    ratio_failed : Estimate
        Share in which the always-valid check of the sample ratio (at 1 %) failed at some look.
    ratio_failed_by : tuple of float
        The same at each look.
    traffic : Traffic or None
        What was replayed; None where users were drawn.
    """

    n: int
    is_null: bool
    look_days: tuple[int, ...]
    lifts: tuple[float, ...]
    n_users: float
    outcomes: tuple[Outcome, ...]
    ratio_failed: Estimate
    ratio_failed_by: tuple[float, ...]
    traffic: Traffic | None = None


def simulated_of(scenario: Scenario, n_users: float, lifts: Floats, tally: Tally) -> Simulated:
    """Return what a scenario comes to.

    Parameters
    ----------
    scenario : Scenario
        What was run.
    n_users : float
        Users expected at the end.
    lifts : ndarray of float
        True lifts at the end.
    tally : Tally
        Of all blocks.
    """
    outcomes = tuple(_outcome(rule.name, rule.label, scenario, tally.stops[rule.name]) for rule in rules_of(scenario))
    n_looks = len(scenario.look_days)
    failed = tally.ratio_look < n_looks
    by = _share_by(tally.ratio_look[failed], n_looks, tally.size)
    true_lifts = tuple(lifts.tolist())
    return Simulated(tally.size, scenario.is_null, scenario.look_days, true_lifts, n_users, outcomes, share(failed), by)


def share(flags: np.ndarray) -> Estimate:
    """Return how many of the flags are set, with Wilson's 95 % interval."""
    return estimate(wilson(flags.sum(), flags.size), flags.size)


def average(values: Floats) -> Estimate:
    """Return a mean with its normal 95 % interval; None where there is no value."""
    if not values.size:
        return Estimate(None, None, None, 0)
    half = normal_quantile(0.95) * values.std() / np.sqrt(values.size)
    mean = np.asarray(values.mean())
    return estimate(Interval(mean, mean - half, mean + half), values.size)


def _outcome(name: str, label: str, scenario: Scenario, stops: Stops) -> Outcome:
    days = np.asarray(scenario.look_days)
    day, called = days[stops.look], stops.is_called
    is_wrong = called & (np.sign(stops.estimate) * np.sign(stops.truth) < 0)
    seen = called & np.isfinite(stops.estimate)
    real = seen & (stops.truth != 0)
    sizes = np.abs(stops.estimate[real]) / np.abs(stops.truth[real])
    return Outcome(
        name,
        label,
        share(called),
        share(is_wrong),
        share(stops.is_covered),
        average(day.astype(np.float64)),
        tuple(np.quantile(day, _LEVELS, method="inverted_cdf").tolist()),
        _share_by(stops.look[called], days.size, called.size),
        _spread(stops.estimate[seen]),
        average(sizes),
    )


def _share_by(looks: np.ndarray, n_looks: int, size: int) -> tuple[float, ...]:
    return tuple((np.cumsum(np.bincount(looks, minlength=n_looks)) / size).tolist())


def _spread(values: Floats) -> Spread:
    if not values.size:
        return Spread(None, (), (), ())
    low, high = np.quantile(values, [0.005, 0.995]).tolist()
    edges = np.linspace(low, max(high, low + 1e-9), N_BARS + 1)
    counts = np.histogram(np.clip(values, edges[0], edges[-1]), edges)[0]
    quantiles = np.quantile(values, _LEVELS).tolist()
    return Spread(float(values.mean()), tuple(quantiles), tuple(edges.tolist()), tuple(counts.tolist()))
