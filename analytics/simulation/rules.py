"""Rules: at which look each way of deciding calls a difference."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analytics.experiment.group_sequential import boundaries, squared
from analytics.experiment.interval import Flags, Floats, bonferroni, normal_quantile
from analytics.experiment.score import lift_statistic, score_statistic
from analytics.experiment.sequential import NormalMixture
from analytics.experiment.skewness import bent, score_skewness
from analytics.experiment.statistic import Proportion
from analytics.simulation.course import Course
from analytics.simulation.draws import Drawn
from analytics.simulation.log_odds import chance_to_beat, log_ratio_of
from analytics.simulation.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rules of one block look at; k treatments.

    Attributes
    ----------
    treatment, control : Proportion, shape (experiments, looks, k)
        Counts so far.
    statistic : ndarray of float, shape (experiments, looks, k)
        Score statistic; 0 where nothing varies.
    n : ndarray of float, shape (experiments, looks, k)
        Users of both.
    confidence : float
        Level of each comparison, so that all hold together.
    course : Course
        Of the scenario.
    """

    treatment: Proportion
    control: Proportion
    statistic: Floats
    n: Floats
    confidence: float
    course: Course


Critical = Callable[[Evidence], Floats]
"""From evidence to the largest absolute statistic that is not called: by look, or by experiment, look, treatment."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A way of deciding.

    Attributes
    ----------
    name, label : str
        For programs and for people.
    critical : callable or None
        None for the Bayesian rule.
    is_by_session : bool
        Whether it takes sessions for independent although users have several.
    """

    name: str
    label: str
    critical: Critical | None
    is_by_session: bool = False


def _at_the_end(evidence: Evidence) -> Floats:
    bounds = np.full((evidence.course.n_planned.size, 1), np.inf)
    bounds[-1] = normal_quantile(evidence.confidence)
    return bounds


def _at_every_look(evidence: Evidence) -> Floats:
    return np.full((evidence.course.n_planned.size, 1), normal_quantile(evidence.confidence))


def _spending(evidence: Evidence) -> Floats:
    planned = evidence.course.n_planned
    return _boundaries(tuple((planned / planned[-1]).tolist()), evidence.confidence)[:, None]


@lru_cache(maxsize=8)
def _boundaries(fractions: tuple[float, ...], confidence: float) -> Floats:
    return boundaries(fractions, squared, 1 - confidence)


def _always_valid(evidence: Evidence) -> Floats:
    skewness = score_skewness(evidence.treatment, evidence.control, evidence.statistic)
    return bent(_mixture(evidence).critical(evidence.n, evidence.confidence), skewness)


def _mixture(evidence: Evidence) -> NormalMixture:
    return NormalMixture.tuned_for(float(evidence.course.n_planned[-1]))


RULES = (
    Rule("once", "Fixed test, once at the end", _at_the_end),
    Rule("always_valid", "Always valid, every look", _always_valid),
    Rule("group_sequential", "Group-sequential, every look", _spending),
    Rule("peeking", "Fixed test, every look", _at_every_look),
    Rule("bayes", "Chance to win, every look", None),
    Rule("by_session", "Fixed test of sessions, at the end", _at_the_end, is_by_session=True),
)
"""The last one is only of interest where users have several sessions."""


def rules_of(scenario: Scenario) -> tuple[Rule, ...]:
    """Return the rules that a scenario is judged by."""
    return RULES if scenario.sessions > 1 else RULES[:-1]


def evidence_of(scenario: Scenario, course: Course, drawn: Drawn, *, is_by_session: bool = False) -> Evidence:
    """Return what the rules look at.

    Parameters
    ----------
    scenario : Scenario
        Has the level.
    course : Course
        Of the scenario.
    drawn : Drawn
        One block.
    is_by_session : bool
        Take sessions for independent.
    """
    counts = drawn.sessions if is_by_session else drawn.independent
    treatment = Proportion(counts.n_converted[..., 1:], counts.n[..., 1:])
    control = Proportion(counts.n_converted[..., :1], counts.n[..., :1])
    statistic = np.nan_to_num(score_statistic(treatment, control), copy=False)
    n = drawn.users[..., 1:] + drawn.users[..., :1]
    return Evidence(treatment, control, statistic, n, bonferroni(scenario.confidence, len(scenario.lifts)), course)


def calls_of(rule: Rule, evidence: Evidence) -> Flags:
    """Return where a rule calls a difference, shape (experiments, looks, k)."""
    if rule.critical is not None:
        return np.asarray(np.abs(evidence.statistic) > rule.critical(evidence))
    chance = chance_to_beat(evidence.treatment, evidence.control)
    has_both = (evidence.treatment.n > 0) & (evidence.control.n > 0)
    return np.asarray((np.maximum(chance, 1 - chance) >= evidence.confidence) & has_both)


def covers(rule: Rule, evidence: Evidence, look: np.ndarray, truth: Floats) -> Flags:
    """Return where the interval at the look of the stop holds the truth, for every treatment.

    Parameters
    ----------
    rule : Rule
        Whose interval; of the rules that look once it is the plain one.
    evidence : Evidence
        Of one block.
    look : ndarray of int, shape (experiments,)
        Where each experiment stopped.
    truth : ndarray of float, shape (experiments, k)
        True lift over the users so far.
    """
    rows = np.arange(look.size)
    treatment, control = (
        Proportion(counts.n_converted[rows, look], counts.n[rows, look])
        for counts in (evidence.treatment, evidence.control)
    )
    if rule.critical is None:
        mean, deviation = log_ratio_of(treatment, control)
        distance, bound = np.abs(np.log1p(truth) - mean) / deviation, normal_quantile(evidence.confidence)
        return np.asarray((distance <= bound).all(axis=1))
    critical = np.broadcast_to(rule.critical(evidence), evidence.statistic.shape)[rows, look]
    bounds = np.where(np.isfinite(critical), critical, normal_quantile(evidence.confidence))
    statistic = np.nan_to_num(lift_statistic(treatment, control, truth), nan=0.0)
    return np.asarray((np.abs(statistic) <= bounds).all(axis=1))
