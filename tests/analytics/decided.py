"""Decisions over drawn users, with checks that turned out as a test wants."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analytics import decision
from analytics.analysis import Analysis, Params, Request
from analytics.checks.check import Check, Status
from analytics.decision import DECISION, compute_decision
from analytics.decision_result import DecisionResult
from analytics.validity import ValidityResult
from semantic.catalog import Catalog
from semantic.experiment import Experiment
from semantic.query import Answer
from semantic.units import FIRST_DAY, UnitAnswer, UnitQuery
from tests.analytics.answers import catalog_of
from tests.analytics.drawn_units import answer_of_users

NAMES = ("New", "Old", "Third")
DAYS = tuple(f"2026-07-{day:02d}" for day in range(1, 29))
REMEDY = "Find out why fewer users had New."


def planned(**plan: Any) -> Catalog:
    """Return words with a plan."""
    return dataclasses.replace(catalog_of("user_id", "started_at", "revenue"), experiment=Experiment(**plan))


def checked(status: Status) -> Analysis:
    """Return an analysis that finds one check of a status."""
    check = Check("sample_ratio", "Sample ratio", status, f"The sample ratio {status}.", REMEDY)
    found = ValidityResult(status, f"The comparison is {status}.", ("Old", "New"), (), (check,))
    return Analysis("validity", "", lambda _: True, lambda *_: {}, lambda *_: found, ValidityResult)


def decided(
    lifts: Sequence[float] = (1, 1),
    catalog: Catalog | None = None,
    status: Status = "passed",
    n: Sequence[int] = (2_000, 2_000),
    params: Params = Params(),  # noqa: B008 - frozen
) -> DecisionResult:
    """Return the decision on drawn users; New stands before Old."""
    words = catalog or planned()
    before = dict(decision.PARTS)
    decision.PARTS = {**before, "validity": checked(status)}
    try:
        request = Request(DECISION, params=params)
        return compute_decision(_answers(request, words, n, lifts), request, words)
    finally:
        decision.PARTS = before


def _answers(request: Request, catalog: Catalog, n: Sequence[int], lifts: Sequence[float]) -> Mapping[str, Any]:
    return {name: _answer(query, n, lifts) for name, query in DECISION.queries(request, catalog).items()}


def _answer(query: Any, n: Sequence[int], lifts: Sequence[float]) -> Any:
    total = float(sum(n))
    if not isinstance(query, UnitQuery):
        return Answer(("day",), {"day": DAYS}, {"n_sessions": np.full(28, 2.5 * total / 28)}, 1, "cube")
    if query.by == (FIRST_DAY,):
        daily = np.full(28, total / 28)
        return UnitAnswer((FIRST_DAY,), {FIRST_DAY: DAYS}, daily, daily[:, None], daily[:, None, None], 1, "sql")
    return answer_of_users(query.columns, NAMES[: len(n)], n, 3, lifts)
