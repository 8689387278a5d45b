"""Levels: for each step in order, the events that some chain reaches, each with the latest chain to it."""

from dataclasses import dataclass, replace

import numpy as np

from analytics.funnel.log import EventLog, Places
from analytics.funnel.spec import FunnelSpec, Step


@dataclass(frozen=True, slots=True)
class Level:
    """Events that reach one step; the arrays have one shape.

    Attributes
    ----------
    at : ndarray of int
        Places of the events in the log, ascending.
    parent : ndarray of int
        Place, in the level of the required step before, of the latest event from which the chain goes on.
    start : ndarray of int
        Place in the log of the first event of that chain; never descends.
    """

    at: Places
    parent: Places
    start: Places


def levels_of(log: EventLog, spec: FunnelSpec) -> tuple[Level, ...]:
    """Return the level of each step; an optional step goes on from the required step before it.

    Parameters
    ----------
    log : EventLog
        In order.
    spec : FunnelSpec
        Ordered or strict.

    Notes
    -----
    An event of a step is reached if a reached event of the step before stands before it, in the window and with nothing
    excluded between. The latest such event is always as good as any: it is nearest, and by induction its own chain
    begins latest. So one search for the latest decides, and no chain is tried.
    """
    before, levels = None, []
    for step in spec.steps:
        level = _climbed(log, spec, step, before)
        levels.append(level)
        before = before if step.is_optional else level
    return tuple(levels)


def _climbed(log: EventLog, spec: FunnelSpec, step: Step, before: Level | None) -> Level:
    """Return the level of a step, with its repetitions climbed one by one."""
    candidates, excluded = log.places_of(step.events), log.places_of(step.excluded)
    if before is None:
        level, n_left = Level(candidates, np.arange(candidates.size), candidates), step.times - 1
    else:
        own = replace(before, parent=np.arange(before.at.size))
        level, n_left = own, step.times
    for _ in range(n_left):
        following = _following(log, spec, level, candidates)
        following = _without(following, level, excluded)
        level = replace(following, parent=level.parent[following.parent])
    return level


def _following(log: EventLog, spec: FunnelSpec, before: Level, candidates: Places) -> Level:
    """Return the candidates that follow the latest event of a level in the order and window of the funnel."""
    latest = np.searchsorted(before.at, candidates) - 1
    candidates, latest = candidates[latest >= 0], latest[latest >= 0]
    parent = before.at[latest]
    keep = log.unit[parent] == log.unit[candidates]
    if spec.order == "strict":
        keep &= parent == candidates - 1
    if spec.window_ms is not None:
        since = before.start[latest] if spec.window_from == "start" else parent
        keep &= log.time[candidates] - log.time[since] <= spec.window_ms
    return Level(candidates[keep], latest[keep], before.start[latest[keep]])


def _without(following: Level, before: Level, excluded: Places) -> Level:
    """Return the events of a level that follow the one before with nothing excluded between."""
    if not excluded.size:
        return following
    last = np.searchsorted(excluded, following.at) - 1
    keep = (last < 0) | (excluded[np.maximum(last, 0)] <= before.at[following.parent])
    return Level(following.at[keep], following.parent[keep], following.start[keep])
