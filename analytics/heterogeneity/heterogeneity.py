"""Heterogeneity: for whom a treatment works, by one and two dimensions, corrected for everything looked at."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import prod

from analytics.analysis import Analysis, Request
from analytics.heterogeneity.arms import segment_arms
from analytics.heterogeneity.result import HeterogeneityResult, TreatmentSegments
from analytics.heterogeneity.segments import treatment_segments
from analytics.heterogeneity.words import segments_warnings
from analytics.members import asked_dimension
from analytics.outcome import asked_outcome, columns_of, control_leading
from analytics.planned import plan_queries, planned
from analytics.variants import control_of
from semantic.catalog import VARIANT, Catalog, Dimension
from semantic.filter import Clause
from semantic.snapshot import Snapshot
from semantic.units import AnyQuery, UnitAnswer, UnitQuery

WHOLE = "whole"
MOST_CELLS = 400
"""A pair of dimensions with more cells is not looked at."""
_KINDS = ("category", "place", "band")


def segment_dimensions(request: Request, catalog: Catalog) -> tuple[Dimension, ...]:
    """Return the dimensions that segments are made of.

    Those that are asked for; else every category, place and band that is known before the engine acts and that the
    filter leaves open.
    """
    able = [dimension for dimension in catalog.dimensions if _is_able(dimension)]
    if named := [name for name in (request.params.by, request.params.across) if name]:
        found = [asked_dimension(name, "dimension of segments", able) for name in dict.fromkeys(named)]
    else:
        found = [d for d in able if not d.is_post_treatment and not d.is_chosen_by_engine]
    return tuple(d for d in found if not _is_fixed(request, d.name))


def _is_able(dimension: Dimension) -> bool:
    return dimension.name != VARIANT and dimension.kind in _KINDS


def _is_fixed(request: Request, name: str) -> bool:
    clause = request.where.clause(name)
    return isinstance(clause, Clause) and len(clause.values) == 1


def _groups(request: Request, catalog: Catalog) -> list[tuple[str, ...]]:
    names = [dimension.name for dimension in segment_dimensions(request, catalog)]
    pairs = combinations(names, 2) if request.params.depth > 1 else ()
    return [*((name,) for name in names), *pairs]


def _queries(request: Request, catalog: Catalog) -> Mapping[str, AnyQuery]:
    columns = columns_of([asked_outcome(request.params.metric, catalog)])
    found: dict[str, AnyQuery] = {
        WHOLE: UnitQuery(columns, (VARIANT,), request.where),
        **plan_queries(request, catalog),
    }
    for by in _groups(request, catalog):
        found[",".join(by)] = UnitQuery(columns, (*by, VARIANT), request.where)
    return found


def _is_too_much(query: AnyQuery, snapshot: Snapshot) -> bool:
    return prod(len(snapshot.domains[name]) for name in query.by if name != VARIANT) > MOST_CELLS


def compute_heterogeneity(answers: Mapping[str, UnitAnswer], request: Request, catalog: Catalog) -> HeterogeneityResult:
    """Return the effects by segment, and which of them differ by more than chance.

    Parameters
    ----------
    answers : mapping of str to UnitAnswer
        ``whole`` by variant; the same by each dimension and each pair; and those of `plan_queries`.
    request : Request
        Its filter, confidence, method, metric, depth and least sessions; ``by`` and ``across``: look at these alone.
    catalog : Catalog
        Dimensions, control and plan.

    Notes
    -----
    See `find_segments`.
    """
    outcome = asked_outcome(request.params.metric, catalog)
    control = control_of(answers[WHOLE].members[VARIANT], catalog)
    whole = control_leading(answers[WHOLE], catalog)
    names = whole.members[VARIANT]
    plan = planned(answers, request, catalog, len(names))
    treatments: tuple[TreatmentSegments, ...] = ()
    if len(names) > 1 and names[0] == control:
        asked = [answers[name] for name in map(",".join, _groups(request, catalog)) if name in answers]
        looked = segment_arms(outcome, asked, whole, catalog, request.params.min_sessions)
        treatments = tuple(treatment_segments(looked, place, outcome, plan) for place in range(1, len(names)))
    fields = [*(d.name for d in segment_dimensions(request, catalog)), *request.where.dimensions]
    return HeterogeneityResult(
        outcome.name,
        outcome.label,
        outcome.unit,
        control,
        plan.method,
        plan.confidence,
        min(request.params.depth, 2),
        request.params.min_sessions,
        _headline(treatments, names, control),
        treatments,
        segments_warnings(fields, treatments, catalog, plan),
    )


def _headline(treatments: Sequence[TreatmentSegments], names: Sequence[str], control: str) -> str:
    if treatments:
        return " ".join(one.headline for one in treatments)
    if not names:
        return "No sessions match this selection."
    if len(names) == 1:
        return f"Only {names[0]} is in this selection."
    return f"{control} has no sessions in this selection, so nothing can be compared with it."


HETEROGENEITY = Analysis(
    "heterogeneity",
    "For whom",
    is_available=lambda catalog: any(_is_able(d) for d in catalog.dimensions),
    queries=_queries,
    compute=compute_heterogeneity,
    result=HeterogeneityResult,
    parameters=("confidence", "by", "across", "metric", "depth", "min_sessions", "method"),
    ignores=(VARIANT,),
    needs="a category, place or band beside the variant",
    is_too_much=_is_too_much,
)
