"""Decision: what to do with the treatments, from effects, checks and segments together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import nan
from typing import Any
from urllib.parse import urlencode

from analytics.analysis import DEFAULTS, Analysis, Request
from analytics.decision.evidence import MEMBERS, NEW_USERS, SESSIONS_BY_DAY, WHOLE, Evidence, parted_by
from analytics.decision.reasons import changes_of, reasons_of
from analytics.decision.result import DecidingEffect, DecisionResult, GuardrailStanding
from analytics.decision.words import Known, headline_of, method_statement, word_of
from analytics.effects import EFFECTS
from analytics.experiment.verdict import Candidate, Verdict, broken_of, decide, open_of
from analytics.heterogeneity import HETEROGENEITY
from analytics.off_policy import OFF_POLICY
from analytics.outcome import SESSIONS
from analytics.validity import VALIDITY
from semantic.catalog import DAY, N_SESSIONS, VARIANT, Catalog
from semantic.query import Query
from semantic.snapshot import Snapshot
from semantic.units import FIRST_DAY, AnyQuery, UnitQuery

PARTS: Mapping[str, Analysis] = {"effects": EFFECTS, "validity": VALIDITY, "heterogeneity": HETEROGENEITY}
"""What a decision is made of; their queries stand in its own under their names."""


def _queries(request: Request, catalog: Catalog) -> Mapping[str, AnyQuery]:
    asked: dict[str, AnyQuery] = {
        f"{name}.{key}": query
        for name, part in _parts(request, catalog).items()
        for key, query in part.analysis.queries(part, catalog).items()
    }
    asked[WHOLE] = UnitQuery((SESSIONS,))
    asked |= {f"{MEMBERS}.{name}": Query((N_SESSIONS,), (name,)) for name in parted_by(request.where)}
    if catalog.has_dimension(DAY):
        asked[NEW_USERS] = UnitQuery((SESSIONS,), (FIRST_DAY,), request.where)
        asked[SESSIONS_BY_DAY] = Query((N_SESSIONS,), (DAY,), request.where)
    return asked


def _parts(request: Request, catalog: Catalog) -> dict[str, Request]:
    available = {name: part for name, part in PARTS.items() if part.is_available(catalog)}
    return {name: Request(part, request.where, request.params) for name, part in available.items()}


def _is_too_much(query: AnyQuery, snapshot: Snapshot) -> bool:
    """Return whether a query is of more segments than heterogeneity looks at."""
    skips = HETEROGENEITY.is_too_much
    is_pair = len(query.by) > 2 and set(query.by) <= set(snapshot.domains)
    return bool(is_pair and skips and skips(query, snapshot))


def compute_decision(answers: Mapping[str, Any], request: Request, catalog: Catalog) -> DecisionResult:
    """Return what to do, why, and what would change it.

    Parameters
    ----------
    answers : mapping of str to UnitAnswer or Answer
        Those of the parts under their names, users of the whole experiment, and new users by day; also results of
        parts, where they are there already.
    request : Request
        Filter, level, method and alternative; ``effect`` is the lift that waits are told for where none is planned.
    catalog : Catalog
        Words, control and plan.

    Notes
    -----
    See `decide`. Where the method is for one look, nothing is decided before the planned number of users is there.
    """
    results = {
        name: answers.get(name) or part.analysis.compute(_own(answers, name), part, catalog)
        for name, part in _parts(request, catalog).items()
    }
    asked = Evidence(answers, request, catalog, results)
    candidates = asked.candidates()
    return _told(asked, candidates, decide(candidates, asked.rules))


def _own(answers: Mapping[str, Any], name: str) -> dict[str, Any]:
    start = f"{name}."
    return {key.removeprefix(start): answer for key, answer in answers.items() if key.startswith(start)}


def _told(asked: Evidence, candidates: Sequence[Candidate], verdict: Verdict) -> DecisionResult:
    effects, plan = asked.effects, asked.plan
    mine = next((one for one in candidates if one.variant == verdict.variant), None)
    effect, guardrails = _effect(asked, verdict), _standings(asked, mine)
    waits = asked.waits(verdict.variant) if verdict.kind == "keep_running" and mine else ()
    about = (asked.thing, asked.for_whom(verdict), asked.n_parts, OFF_POLICY.is_available(asked.catalog))
    known = Known(verdict, effects, asked.validity, plan, effect, guardrails, waits, *about)
    return DecisionResult(
        verdict.kind,
        verdict.because,
        word_of(verdict, effects.control),
        headline_of(known),
        reasons_of(known),
        changes_of(known),
        effects.warnings,
        effects.method,
        method_statement(known),
        _question(asked.request),
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


def _question(request: Request) -> str:
    usual = replace(DEFAULTS, confidence=nan)
    asked = {name: getattr(request.params, name) for name in DECISION.parameters}
    given = urlencode({name: value for name, value in asked.items() if value != getattr(usual, name)})
    return "&".join(filter(None, (request.where.to_query(), given)))


def _effect(asked: Evidence, verdict: Verdict) -> DecidingEffect | None:
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


def _standings(asked: Evidence, candidate: Candidate | None) -> tuple[GuardrailStanding, ...]:
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


DECISION = Analysis(
    "decision",
    "What to do",
    is_available=lambda _catalog: True,
    queries=_queries,
    compute=compute_decision,
    result=DecisionResult,
    parameters=("confidence", "method", "alternative", "power", "effect", "min_sessions"),
    ignores=(VARIANT,),
    is_too_much=_is_too_much,
    parts=_parts,
)
