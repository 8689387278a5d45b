"""Power: how many users and days show a lift, what can be shown by when, and what a run that goes on still can."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

import numpy as np

from analytics.analysis import Analysis, Request
from analytics.estimate import Estimate, estimate
from analytics.experiment.arm import Arm
from analytics.experiment.interval import Interval, normal_quantile
from analytics.experiment.power.pace import MOST_DAYS
from analytics.experiment.proportion import wilson
from analytics.outcome import arms_of_outcome, columns_of
from analytics.planning.asked import Asked
from analytics.planning.midrun import Run
from analytics.planning.plan_result import (
    EffectPoint,
    MethodPlan,
    PowerResult,
    RunSoFar,
    TrafficFacts,
    VariantUnits,
    WeekPoint,
)
from analytics.planning.traffic import (
    NEW_USERS,
    NOW,
    days_of,
    outcome_named,
    run_queries,
    traffic_of,
    window_queries,
)
from analytics.variants import control_first, control_of
from semantic.catalog import VARIANT, Catalog
from semantic.experiment import Method
from semantic.snapshot import Snapshot
from semantic.units import FIRST_DAY, AnyQuery

METHODS: tuple[Method, ...] = get_args(Method)
N_WEEKS = 8
_MOST_WEEKS = 26
_FACTORS = tuple(round(0.1 * step, 1) for step in range(1, 26))


def compute_power(answers: Mapping[str, Any], request: Request, catalog: Catalog) -> PowerResult:
    """Return the plan.

    Parameters
    ----------
    answers : mapping of str to UnitAnswer
        Of `run_queries` and `window_queries`.
    request : Request
        Filter, metric, and what is to be shown how.
    catalog : Catalog
        Words, control and plan.
    """
    now = answers[NOW]
    places = control_first(now.members[VARIANT], catalog)
    names = tuple(now.members[VARIANT][place] for place in places)
    arms = arms_of_outcome(outcome_named(request.params.metric, catalog), now, _columns(request, catalog))
    traffic = traffic_of(answers, request, catalog)
    has_control = bool(names) and names[0] == control_of(names, catalog)
    if traffic is None or len(names) < 2 or not has_control:
        return _nothing(request, catalog, _why(len(names), has_control, float(now.n.sum())))
    asked = Asked(request, catalog, names, traffic)
    methods = {method: _method(asked, method) for method in METHODS}
    chosen = methods[asked.plan.method]
    return replace(
        _nothing(request, catalog, ""),
        baseline=_baseline(arms[places[0]], request.params.confidence),
        n_units=chosen.n_units,
        variants=_variants(asked, chosen.n_units),
        days=chosen.days,
        methods=_compared(methods),
        by_week=_by_week(asked, chosen) if traffic.has_days else (),
        by_effect=_by_effect(asked, chosen),
        traffic=_facts(asked, answers),
        runs=_runs(asked, answers, arms, chosen),
    )


def _columns(request: Request, catalog: Catalog) -> Any:
    return columns_of([outcome_named(request.params.metric, catalog)])


def _nothing(request: Request, catalog: Catalog, notice: str) -> PowerResult:
    """Return the plan of nothing: what was asked alone."""
    params, outcome = request.params, outcome_named(request.params.metric, catalog)
    is_guard = params.goal == "no_loss"
    return PowerResult(
        metric=outcome.name,
        label=outcome.label,
        unit=outcome.unit,
        description=outcome.description,
        control=catalog.control,
        baseline=None,
        goal="no_loss" if is_guard else "lift",
        effect=params.effect,
        power=params.power,
        confidence=params.confidence,
        alternative="greater" if is_guard else params.alternative or "two-sided",
        method=params.method or catalog.experiment.method,
        traffic_share=params.traffic_share,
        n_units=None,
        variants=(),
        days=None,
        methods=(),
        by_week=(),
        by_effect=(),
        traffic=None,
        runs=(),
        notice=notice,
    )


def _why(n_variants: int, has_control: bool, n_units: float) -> str:
    if n_variants < 2 or not has_control:
        return "There is no control with another variant beside it to plan for."
    if not n_units:
        return "No session is left to plan with; widen the filter, or the start of the experiment."
    return "Control has nothing to plan with: its outcome never differs, or is 0 on average."


def _method(asked: Asked, method: Method) -> MethodPlan:
    """Return what one method needs; without days, its users alone."""
    outlook, (lift, _), power = asked.outlook(method), asked.goal, asked.request.params.power
    if not asked.traffic.has_days:
        return MethodPlan(method, outlook.trial(1.0).sample_size(lift, power), None, None, None)
    days = outlook.days_for(lift, power)
    trial = outlook.trial(float(days.likely or MOST_DAYS))
    n = trial.sample_size(lift, power)
    expected = None
    if n is not None and days.likely is not None and method != "fixed":
        mean = float(trial.stopping(n, lift).expected_time)
        expected = outlook.days_to(mean, days.likely, lift)
    return MethodPlan(method, n, days, expected if method != "fixed" else days.likely, None)


def _compared(methods: Mapping[Method, MethodPlan]) -> tuple[MethodPlan, ...]:
    """Return the methods with their users by those of one look."""
    least = methods["fixed"].n_units
    return tuple(
        replace(one, inflation=one.n_units / least if one.n_units and least else None) for one in methods.values()
    )


def _variants(asked: Asked, n_units: int | None) -> tuple[VariantUnits, ...]:
    return tuple(
        VariantUnits(name, share, None if n_units is None else int(np.ceil(n_units * share)))
        for name, share in zip(asked.names, asked.shares, strict=True)
    )


def _by_week(asked: Asked, chosen: MethodPlan) -> tuple[WeekPoint, ...]:
    planned = -(-(chosen.days.likely or 0) // 7) if chosen.days else 0
    outlook, power = asked.outlook(asked.plan.method), asked.request.params.power
    found = []
    for weeks in range(1, min(max(N_WEEKS, planned + 1), _MOST_WEEKS) + 1):
        units, effect = outlook.units_by(7.0 * weeks), outlook.detectable(7.0 * weeks, power)
        n, low, high = (round(float(end)) for end in (units.value, units.low, units.high))
        value, near, far = (None,) * 3 if effect is None else map(float, (effect.value, effect.low, effect.high))
        found.append(WeekPoint(weeks, n, low, high, value, near, far))
    return tuple(found)


def _by_effect(asked: Asked, chosen: MethodPlan) -> tuple[EffectPoint, ...]:
    """Return the power over the effect: of a guardrail over the loss that is to be ruled out."""
    if chosen.n_units is None:
        return ()
    days = float(chosen.days.likely or MOST_DAYS) if chosen.days else 1.0
    (lift, null), effect = asked.goal, asked.request.params.effect
    trials = [asked.outlook(method).trial(days) for method in METHODS]
    return tuple(
        EffectPoint(
            round(effect * factor, 12),
            tuple(replace(trial, null=null * factor).power(chosen.n_units, lift * factor) for trial in trials),
        )
        for factor in _FACTORS
        if not asked.is_guard or effect * factor < 1
    )


def _facts(asked: Asked, answers: Mapping[str, Any]) -> TrafficFacts:
    traffic, pace = asked.traffic, asked.traffic.pace
    if not traffic.has_days:
        return TrafficFacts(0, round(traffic.n_units), round(traffic.n_sessions), 0, 0, "", "")
    days = _days(asked, answers)
    length = pace.last_day
    return TrafficFacts(
        round(length),
        round(traffic.n_units),
        round(traffic.n_sessions),
        round(float(pace.units_by(min(7.0, length)).value)),
        round(float(pace.units_by(length + 7, length).value)),
        days[0] if days else "",
        days[-1] if days else "",
    )


def _days(asked: Asked, answers: Mapping[str, Any]) -> tuple[str, ...]:
    return days_of(asked.request.where, answers[NEW_USERS].members[FIRST_DAY], asked.catalog)


def _runs(asked: Asked, answers: Mapping[str, Any], arms: Arm, chosen: MethodPlan) -> tuple[RunSoFar, ...]:
    """Return what the run so far leaves to be shown, by treatment."""
    planned = asked.catalog.experiment.planned_units or chosen.n_units
    if NEW_USERS not in answers or not planned:
        return ()
    new, days = answers[NEW_USERS], set(_days(asked, answers))
    kept = [place for place, day in enumerate(new.members[FIRST_DAY]) if day in days]
    plan = asked.plan if asked.plan.method == "sequential" else replace(asked.plan, n_planned=float(planned))
    members, power = answers[NOW].members[VARIANT], asked.request.params.power
    run = Run(arms, new.n[kept], float(planned), plan)
    pairs = {name: (members.index(name), members.index(asked.names[0])) for name in asked.names[1:]}
    found = ((name, pair, run.left(*pair, asked.goal, power)) for name, pair in pairs.items())
    return tuple(
        RunSoFar(name, round(float(arms.n_units.sum())), round(planned), run.lift(*pair), left)
        for name, pair, left in found
        if left is not None
    )


def _baseline(arm: Arm, confidence: float) -> Estimate:
    """Return control so far."""
    if arm.counts is not None:
        return estimate(wilson(arm.counts.n_converted, arm.counts.n, confidence), arm.n_units)
    half = normal_quantile(confidence) * np.sqrt(arm.point.variance)
    value = arm.point.value
    return estimate(Interval(value, value - half, value + half), arm.n_units)


def _dated(request: Request, snapshot: Snapshot, catalog: Catalog) -> Mapping[str, AnyQuery]:
    return window_queries(request, snapshot.domains, catalog)


POWER = Analysis(
    name="power",
    title="Power and days",
    is_available=lambda _: True,
    queries=run_queries,
    compute=compute_power,
    result=PowerResult,
    parameters=(
        "confidence",
        "metric",
        "method",
        "alternative",
        "power",
        "effect",
        "goal",
        "traffic_share",
        "treatment_share",
    ),
    ignores=(VARIANT,),
    needs="at least two variants",
    dated_queries=_dated,
)
