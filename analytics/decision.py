"""Decision: what to do with the treatments, from effects, checks and segments together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, nan
from typing import Any, Literal

from analytics.analysis import Analysis, Request
from analytics.decision_reasons import changes_of, reasons_of
from analytics.decision_result import DecidingEffect, DecisionResult, GuardrailStanding, Wait
from analytics.decision_waits import Pair, growth_of
from analytics.decision_words import Known, headline_of, method_statement, word_of
from analytics.effects import EFFECTS
from analytics.effects_result import EffectsResult, OutcomeEffects, TreatmentEffect
from analytics.estimate import Estimate
from analytics.experiment.contrast import Contrast, Ends
from analytics.experiment.finding import compare
from analytics.experiment.plan import plan_of
from analytics.experiment.verdict import Candidate, Rules, Stage, Verdict, broken_of, decide, open_of
from analytics.outcome import SESSIONS, arms_of_outcome, columns_of, control_leading, has_users, primary_of
from analytics.validity import VALIDITY, ValidityResult
from semantic.catalog import DAY, N_SESSIONS, VARIANT, Catalog
from semantic.experiment import Experiment
from semantic.query import Query
from semantic.units import FIRST_DAY, AnyQuery, UnitQuery

PARTS: Mapping[str, Analysis] = {"effects": EFFECTS, "validity": VALIDITY}
"""What a decision is made of; their queries stand in its own under their names."""
_WHOLE, _NEW_USERS, _SESSIONS = "whole", "new_users", "sessions"


def _queries(request: Request, catalog: Catalog) -> Mapping[str, AnyQuery]:
    asked: dict[str, AnyQuery] = {
        f"{name}.{key}": query
        for name, part in PARTS.items()
        for key, query in part.queries(_for(part, request), catalog).items()
    }
    asked[_WHOLE] = UnitQuery((SESSIONS,))
    if catalog.has_dimension(DAY):
        asked[_NEW_USERS] = UnitQuery((SESSIONS,), (FIRST_DAY,), request.where)
        asked[_SESSIONS] = Query((N_SESSIONS,), (DAY,), request.where)
    return asked


def _for(part: Analysis, request: Request) -> Request:
    return Request(part, request.where, request.params)


def compute_decision(answers: Mapping[str, Any], request: Request, catalog: Catalog) -> DecisionResult:
    """Return what to do, why, and what would change it.

    Parameters
    ----------
    answers : mapping of str to UnitAnswer or Answer
        Those of the parts under their names, users of the whole experiment, and new users by day.
    request : Request
        Filter, level, method and alternative; ``effect`` is the lift that waits are told for where none is planned.
    catalog : Catalog
        Words, control and plan.

    Notes
    -----
    See `decide`. Where the method is for one look, nothing is decided before the planned number of users is there.
    """
    results = {name: part.compute(_own(answers, name), _for(part, request), catalog) for name, part in PARTS.items()}
    effects, validity = results["effects"], results["validity"]
    asked = _Asked(answers, request, catalog, effects, validity)
    candidates = asked.candidates()
    return _told(asked, candidates, decide(candidates, asked.rules))


def _own(answers: Mapping[str, Any], name: str) -> dict[str, Any]:
    start = f"{name}."
    return {key.removeprefix(start): answer for key, answer in answers.items() if key.startswith(start)}


@dataclass(frozen=True)
class _Asked:
    """Everything that a decision is made from."""

    answers: Mapping[str, Any]
    request: Request
    catalog: Catalog
    effects: EffectsResult
    validity: ValidityResult

    @property
    def plan(self) -> Experiment:
        return self.catalog.experiment

    @property
    def thing(self) -> Literal["user", "session"]:
        return "user" if has_users(self.catalog) else "session"

    @property
    def deciding(self) -> OutcomeEffects | None:
        return self.effects.outcomes[0] if self.effects.outcomes else None

    @property
    def rules(self) -> Rules:
        failed = self.validity.status == "failed"
        return Rules(self.plan.smallest_effect, self.plan.guardrail_margin, self._stage, failed)

    @property
    def _stage(self) -> Stage:
        if self.effects.method == "sequential":
            return "open"
        is_over = 0 < self.plan.planned_units <= float(self.answers[_WHOLE].n.sum())
        return "over" if is_over else "early" if self.effects.method == "fixed" else "open"

    def candidates(self) -> list[Candidate]:
        """Return the treatments with what is known of each."""
        outcome = self.deciding
        if outcome is None:
            return []
        beaten = self._beaten()
        return [
            Candidate(e.treatment, _contrast(e.treatment, e), self._guardrails(e.treatment), (), beaten[e.treatment])
            for e in outcome.effects
        ]

    def _guardrails(self, treatment: str) -> tuple[Contrast, ...]:
        return tuple(
            _contrast(outcome.name, effect)
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
        whole = float(self.answers[_WHOLE].n.sum())
        plan = plan_of(self.plan, self.request.params, len(names), whole)
        return arms_of_outcome(primary_of(self.catalog), found, asked), names, plan

    def _columns(self) -> Sequence[Any]:
        query = EFFECTS.queries(_for(EFFECTS, self.request), self.catalog)["units"]
        return query.columns if isinstance(query, UnitQuery) else columns_of(())

    def waits(self, treatment: str) -> tuple[Wait, ...]:
        """Return how long the treatment still has to run."""
        arms, names, plan = self._arms()
        place, n_users = names.index(treatment), float(arms.n_units.sum())
        growth = growth_of(arms[[0, place]], self.answers.get(_NEW_USERS), self.answers.get(_SESSIONS))
        pair = Pair(arms[place], arms[0], plan, n_users, growth)
        params = self.request.params
        return pair.waits(self.plan.smallest_effect or params.effect, params.power)


def _told(asked: _Asked, candidates: Sequence[Candidate], verdict: Verdict) -> DecisionResult:
    effects, plan = asked.effects, asked.plan
    mine = next((one for one in candidates if one.variant == verdict.variant), None)
    effect, guardrails = _effect(asked, verdict), _standings(asked, mine)
    waits = asked.waits(verdict.variant) if verdict.kind == "keep_running" and mine else ()
    known = Known(verdict, effects, asked.validity, plan, effect, guardrails, waits, asked.thing)
    return DecisionResult(
        verdict.kind,
        verdict.because,
        word_of(verdict, effects.control),
        headline_of(known),
        reasons_of(known),
        changes_of(known),
        effects.method,
        method_statement(known),
        effects.confidence,
        effects.alternative,
        effects.control,
        verdict.variant,
        verdict.alike,
        verdict.segments,
        verdict.exceptions,
        effect,
        guardrails,
        waits,
        asked.validity.status,
        sum(arm.n_users for arm in effects.arms),
        sum(arm.n_sessions for arm in effects.arms),
        plan.smallest_effect,
        plan.guardrail_margin,
    )


def _effect(asked: _Asked, verdict: Verdict) -> DecidingEffect | None:
    outcome = asked.deciding
    found = next((e for e in outcome.effects if e.treatment == verdict.variant), None) if outcome else None
    if outcome is None or found is None:
        return None
    measured = {arm.variant: arm.value for arm in outcome.arms}
    return DecidingEffect(
        outcome.name,
        outcome.label,
        outcome.unit,
        outcome.per,
        measured[found.treatment],
        measured[asked.effects.control],
        found.difference,
        found.lift,
        found.p_value,
        found.loss_of_treatment,
        found.loss_of_control,
    )


def _standings(asked: _Asked, candidate: Candidate | None) -> tuple[GuardrailStanding, ...]:
    if candidate is None:
        return ()
    broken, not_held = broken_of(candidate, asked.rules), open_of(candidate, asked.rules)
    lifts = {
        outcome.name: (outcome.label, effect.lift)
        for outcome in asked.effects.outcomes
        for effect in outcome.effects
        if effect.treatment == candidate.variant
    }
    return tuple(
        GuardrailStanding(
            g.name, *lifts[g.name], "broken" if g.name in broken else "open" if g.name in not_held else "held"
        )
        for g in candidate.guardrails
    )


def _contrast(name: str, effect: TreatmentEffect) -> Contrast:
    return Contrast(name, _ends(effect.difference), _ends(effect.lift))


def _ends(estimate: Estimate) -> Ends:
    """Return the numbers of an estimate; an end that nothing bounds is infinite."""
    if estimate.value is None:
        return nan, nan, nan
    low, high = estimate.low, estimate.high
    return -inf if low is None else low, estimate.value, inf if high is None else high


DECISION = Analysis(
    "decision",
    "What to do",
    is_available=lambda _catalog: True,
    queries=_queries,
    compute=compute_decision,
    result=DecisionResult,
    parameters=("confidence", "method", "alternative", "power", "effect"),
    ignores=(VARIANT,),
)
