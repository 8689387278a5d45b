"""How long a comparison still has to run, were the planned lift true or that seen so far."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from analytics.decision.result import Wait
from analytics.experiment.arm import Arm
from analytics.experiment.finding import compare
from analytics.experiment.growth import Growth
from analytics.experiment.interval import Floats
from analytics.experiment.plan import N_TUNED, Plan
from analytics.experiment.power.midway import Midway, units_left
from analytics.experiment.power.pace import Pace
from analytics.experiment.power.rule import Rule
from semantic.catalog import DAY, MISSING, N_SESSIONS
from semantic.query import Answer
from semantic.units import FIRST_DAY, UnitAnswer

_LOOKS_AHEAD = 14


@dataclass(frozen=True)
class Pair:
    """A treatment and control that still run.

    Attributes
    ----------
    treatment, control : Arm
        What each measured; without axes.
    plan : Plan
        How they are compared.
    n_users : float
        Users so far, of all variants.
    growth : Growth
        How fast more becomes known.
    """

    treatment: Arm
    control: Arm
    plan: Plan
    n_users: float
    growth: Growth

    def waits(self, planned_lift: float, power: float) -> tuple[Wait, ...]:
        """Return how long it takes to show the planned lift and that seen so far; none where nothing is known.

        Parameters
        ----------
        planned_lift : float
            What the plan asks for.
        power : float
            The chance of showing it that is wanted.
        """
        midway = self._midway(planned_lift)
        if midway is None:
            return ()
        if self.plan.method != "sequential":
            return self._to_planned_end(planned_lift) if self.plan.n_planned else ()
        rule, root = self._rule(), np.sqrt(midway.fraction)
        seen = float(self.treatment.point.value / self.control.point.value - 1)
        planned, observed = (
            units_left(midway, rule, statistic / root, power)
            for statistic in (midway.planned_statistic, midway.statistic)
        )
        return self._wait("planned", planned_lift, planned), self._wait("observed", seen, observed)

    def _to_planned_end(self, lift: float) -> tuple[Wait, ...]:
        """Return the days until the planned users are there: their number is what the plan counts."""
        pace, left = self.growth.pace, max(self.plan.n_planned - self.n_users, 0.0)
        if not pace.days:
            return ()
        span = pace.days_for(left, pace.last_day)
        return (Wait("end", lift, None, span.likely, span.soonest, span.latest),)

    def _midway(self, lift: float) -> Midway | None:
        error = float(np.sqrt(self.treatment.point.variance + self.control.point.variance))
        statistic = float(compare(self.treatment, self.control, replace(self.plan, method="fixed")).statistic)
        base = float(self.control.point.value)
        if not (error > 0 and np.isfinite(statistic) and base):
            return None
        sign = -1.0 if self.plan.alternative == "less" else 1.0
        n_planned = self.plan.n_planned or self.n_users
        return Midway(sign * statistic, self.n_users, n_planned, sign * lift * abs(base) / error)

    def _rule(self) -> Rule:
        """Return the rule of the plan, whose sequence has the sessions of the pair as its clock."""
        plan, sessions = self.plan, float(self.treatment.n_sessions + self.control.n_sessions)
        tuned = (plan.n_planned or N_TUNED) * self.n_users / (sessions * (plan.n_planned or self.n_users))
        return Rule(plan.method, plan.confidence, plan.alternative, _LOOKS_AHEAD, plan.n_comparisons, tuned)

    def _wait(self, premise: Literal["planned", "observed"], lift: float, left: float | None) -> Wait:
        """Return the days until so many times as much is known as so many users more would tell today."""
        if left is None or not self.growth.pace.days:
            return Wait(premise, lift, None, None, None, None)
        span = self.growth.days_for(1 + left / self.n_users)
        sessions = None if span.likely is None else round(self.growth.sessions_after(span.likely))
        return Wait(premise, lift, sessions, span.likely, span.soonest, span.latest)


def growth_of(pair: Arm, new_users: UnitAnswer | None, sessions: Answer | None) -> Growth:
    """Return how fast more becomes known of a treatment and control.

    Parameters
    ----------
    pair : Arm
        What both measured, along one axis.
    new_users : UnitAnswer or None
        Users by the day of their first session; None where the data has no days.
    sessions : Answer or None
        Sessions by day.
    """
    if new_users is None or sessions is None:
        return Growth(Pace((), ()), np.zeros(0))
    counts, daily = (
        _by_day(new_users.n, new_users.members[FIRST_DAY]),
        _by_day(sessions[N_SESSIONS], sessions.members[DAY]),
    )
    if not (counts.sum() and daily.sum()):
        return Growth(Pace((), ()), np.zeros(0))
    seen = np.flatnonzero(counts + daily)
    counts, daily = (each[seen[0] : seen[-1] + 1] for each in (counts, daily))
    pace = Pace.of_daily(counts)
    if np.isnan(pair.design_effect).any():
        return Growth(pace, daily)
    with np.errstate(invalid="ignore"):
        repeats = np.where(np.isfinite(pair.freedom), pair.n_sessions / (pair.freedom + 1), 1.0)
    return Growth.clustered(pace, daily, float(repeats.mean()), float(pair.design_effect.mean()))


def _by_day(counts: Floats, members: tuple[str, ...]) -> Floats:
    return counts[[place for place, day in enumerate(members) if day != MISSING]]
