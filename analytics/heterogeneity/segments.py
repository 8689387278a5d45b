"""Segment effects: what is known of one treatment in everybody and in each segment, as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from analytics.estimate import bounded, estimates
from analytics.experiment.additive import Codes
from analytics.experiment.arm import Arm
from analytics.experiment.effect import as_lift
from analytics.experiment.finding import compare
from analytics.experiment.interval import Floats
from analytics.experiment.plan import Plan
from analytics.experiment.segment_search import Segments, find_segments, segment_plan
from analytics.heterogeneity.arms import Group, SegmentArms
from analytics.heterogeneity.result import DimensionEffect, Direction, SegmentEffect, TreatmentSegments
from analytics.heterogeneity.words import segments_headline
from analytics.outcome import Outcome

MOST_TOLD = 200
"""Segments of two dimensions that are told."""
_DIRECTIONS: Mapping[int, Direction] = {1: "gains", 0: "not shown", -1: "loses"}


def treatment_segments(looked: SegmentArms, place: int, outcome: Outcome, plan: Plan) -> TreatmentSegments:
    """Return what is known of one treatment.

    Parameters
    ----------
    looked : SegmentArms
        What was measured.
    place : int
        Of the treatment among the variants.
    outcome : Outcome
        What is compared.
    plan : Plan
        Of the whole experiment.
    """
    parts = [group.part for group in looked.groups]
    own = [(part.places, segment_plan(plan, part)) for part in parts]
    found = find_segments(looked.arm[:, place], looked.arm[:, 0], plan, parts)
    (whole,) = _alone(looked.whole, place, outcome, plan)
    members = [one for group in looked.groups for one in group.members]
    alone = [row for places, plan_of_part in own for row in _alone(looked.arm[places], place, outcome, plan_of_part)]
    rows = zip(members, alone, _tested(looked, place, found, own), strict=True)
    segments = [
        replace(row, members=of, is_reversed=_is_reversed(tests["direction"], whole), **tests)
        for of, row, tests in rows
    ]
    dimensions = tuple(_dimension(group, found, at, plan) for at, group in enumerate(looked.groups))
    name = looked.variants[place]
    headline = segments_headline(name, whole, segments, dimensions)
    return TreatmentSegments(name, headline, whole, dimensions, _told(segments), len(segments), looked.n_too_small)


def _dimension(group: Group, found: Segments, at: int, plan: Plan) -> DimensionEffect:
    p_value, p_holm = float(found.p_differs[at]), float(found.p_differs_holm[at])
    differs = p_holm < 1 - plan.confidence
    return DimensionEffect(group.by, group.labels, len(group.members), p_value, p_holm, differs, group.share_in_several)


def _alone(arm: Arm, place: int, outcome: Outcome, plan: Plan) -> list[SegmentEffect]:
    """Return rows with what each segment says alone."""
    treatment, control = arm[:, place], arm[:, 0]
    if not len(treatment.n_units):
        return []
    finding = compare(treatment, control, plan)
    n = arm.n_sessions if outcome.per == "session" else arm.n_units
    both = n[:, 0] + n[:, place]
    columns = {
        "n_users": np.rint(arm.n_units[:, 0] + arm.n_units[:, place]).astype(int).tolist(),
        "n_sessions": np.rint(arm.n_sessions[:, 0] + arm.n_sessions[:, place]).astype(int).tolist(),
        "control": estimates(bounded(control.interval(plan.confidence)), n[:, 0]),
        "treatment": estimates(bounded(treatment.interval(plan.confidence)), n[:, place]),
        "lift": estimates(bounded(finding.lift), both),
        "p_value": _numbers(finding.p_value),
    }
    return [SegmentEffect(**dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)]


def _tested(
    looked: SegmentArms, place: int, found: Segments, own: Sequence[tuple[Codes, Plan]]
) -> list[dict[str, Any]]:
    """Return what the tests over all segments say of each; ``own``, the places and the plan of each part."""
    n_sessions, n_units = (n[:, 0] + n[:, place] for n in (looked.arm.n_sessions, looked.arm.n_units))
    if not n_units.size:
        return []
    critical = np.concatenate([plan.critical(n_sessions[places], n_units[places]) for places, plan in own])
    beyond = found.beyond.within(critical)
    columns = {
        "shrunken_lift": estimates(bounded(as_lift(found.shrunken)), n_sessions),
        "beyond": estimates(bounded(as_lift(beyond)), n_sessions),
        "p_holm": _numbers(found.p_holm),
        "p_bh": _numbers(found.p_bh),
        "p_beyond": _numbers(found.p_beyond),
        "p_beyond_holm": _numbers(found.p_beyond_holm),
        "direction": [_DIRECTIONS[sign] for sign in found.direction.tolist()],
        "stands_out": found.stands_out.tolist(),
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _is_reversed(direction: Direction, whole: SegmentEffect) -> bool:
    lift = whole.lift.value or 0.0
    return (direction == "gains" and lift < 0) or (direction == "loses" and lift > 0)


def _told(segments: list[SegmentEffect]) -> tuple[SegmentEffect, ...]:
    """Return those of single dimensions, and the surest of the others."""
    single = [one for one in segments if len(one.members) == 1]
    cells = [one for one in segments if len(one.members) > 1]
    return (*single, *sorted(cells, key=_sureness)[:MOST_TOLD])


def _sureness(one: SegmentEffect) -> tuple[bool, float]:
    known = [p for p in (one.p_value, one.p_beyond) if p is not None]
    return one.direction == "not shown" and not one.stands_out, min(known, default=1.0)


def _numbers(values: Floats) -> list[float | None]:
    return [value if np.isfinite(value) else None for value in values.tolist()]
