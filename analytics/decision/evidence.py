"""Evidence: what a decision knows of each treatment, from the results of its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, nan, prod
from typing import Any, Literal

from analytics.analysis import Request
from analytics.decision.result import Wait
from analytics.decision.segments import shown_segments
from analytics.decision.waits import Pair, growth_of
from analytics.effects import EFFECTS
from analytics.effects.result import EffectsResult, OutcomeEffects, TreatmentEffect
from analytics.estimate import Estimate
from analytics.experiment.contrast import Contrast, Ends
from analytics.experiment.finding import compare
from analytics.experiment.verdict import Candidate, Rules, Stage, Verdict
from analytics.outcome import arms_of_outcome, columns_of, control_leading, has_users, primary_of
from analytics.planned import plan_of
from analytics.validity import ValidityResult
from semantic.catalog import DAY, N_SESSIONS, VARIANT, Catalog
from semantic.experiment import Experiment
from semantic.filter import Filter
from semantic.units import UnitQuery

WHOLE, NEW_USERS, SESSIONS_BY_DAY, MEMBERS = "whole", "new_users", "sessions", "members"
"""Users of the whole experiment, users by their first day, sessions by day, and sessions by what is filtered."""


def parted_by(where: Filter) -> tuple[str, ...]:
    """Return the dimensions whose filter picks a part of the experiment; a stretch of days is not one of many alike."""
    return tuple(name for name in where.dimensions if name not in (DAY, VARIANT))


@dataclass(frozen=True)
class Evidence:
    """Everything that a decision is made from.

    Attributes
    ----------
    answers : mapping of str to UnitAnswer or Answer
        As asked by `analytics.decision`.
    request : Request
        Filter, level, method and alternative.
    catalog : Catalog
        Words, control and plan.
    results : mapping of str to result
        Those of the parts under their names.
    """

    answers: Mapping[str, Any]
    request: Request
    catalog: Catalog
    results: Mapping[str, Any]

    @property
    def effects(self) -> EffectsResult:
        """What the treatments do."""
        found: EffectsResult = self.results["effects"]
        return found

    @property
    def validity(self) -> ValidityResult:
        """Whether that can be trusted."""
        found: ValidityResult = self.results["validity"]
        return found

    @property
    def plan(self) -> Experiment:
        """How the comparison was planned."""
        return self.catalog.experiment

    @property
    def thing(self) -> Literal["user", "session"]:
        """What is compared."""
        return "user" if has_users(self.catalog) else "session"

    @property
    def deciding(self) -> OutcomeEffects | None:
        """The outcome that decides; None where nothing can be compared."""
        return self.effects.outcomes[0] if self.effects.outcomes else None

    @property
    def rules(self) -> Rules:
        """What was agreed before, and where the experiment stands in it."""
        failed = self.validity.status == "failed"
        return Rules(self.plan.smallest_effect, self.plan.guardrail_margin, self._stage, failed)

    @property
    def _stage(self) -> Stage:
        if self.effects.method == "sequential":
            return "open"
        is_over = 0 < self.plan.planned_units <= float(self.answers[WHOLE].n.sum())
        return "over" if is_over else "early" if self.effects.method == "fixed" else "open"

    def candidates(self) -> list[Candidate]:
        """Return the treatments with what is known of each."""
        outcome = self.deciding
        if outcome is None:
            return []
        beaten = self._beaten()
        return [
            Candidate(
                e.treatment,
                replace(_contrast(e.treatment, e), is_corrected=self._survives(e)),
                self._guardrails(e.treatment),
                shown_segments(self.results.get("heterogeneity"), e.treatment) if self.n_parts == 1 else (),
                beaten[e.treatment],
            )
            for e in outcome.effects
        ]

    @property
    def n_parts(self) -> int:
        """How many parts are like the selected one: the members of what is filtered, multiplied; 1: no part is."""
        counts = (self.answers[f"{MEMBERS}.{name}"][N_SESSIONS] for name in parted_by(self.request.where))
        return prod(max(int((n > 0).sum()), 1) for n in counts)

    def _survives(self, effect: TreatmentEffect) -> bool:
        """Return whether an effect is shown among all parts like the selected one (Bonferroni)."""
        alpha = 1 - self.effects.confidence
        return self.n_parts == 1 or (effect.p_value is not None and effect.p_value * self.n_parts < alpha)

    def _guardrails(self, treatment: str) -> tuple[Contrast, ...]:
        """Return the guardrails; a loss is shown after correction for the outcomes that do not decide, as beside it."""
        return tuple(
            replace(_contrast(outcome.name, effect), is_corrected=effect.shown != "hint")
            for outcome in self.effects.outcomes
            for effect in outcome.effects
            if outcome.is_guardrail and not outcome.is_deciding and effect.treatment == treatment
        )

    def _beaten(self) -> dict[str, frozenset[str]]:
        """Return the other treatments that each is shown to be better than, all pairs together."""
        arms, names, plan = self._arms()
        treatments = range(1, len(names))
        plan = replace(plan, n_comparisons=max(len(names) * (len(names) - 1) // 2, 1))
        better = {
            (one, other): bool(compare(arms[one], arms[other], plan).difference.low > 0)
            for one in treatments
            for other in treatments
            if one != other
        }
        return {
            names[one]: frozenset(names[other] for other in treatments if better.get((one, other)))
            for one in treatments
        }

    def _arms(self) -> tuple[Any, tuple[str, ...], Any]:
        """Return what each variant measured, their names, control first, and the plan."""
        asked = self._columns()
        found = control_leading(self.answers["effects.units"], self.catalog)
        names = found.members[VARIANT]
        whole = float(self.answers[WHOLE].n.sum())
        plan = plan_of(self.plan, self.request.params, len(names), whole)
        return arms_of_outcome(primary_of(self.catalog), found, asked), names, plan

    def _columns(self) -> Sequence[Any]:
        query = EFFECTS.queries(Request(EFFECTS, self.request.where, self.request.params), self.catalog)["units"]
        return query.columns if isinstance(query, UnitQuery) else columns_of(())

    def for_whom(self, verdict: Verdict) -> str:
        """Return what is shown of the segments of a treatment."""
        found = self.results.get("heterogeneity")
        return next((t.headline for t in found.treatments if t.treatment == verdict.variant), "") if found else ""

    def waits(self, treatment: str) -> tuple[Wait, ...]:
        """Return how long the treatment still has to run."""
        arms, names, plan = self._arms()
        place, n_users = names.index(treatment), float(arms.n_units.sum())
        growth = growth_of(arms[[0, place]], self.answers.get(NEW_USERS), self.answers.get(SESSIONS_BY_DAY))
        pair = Pair(arms[place], arms[0], plan, n_users, growth)
        params = self.request.params
        return pair.waits(self.plan.smallest_effect or params.effect, params.power)


def _contrast(name: str, effect: TreatmentEffect) -> Contrast:
    return Contrast(name, _ends(effect.difference), _ends(effect.lift))


def _ends(estimate: Estimate) -> Ends:
    """Return the numbers of an estimate; an end that nothing bounds is infinite."""
    if estimate.value is None:
        return nan, nan, nan
    low, high = estimate.low, estimate.high
    return -inf if low is None else low, estimate.value, inf if high is None else high
