"""Effects: what each treatment does to each outcome, over users, under the experiment's plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.analysis import Analysis, Request
from analytics.effects.result import (
    AdjustedEffect,
    ArmCount,
    ArmOfOutcome,
    EffectsResult,
    OutcomeEffects,
    Shown,
    TreatmentEffect,
)
from analytics.effects.words import effects_headline, effects_warnings, sentence_of
from analytics.estimate import bounded, estimates, numbers
from analytics.experiment.arm import Arm
from analytics.experiment.bayes import Posterior, compare_effects, compare_rates
from analytics.experiment.correction import holm
from analytics.experiment.effect import difference_of
from analytics.experiment.finding import Finding, compare
from analytics.experiment.interval import Floats
from analytics.experiment.plan import Plan
from analytics.outcome import (
    Outcome,
    arms_of_outcome,
    columns_of,
    control_leading,
    covariates_of,
    outcomes_of,
    primary_of,
)
from analytics.planned import plan_queries, planned
from analytics.variants import control_of
from semantic.catalog import VARIANT, Catalog
from semantic.units import AnyQuery, UnitAnswer, UnitColumn, UnitQuery


def _ordered(catalog: Catalog) -> tuple[Outcome, ...]:
    first = primary_of(catalog)
    return (first, *(outcome for outcome in outcomes_of(catalog) if outcome != first))


def asked_columns(catalog: Catalog) -> tuple[UnitColumn, ...]:
    """Return the columns of the unit query of effects, those of the deciding outcome first."""
    return columns_of(_ordered(catalog), covariates_of(catalog))


def _queries(request: Request, catalog: Catalog) -> Mapping[str, AnyQuery]:
    return {"units": UnitQuery(asked_columns(catalog), (VARIANT,), request.where), **plan_queries(request, catalog)}


def compute_effects(answers: Mapping[str, UnitAnswer], request: Request, catalog: Catalog) -> EffectsResult:
    """Return what each treatment does to each outcome.

    Parameters
    ----------
    answers : mapping of str to UnitAnswer
        ``units``: all columns by variant; and those of `plan_queries`.
    request : Request
        Its confidence, method and alternative.
    catalog : Catalog
        Outcomes, control and plan.

    Notes
    -----
    See `compare`. The p-values of the deciding outcome stand as they are; those of the others are corrected for their
    number (Holm), treatment by treatment.
    """
    found, control = control_leading(answers["units"], catalog), control_of(answers["units"].members[VARIANT], catalog)
    names = found.members[VARIANT]
    plan = planned(answers, request, catalog, len(names))
    can_compare = len(names) > 1 and names[0] == control
    outcomes = _outcomes(found, plan, catalog) if can_compare else ()
    return EffectsResult(
        control,
        plan.method,
        plan.confidence,
        plan.alternative,
        effects_headline(control, names, outcomes),
        _counts(found),
        found.n_crossed,
        outcomes,
        effects_warnings(request, catalog, found, plan),
    )


def _counts(found: UnitAnswer) -> tuple[ArmCount, ...]:
    rows = zip(found.members[VARIANT], found.n.tolist(), found.totals[:, 0].tolist(), strict=True)
    return tuple(ArmCount(name, round(n), round(sessions)) for name, n, sessions in rows)


def _outcomes(found: UnitAnswer, plan: Plan, catalog: Catalog) -> tuple[OutcomeEffects, ...]:
    outcomes, covariates = _ordered(catalog), covariates_of(catalog)
    asked = columns_of(outcomes, covariates)
    arms = [arms_of_outcome(outcome, found, asked) for outcome in outcomes]
    findings = [compare(arm[..., 1:], arm[..., :1], plan) for arm in arms]
    corrected = _corrected(findings)
    return tuple(
        _outcome(outcome, _Measured(found, plan, asked, covariates, catalog), arm, finding, p_values)
        for outcome, arm, finding, p_values in zip(outcomes, arms, findings, corrected, strict=True)
    )


def _corrected(findings: Sequence[Finding]) -> Floats:
    """Return the p-values, one row an outcome; all but the first row corrected for their number."""
    p_values = np.stack([finding.p_value for finding in findings])
    for treatment in range(p_values.shape[1]):
        known = np.flatnonzero(~np.isnan(p_values[1:, treatment])) + 1
        p_values[known, treatment] = holm(p_values[known, treatment])
    return p_values


@dataclass(frozen=True, slots=True)
class _Measured:
    """What all outcomes are made from."""

    found: UnitAnswer
    plan: Plan
    asked: tuple[UnitColumn, ...]
    covariates: tuple[UnitColumn, ...]
    catalog: Catalog


def _outcome(outcome: Outcome, measured: _Measured, arm: Arm, finding: Finding, corrected: Floats) -> OutcomeEffects:
    plan, names = measured.plan, measured.found.members[VARIANT]
    n = arm.n_sessions if outcome.per == "session" else arm.n_units
    values = estimates(arm.interval(plan.confidence), n)
    experiment = measured.catalog.experiment
    is_first = outcome == primary_of(measured.catalog)
    effects = _effects(outcome, measured, arm, finding, corrected)
    return OutcomeEffects(
        outcome.name,
        outcome.label,
        outcome.unit,
        outcome.description,
        outcome.per,
        outcome.is_rate,
        outcome.is_post_treatment,
        outcome.capped_of,
        is_first,
        outcome.name in experiment.guardrails,
        measured.found.caps.get(outcome.numerator.name),
        tuple(map(ArmOfOutcome, names, values, numbers(arm.design_effect))),
        tuple(replace(effect, sentence=sentence_of(outcome, effect, names[0])) for effect in effects),
    )


def _effects(
    outcome: Outcome, measured: _Measured, arm: Arm, finding: Finding, corrected: Floats
) -> list[TreatmentEffect]:
    n = _behind(outcome, arm)
    posterior = _posterior(arm, measured.plan.level)
    bayes = (posterior.chance_to_beat, posterior.loss_of_treatment, posterior.loss_of_control)
    rows = zip(
        measured.found.members[VARIANT][1:],
        estimates(bounded(finding.difference), n),
        estimates(bounded(finding.lift), n),
        numbers(finding.p_value),
        numbers(corrected),
        _shown(finding, corrected, measured.plan.confidence),
        finding.is_exact.tolist(),
        *map(numbers, bayes),
        estimates(bounded(posterior.difference), n),
        _adjusted(outcome, measured, finding),
        strict=True,
    )
    return [TreatmentEffect(*row) for row in rows]


def _behind(outcome: Outcome, arm: Arm) -> Floats:
    n = arm.n_sessions if outcome.per == "session" else arm.n_units
    return n[1:] + n[:1]


def _shown(finding: Finding, corrected: Floats, confidence: float) -> list[Shown]:
    """Return what may be said: the interval must exclude 0, and the corrected p-value be small."""
    difference = finding.difference
    rows = zip(
        finding.p_value.tolist(),
        finding.is_significant.tolist(),
        corrected.tolist(),
        difference.value.tolist(),
        strict=True,
    )
    return [
        "unknown"
        if p != p
        else "open"
        if not differs
        else "hint"
        if adjusted >= 1 - confidence
        else "more"
        if value > 0
        else "less"
        for p, differs, adjusted, value in rows
    ]


def _posterior(arm: Arm, level: float) -> Posterior:
    treatment, control = arm[..., 1:], arm[..., :1]
    if treatment.counts is not None and control.counts is not None:
        return compare_rates(treatment.counts, control.counts, confidence=level)
    return compare_effects(difference_of(treatment.point, control.point), confidence=level)


def _adjusted(outcome: Outcome, measured: _Measured, plain: Finding) -> list[AdjustedEffect | None]:
    """Return the effects less what was known before; none where nothing was."""
    if not measured.covariates:
        return [None] * plain.p_value.size
    arm = arms_of_outcome(outcome, measured.found, measured.asked, measured.covariates)
    found = compare(arm[..., 1:], arm[..., :1], measured.plan)
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = np.where(plain.error > 0, (found.error / plain.error) ** 2, np.nan)
    n = _behind(outcome, arm)
    rows = (
        estimates(bounded(found.difference), n),
        estimates(bounded(found.lift), n),
        numbers(found.p_value),
        numbers(kept),
    )
    return list(map(AdjustedEffect, *rows))


EFFECTS = Analysis(
    "effects",
    "What changed",
    is_available=lambda _catalog: True,
    queries=_queries,
    compute=compute_effects,
    result=EffectsResult,
    parameters=("confidence", "method", "alternative"),
    ignores=(VARIANT,),
)
