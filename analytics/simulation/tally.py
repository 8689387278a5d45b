"""Tally: what became of the experiments of one block under each rule."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.experiment.evidence import multinomial_log_e, p_of_evidence, strength_for
from analytics.experiment.interval import Flags, Floats
from analytics.simulation.course import Course
from analytics.simulation.draws import Drawn
from analytics.simulation.rules import Evidence, Rule, calls_of, covers, evidence_of, rules_of
from analytics.simulation.scenario import Scenario

RATIO_ALPHA = 0.01
"""False-alarm rate of the check of the sample ratio, over all looks."""


@dataclass(frozen=True, slots=True)
class Stops:
    """Where each experiment stopped under one rule; the arrays have one element for each.

    Attributes
    ----------
    look : ndarray of int
        Place of the look; that of the last one where nothing was called.
    is_called : ndarray of bool
        Whether a difference was called.
    estimate : ndarray of float
        Lift that was seen then, of the treatment with the most evidence; NaN where control had no conversion.
    truth : ndarray of float
        True lift of the same treatment over the users so far.
    is_covered : ndarray of bool
        Whether all intervals hold their truths.
    """

    look: npt.NDArray[np.intp]
    is_called: Flags
    estimate: Floats
    truth: Floats
    is_covered: Flags


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of one block.

    Attributes
    ----------
    stops : dict of str to Stops
        By the name of the rule.
    ratio_look : ndarray of int
        First look at which the check of the sample ratio failed; the number of looks where it never did.
    """

    stops: dict[str, Stops]
    ratio_look: npt.NDArray[np.intp]

    @property
    def size(self) -> int:
        """How many experiments."""
        return int(self.ratio_look.size)


def tally_of(scenario: Scenario, course: Course, drawn: Drawn) -> Tally:
    """Return what became of one block under all rules.

    Parameters
    ----------
    scenario : Scenario
        What was drawn.
    course : Course
        Of the scenario.
    drawn : Drawn
        The sums at each look.
    """
    usual = evidence_of(scenario, course, drawn)
    stops = {}
    for rule in rules_of(scenario):
        evidence = evidence_of(scenario, course, drawn, is_by_session=True) if rule.is_by_session else usual
        stops[rule.name] = _stops(rule, evidence)
    return Tally(stops, _ratio_look(scenario, course, drawn))


def joined(tallies: list[Tally]) -> Tally:
    """Return several blocks as one."""
    stops = {name: _joined([tally.stops[name] for tally in tallies]) for name in tallies[0].stops}
    return Tally(stops, np.concatenate([tally.ratio_look for tally in tallies]))


def first_true(flags: Flags) -> npt.NDArray[np.intp]:
    """Return the place of the first true value along the last axis; its length where there is none."""
    found = flags.argmax(axis=-1)
    return np.asarray(np.where(flags.any(axis=-1), found, flags.shape[-1]))


def _stops(rule: Rule, evidence: Evidence) -> Stops:
    n_looks = evidence.statistic.shape[1]
    first = first_true(np.asarray(calls_of(rule, evidence).any(axis=2)))
    look, rows = np.minimum(first, n_looks - 1), np.arange(first.size)
    treatment = np.abs(evidence.statistic[rows, look]).argmax(axis=1)
    places = (rows, look, treatment)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = evidence.treatment.n_converted[places] / evidence.treatment.n[places]
        base = evidence.control.n_converted[rows, look, 0] / evidence.control.n[rows, look, 0]
        estimate = np.where(base > 0, rate / base - 1, np.nan)
    truth = evidence.course.lifts[look]
    is_covered = covers(rule, evidence, look, truth)
    return Stops(look, first < n_looks, estimate, truth[rows, treatment], is_covered)


def _ratio_look(scenario: Scenario, course: Course, drawn: Drawn) -> npt.NDArray[np.intp]:
    log_e = multinomial_log_e(drawn.users, scenario.weights, strength_for(float(course.n_planned[-1]), 1 - RATIO_ALPHA))
    return first_true(p_of_evidence(log_e) < RATIO_ALPHA)


def _joined(stops: list[Stops]) -> Stops:
    def one(name: str) -> npt.NDArray[np.generic]:
        return np.concatenate([getattr(each, name) for each in stops])

    return Stops(*(one(name) for name in ("look", "is_called", "estimate", "truth", "is_covered")))  # type: ignore[arg-type]
