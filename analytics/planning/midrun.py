"""Midrun: what the run so far leaves to be shown, treatment by treatment."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analytics.estimate import Estimate, estimate
from analytics.experiment.arm import Arm
from analytics.experiment.finding import compare
from analytics.experiment.interval import Interval
from analytics.experiment.plan import N_TUNED, Plan
from analytics.experiment.power.midway import DaysLeft, Midway, days_left
from analytics.experiment.power.pace import Pace
from analytics.experiment.power.rule import Rule

_LOOKS_AHEAD = 14


@dataclass(frozen=True)
class Run:
    """A run that goes on.

    Attributes
    ----------
    arms : Arm
        What each variant measured so far.
    new_units : ndarray of float, shape (days, variants)
        New users by the day of their first session, to the last day.
    n_planned : float
        Users of all variants at the planned end.
    plan : Plan
        How variants are compared.
    """

    arms: Arm
    new_units: Any
    n_planned: float
    plan: Plan

    def midway(self, treatment: int, control: int, lift: float, null: float) -> Midway | None:
        """Return what is known of one treatment; None where nothing is.

        Parameters
        ----------
        treatment, control : int
            Places among the variants.
        lift : float
            The planned lift.
        null : float
            Lift that is to be excluded.
        """
        pair = self.arms[treatment], self.arms[control]
        ratio, base = 1 + null, float(pair[1].point.value)
        error = float(np.sqrt(pair[0].point.variance + ratio**2 * pair[1].point.variance))
        if not (np.isfinite(error) and error > 0):
            return None
        statistic = float(compare(*pair, replace(self.plan, method="fixed")).statistic)
        if null or not np.isfinite(statistic):
            statistic = (float(pair[0].point.value) - ratio * base) / error
        sign = -1.0 if self.plan.alternative == "less" else 1.0
        n_all = float(np.sum(self.arms.n_units))
        return Midway(sign * statistic, n_all, self.n_planned, sign * (lift - null) * base / error)

    def left(self, treatment: int, control: int, goal: tuple[float, float], power: float) -> DaysLeft | None:
        """Return how long one treatment still has to run; None where nothing is known.

        Parameters
        ----------
        treatment, control : int
            Places among the variants.
        goal : (float, float)
            The planned lift, and the one that is to be excluded.
        power : float
            The chance wanted.
        """
        midway = self.midway(treatment, control, *goal)
        if midway is None or not self.n_planned:
            return None
        pace = Pace.of_daily(self.new_units.sum(axis=-1))
        return days_left(midway, pace, self._rule(treatment, control), power)

    def lift(self, treatment: int, control: int) -> Estimate:
        """Return the lift so far with the interval of the plan; n are users of both.

        Parameters
        ----------
        treatment, control : int
            Places among the variants.
        """
        pair = self.arms[treatment], self.arms[control]
        found = compare(*pair, self.plan).lift
        ends = (np.where(np.isfinite(end), end, np.nan) for end in (found.low, found.high))
        return estimate(Interval(found.value, *ends), pair[0].n_units + pair[1].n_units)

    def _rule(self, treatment: int, control: int) -> Rule:
        """Return the rule of the plan, whose sequence has the sessions of the pair as its clock."""
        plan = self.plan
        sessions = float(self.arms.n_sessions[treatment] + self.arms.n_sessions[control])
        tuned = (plan.n_planned or N_TUNED) / (sessions / float(np.sum(self.arms.n_units)) * self.n_planned)
        looks = _LOOKS_AHEAD if plan.method == "sequential" else plan.n_looks
        return Rule(plan.method, plan.confidence, plan.alternative, looks, plan.n_comparisons, tuned)
