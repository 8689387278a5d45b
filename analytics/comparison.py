"""Comparison: how each variant converts against control, and how sure that is, in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analytics.analysis import Analysis, Request
from analytics.estimate import Estimate, bounded, estimates, numbers
from analytics.experiment.arm import Arm, thinned
from analytics.experiment.finding import compare
from analytics.experiment.plan import Plan
from analytics.outcome import arms_of_outcome, control_leading, outcomes_of
from analytics.over_users import MOST_ROWS, has_too_many, sessions_query
from analytics.planned import plan_queries, planned
from analytics.variants import control_of
from semantic.catalog import N_CONVERTED, N_SESSIONS, VARIANT, Catalog
from semantic.filter import EVERYTHING
from semantic.query import Query
from semantic.snapshot import Snapshot
from semantic.units import AnyQuery


@dataclass(frozen=True, slots=True)
class VariantComparison:
    """One variant against control.

    Attributes
    ----------
    variant : str
        Its name.
    rate, control_rate : Estimate
        Conversion rates with Wilson intervals, fractions.
    difference : Estimate
        Variant minus control, a fraction.
    lift : Estimate
        Relative difference, a fraction; an end is None where the data do not bound it.
    p_value : float or None
        Of "no effect", for all variants together; below 1 - confidence exactly where the intervals exclude zero.
    is_significant : bool
        True where the interval of the difference does not hold zero; corrected for the number of variants (Bonferroni).
    """

    variant: str
    rate: Estimate
    control_rate: Estimate
    difference: Estimate
    lift: Estimate
    p_value: float | None
    is_significant: bool


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """How the variants compare.

    Attributes
    ----------
    control : str
        Name of control.
    confidence : float
        Level of the intervals.
    method : {"sequential", "fixed", "group_sequential"}
        What decides.
    headline : str
        The answer in one sentence, such as "New converts 4.1 % more than Old." or "No difference between New and Old
        can be shown." It never says more than the interval does.
    detail : str
        Rates, interval, n and what the method takes for granted, in words.
    comparisons : tuple of VariantComparison
        One for each variant but control that has sessions, best first.
    """

    control: str
    confidence: float
    method: str
    headline: str
    detail: str
    comparisons: tuple[VariantComparison, ...]


_MAX_NAMED = 3
_PROMISES = {
    "sequential": "They hold at every look, however often one looks.",
    "fixed": "They hold for one look at a size that was planned beforehand: looking until a difference shows makes "
    "chance findings more likely.",
    "group_sequential": "They hold at looks that were planned beforehand.",
}
_TAKEN = (
    "Sessions of one user are not taken as independent of each other; users are, and as assigned to engines at random."
)


def _queries(request: Request, catalog: Catalog) -> Mapping[str, AnyQuery]:
    cells = Query((N_SESSIONS, N_CONVERTED), (VARIANT,), request.where)
    whole = replace(sessions_query(request, catalog), where=EVERYTHING)
    asked: dict[str, AnyQuery] = {"units": sessions_query(request, catalog), "everyone": whole, "cells": cells}
    return asked | plan_queries(request, catalog)


def _is_too_much(query: AnyQuery, snapshot: Snapshot) -> bool:
    """Return whether something is not asked: users of a selection of many sessions, else sessions instead of them."""
    return has_too_many(query, snapshot) or (isinstance(query, Query) and snapshot.n_rows <= MOST_ROWS)


def compute_comparison(answers: Mapping[str, Any], request: Request, catalog: Catalog) -> ComparisonResult:
    """Return how each variant converts against control.

    Parameters
    ----------
    answers : mapping of str to UnitAnswer or Answer
        ``units``: sessions and conversions of users by variant. Where there are too many sessions for that, ``cells``:
        sessions and conversions by variant, and ``everyone``: the same as ``units`` without the filter. And those of
        `plan_queries`.
    request : Request
        Its confidence, method and alternative.
    catalog : Catalog
        Names control, and the plan.

    Notes
    -----
    The findings are those of `compute_effects` for conversion per session; see `compare`, and `thinned` where there are
    too many sessions. With k variants beside control each difference and lift is taken at the level
    1 - (1 - confidence) / k, so that all hold together (Bonferroni); rates keep the plain level.
    """
    names, arms = _measured(answers, request, catalog)
    control = control_of(answers["everyone" if "units" not in answers else "units"].members[VARIANT], catalog)
    plan = planned(answers, request, catalog, len(names))
    comparisons: tuple[VariantComparison, ...] = ()
    if len(names) > 1 and names[0] == control:
        comparisons = _compare(names, arms, plan)
    return ComparisonResult(
        control,
        plan.confidence,
        plan.method,
        _headline(control, names, comparisons),
        _detail(control, plan, comparisons),
        comparisons,
    )


def _measured(answers: Mapping[str, Any], request: Request, catalog: Catalog) -> tuple[tuple[str, ...], Arm]:
    """Return the variants that have sessions, control first, with what they measured."""
    asked, outcome = sessions_query(request, catalog).columns, outcomes_of(catalog)[0]
    if "units" in answers:
        found = control_leading(answers["units"], catalog)
        return found.members[VARIANT], arms_of_outcome(outcome, found, asked)
    everyone, cells = control_leading(answers["everyone"], catalog), answers["cells"]
    places = [cells.members[VARIANT].index(name) for name in everyone.members[VARIANT]]
    n, converted = cells[N_SESSIONS][places], cells[N_CONVERTED][places]
    arms = thinned(arms_of_outcome(outcome, everyone, asked), converted, n)
    kept = np.flatnonzero(n > 0)
    return tuple(everyone.members[VARIANT][place] for place in kept), arms[..., kept]


def _compare(names: tuple[str, ...], arms: Arm, plan: Plan) -> tuple[VariantComparison, ...]:
    """Return the comparisons of all variants with the first one, best first."""
    rates, n = estimates(arms.interval(plan.confidence), arms.n_sessions), arms.n_sessions
    finding = compare(arms[..., 1:], arms[..., :1], plan)
    rows = zip(
        names[1:],
        rates[1:],
        estimates(bounded(finding.difference), n[1:] + n[0]),
        estimates(bounded(finding.lift), n[1:] + n[0]),
        numbers(finding.p_value),
        finding.is_significant.tolist(),
        strict=True,
    )
    found = [VariantComparison(name, rate, rates[0], *rest) for name, rate, *rest in rows]
    return tuple(sorted(found, key=lambda c: -(c.difference.value or 0.0)))


def _headline(control: str, names: tuple[str, ...], comparisons: tuple[VariantComparison, ...]) -> str:
    if not names:
        return "No sessions match this selection."
    if len(names) == 1:
        return f"Only {names[0]} is in this selection."
    if not comparisons:
        return f"{control} has no sessions in this selection, so nothing can be compared with it."
    if len(comparisons) == 1:
        return _verdict(comparisons[0], control)
    differ = [c for c in comparisons if c.is_significant]
    open_ = [c.variant for c in comparisons if not c.is_significant]
    parts = [_claim(c, control) for c in sorted(differ, key=_size, reverse=True)[:_MAX_NAMED]]
    parts += [f"{len(differ) - _MAX_NAMED} more differ"] if len(differ) > _MAX_NAMED else []
    parts += [f"no difference to {control} can be shown for {_either(open_)}"] if open_ else []
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _verdict(comparison: VariantComparison, control: str) -> str:
    n, n_control = comparison.rate.n, comparison.control_rate.n
    if comparison.p_value is None:
        return f"Too little data to compare {comparison.variant} with {control}: {n:,} against {n_control:,} sessions."
    if comparison.rate.value == 0 and comparison.control_rate.value == 0:
        return f"Neither {comparison.variant} nor {control} has a conversion in this selection."
    if not comparison.is_significant:
        return f"No difference between {comparison.variant} and {control} can be shown."
    return f"{_claim(comparison, control)}."


def _claim(comparison: VariantComparison, control: str) -> str:
    direction = "more" if (comparison.difference.value or 0.0) > 0 else "less"
    lift = comparison.lift
    is_bounded = lift.value is not None and lift.low is not None and lift.high is not None
    by = f"{_percent(abs(lift.value or 0.0))} " if is_bounded else ""
    return f"{comparison.variant} converts {by}{direction} than {control}"


def _detail(control: str, plan: Plan, comparisons: tuple[VariantComparison, ...]) -> str:
    if not comparisons:
        return ""
    base = comparisons[0].control_rate
    parts = [f"{control}: {_percent(base.value)} of {base.n:,} sessions."]
    parts += [_numbers(c, control, plan.confidence) for c in comparisons]
    if len(comparisons) > 1:
        parts.append(f"The intervals are widened so that all {len(comparisons)} hold together.")
    parts.append(f"{_PROMISES[plan.method]} {_TAKEN}")
    return " ".join(parts)


def _numbers(comparison: VariantComparison, control: str, confidence: float) -> str:
    rate, difference, lift = comparison.rate, comparison.difference, comparison.lift
    text = f"{comparison.variant}: {_percent(rate.value)} of {rate.n:,} sessions, {_points(difference.value)} points"
    if difference.low is not None and difference.high is not None:
        text += f" ({100 * confidence:g} % interval {_points(difference.low)} to {_points(difference.high)})"
    if lift.low is None or lift.high is None:
        return f"{text}."
    return f"{text}; relative to {control} the truth may lie anywhere from {_signed(lift.low)} to {_signed(lift.high)}."


def _size(comparison: VariantComparison) -> float:
    return abs(comparison.difference.value or 0.0)


def _percent(fraction: float | None) -> str:
    percent = 100 * (fraction or 0.0)
    return f"{percent:.1f} %" if abs(percent) >= 0.05 or percent == 0 else f"{percent:.1g} %"


def _signed(fraction: float) -> str:
    return f"{'+' if fraction > 0 else '−' if fraction < 0 else ''}{_percent(abs(fraction))}"


def _points(fraction: float | None) -> str:
    points = 100 * (fraction or 0.0)
    return f"{points:+.2f}".replace("-", "−")


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


COMPARISON = Analysis(
    "comparison",
    "How the variants compare",
    is_available=lambda _catalog: True,
    queries=_queries,
    compute=compute_comparison,
    result=ComparisonResult,
    parameters=("confidence", "method", "alternative"),
    ignores=(VARIANT,),
    is_too_much=_is_too_much,
)
