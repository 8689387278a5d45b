"""Decisions over drawn users, with checks that turned out as a test wants."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analytics.analysis import Analysis, Params, Request
from analytics.checks.check import Check, Status
from analytics.decision import DECISION, compute_decision, decision
from analytics.decision.result import DecisionResult
from analytics.estimate import Estimate
from analytics.heterogeneity.result import Direction, HeterogeneityResult, SegmentEffect, TreatmentSegments
from analytics.segments import SegmentMember
from analytics.validity import ValidityResult
from semantic.catalog import Catalog
from semantic.experiment import Experiment
from semantic.filter import Filter
from semantic.query import Answer
from semantic.units import FIRST_DAY, UnitAnswer, UnitQuery
from tests.analytics.answers import catalog_of
from tests.analytics.drawn_units import answer_of_users

NAMES = ("New", "Old", "Third")
DAYS = tuple(f"2026-07-{day:02d}" for day in range(1, 29))
REMEDY = "Find out why fewer users had New."


def planned(**plan: Any) -> Catalog:
    """Return words with a plan."""
    words = catalog_of("user_id", "started_at", "revenue", "device", "location")
    return dataclasses.replace(words, experiment=Experiment(**plan))


def checked(status: Status) -> Analysis:
    """Return an analysis that finds one check of a status."""
    check = Check("sample_ratio", "Sample ratio", status, f"The sample ratio {status}.", REMEDY)
    found = ValidityResult(status, f"The comparison is {status}.", ("Old", "New"), (), (check,))
    return Analysis("validity", "", lambda _: True, lambda *_: {}, lambda *_: found, ValidityResult)


def segment(member: str, direction: Direction, *more: str, lift: float = 0.1) -> SegmentEffect:
    """Return a segment of one or two dimensions that is shown to go some way."""
    sign, names = (-1 if direction == "loses" else 1), (member, *more)
    nothing = Estimate(0.2, 0.19, 0.21, 500)
    members = tuple(SegmentMember(f"by_{place}", "", name) for place, name in enumerate(names))
    low, high = sorted((sign * lift / 2, sign * lift * 2))
    found = Estimate(sign * lift, low, high, 900)
    return SegmentEffect(900, 900, nothing, nothing, found, 0.001, members, direction=direction)


def segmented(*segments: SegmentEffect) -> HeterogeneityResult:
    """Return what is found of segments of New."""
    nothing = Estimate(0.2, 0.19, 0.21, 500)
    whole = SegmentEffect(900, 900, nothing, nothing, nothing, 0.5)
    new = TreatmentSegments("New", "Mobile gains.", whole, (), segments, 9, 0)
    return HeterogeneityResult("", "", "", "Old", "sequential", 0.95, 2, 100, "", (new,), ())


def decided(
    lifts: Sequence[float] = (1, 1),
    catalog: Catalog | None = None,
    status: Status = "passed",
    n: Sequence[int] = (2_000, 2_000),
    *segments: SegmentEffect,
    where: str = "",
    **params: Any,
) -> DecisionResult:
    """Return the decision on drawn users; New stands before Old, and each dimension has two members."""
    words = catalog or planned()
    before = dict(decision.PARTS)
    decision.PARTS = {**before, "validity": checked(status), "heterogeneity": _found(segmented(*segments))}
    try:
        request = Request(DECISION, Filter.from_query(where), Params(**params))
        return compute_decision(answers_of(request, words, n, lifts), request, words)
    finally:
        decision.PARTS = before


def _found(result: HeterogeneityResult) -> Analysis:
    return Analysis("heterogeneity", "", lambda _: True, lambda *_: {}, lambda *_: result, HeterogeneityResult)


def answers_of(request: Request, catalog: Catalog, n: Sequence[int], lifts: Sequence[float]) -> Mapping[str, Any]:
    """Return the answers to all queries of a decision, over drawn users."""
    return {name: _answer(query, n, lifts) for name, query in DECISION.queries(request, catalog).items()}


def _answer(query: Any, n: Sequence[int], lifts: Sequence[float]) -> Any:
    total = float(sum(n))
    if not isinstance(query, UnitQuery) and query.by != ("day",):
        return Answer(query.by, {query.by[0]: ("a", "b", "c")}, {"n_sessions": np.array([9.0, 9.0, 0.0])}, 1, "cube")
    if not isinstance(query, UnitQuery):
        return Answer(("day",), {"day": DAYS}, {"n_sessions": np.full(28, 2.5 * total / 28)}, 1, "cube")
    if query.by == (FIRST_DAY,):
        daily = np.full(28, total / 28)
        return UnitAnswer((FIRST_DAY,), {FIRST_DAY: DAYS}, daily, daily[:, None], daily[:, None, None], 1, "sql")
    return answer_of_users(query.columns, NAMES[: len(n)], n, 3, lifts)
