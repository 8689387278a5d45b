"""Over users: what each metric per session says of the variants where users have several sessions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.analysis import Request
from analytics.experiment.arm import arms_of
from analytics.experiment.finding import compare
from analytics.experiment.interval import Floats, Interval
from analytics.experiment.statistic import Moments
from analytics.outcome import Outcome, arms_of_outcome, columns_of, control_leading, moments_of, outcomes_of
from analytics.planned import planned
from semantic.catalog import VARIANT, Catalog
from semantic.snapshot import Snapshot
from semantic.units import AnyQuery, UnitAnswer, UnitQuery

MOST_ROWS = 2_000_000
"""Sessions up to which users are summed under each filter of the Overview, so that a gesture stays quick."""


def sessions_query(request: Request, catalog: Catalog) -> UnitQuery:
    """Return the sums over users that every metric per session needs, the same for all that ask: counted once."""
    return UnitQuery(columns_of(_per_session(catalog)), (VARIANT,), request.where)


def has_too_many(query: AnyQuery, snapshot: Snapshot) -> bool:
    """Return whether a query sums users under a filter in a version with more than `MOST_ROWS` sessions."""
    return isinstance(query, UnitQuery) and bool(query.where.clauses) and snapshot.n_rows > MOST_ROWS


@dataclass(frozen=True, slots=True)
class OverUsers:
    """One metric of all variants, control first.

    Attributes
    ----------
    values : Interval, shape (variants,)
        What each measured.
    total : Interval, shape ()
        All together.
    differences : Interval, shape (variants,)
        To control, under the plan; that of control itself means nothing.
    """

    values: Interval
    total: Interval
    differences: Interval


def over_users(
    answers: Mapping[str, Any], request: Request, catalog: Catalog, n_sessions: Floats
) -> Mapping[str, OverUsers]:
    """Return each metric per session by its name; none where users were not summed, or not over all of these sessions.

    Parameters
    ----------
    answers : mapping of str to UnitAnswer
        ``units``: that of `sessions_query`, if asked; and those of `plan_queries`.
    request : Request
        Its confidence.
    catalog : Catalog
        Names control, and the plan.
    n_sessions : ndarray of float
        Sessions of each variant, control first; those before the experiment began are not among those of users.
    """
    if "units" not in answers:
        return {}
    found = control_leading(answers["units"], catalog, is_whole=True)
    if not np.array_equal(found.totals[:, 0], n_sessions):
        return {}
    return {outcome.name: _measured(outcome, found, answers, request, catalog) for outcome in _per_session(catalog)}


def _measured(
    outcome: Outcome, found: UnitAnswer, answers: Mapping[str, Any], request: Request, catalog: Catalog
) -> OverUsers:
    asked = columns_of(_per_session(catalog))
    plan = planned(answers, request, catalog, int((found.n > 0).sum()))
    arms = arms_of_outcome(outcome, found, asked)
    moments = moments_of(found, asked, outcome.columns)
    whole = Moments(
        moments.n.sum(keepdims=True), moments.totals.sum(0, keepdims=True), moments.products.sum(0, keepdims=True)
    )
    total = arms_of(whole, found.totals[:, 0].sum(keepdims=True), is_rate=outcome.is_rate)[..., 0]
    finding = compare(arms, arms[..., :1], plan)
    return OverUsers(arms.interval(plan.confidence), total.interval(plan.confidence), finding.difference)


def _per_session(catalog: Catalog) -> tuple[Outcome, ...]:
    return tuple(outcome for outcome in outcomes_of(catalog) if outcome.per == "session")
