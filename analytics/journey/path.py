"""Paths: the nodes of each unit by position, each path with one end."""

from dataclasses import dataclass

import numpy as np

from analytics.funnel.log import Codes, EventLog, Places
from analytics.journey.spec import PathSpec

N_ENDS = 3


@dataclass(frozen=True, slots=True)
class Paths:
    """The path of each unit that has the anchor.

    Attributes
    ----------
    nodes : ndarray of int, shape (units, depth + 1)
        Node at each position from the anchor on, 0 first: a place in ``labels``. Each path has one end, and -1 after
        it.
    unit, user, session : ndarray of int, shape (units,)
        Code of what is counted; user and session of the anchor.
    labels : tuple of str
        Names of events, then "Other", then the ends: "Converted", "Dropped off" and "Goes on"; backward, the latter two
        are "Began" and "Earlier".
    """

    nodes: Places
    unit: Codes
    user: Codes
    session: Codes
    labels: tuple[str, ...]

    @property
    def first_end(self) -> int:
        """Place in ``labels`` of the first end, "Converted"; those before it are events."""
        return len(self.labels) - N_ENDS


def paths_of(log: EventLog, spec: PathSpec) -> Paths:
    """Return the path of each unit, with rare events of each position told as "Other".

    Parameters
    ----------
    log : EventLog
        Events by user.
    spec : PathSpec
        Which paths.

    Notes
    -----
    A path ends as converted at the first goal after the anchor, as dropped off where the unit has no further event, and
    as going on where it has more events than are told. Events are ranked by position over all units; what is cut
    becomes another node, never a missing edge, so as much goes out of a node as came in.
    """
    log = log.by_session if spec.counts_sessions else log.in_order
    log = _joined(log) if spec.joins_repeats else log
    anchors = _anchors(log, spec)
    forward = spec.direction == "from"
    ends = ("Converted", "Dropped off", "Goes on") if forward else ("Converted", "Began", "Earlier")
    labels = (*log.names, "Other", *ends)
    nodes = _with_other(_walked(log, spec, anchors), len(log.names), spec.n_nodes)
    return Paths(nodes, log.unit[anchors], log.user[anchors], log.session[anchors], labels)


def _joined(log: EventLog) -> EventLog:
    """Return the log without events that repeat the one before."""
    is_new = np.ones(log.time.size, dtype=np.bool_)
    is_new[1:] = (log.name[1:] != log.name[:-1]) | (log.unit[1:] != log.unit[:-1])
    return log.taken(np.flatnonzero(is_new))


def _anchors(log: EventLog, spec: PathSpec) -> Places:
    """Return the place of the first anchor of each unit, or of its last."""
    places = np.arange(log.time.size) if spec.anchor is None else log.places_of((spec.anchor,))
    unit = log.unit[places]
    is_anchor = np.ones(places.size, dtype=np.bool_)
    if spec.direction == "from":
        is_anchor[1:] = unit[1:] != unit[:-1]
    else:
        is_anchor[:-1] = unit[1:] != unit[:-1]
    return places[is_anchor]


def _walked(log: EventLog, spec: PathSpec, anchors: Places) -> Places:
    """Return the nodes of each unit with its end."""
    converted = len(log.names) + 1
    ended, goes_on = converted + 1, converted + 2
    is_goal = np.isin(np.arange(len(log.names)), [log.code_of(goal) for goal in spec.goals])
    nodes = np.full((anchors.size, spec.depth + 1), -1)
    nodes[:, 0] = log.name[anchors]
    walking = np.arange(anchors.size)
    for position in range(1, spec.depth + 1):
        place = anchors[walking] + (position if spec.direction == "from" else -position)
        inside = np.clip(place, 0, max(log.time.size - 1, 0))
        has_event = (inside == place) & (log.unit[inside] == log.unit[anchors[walking]])
        name = log.name[inside].astype(np.intp)
        node = np.where(is_goal[name], converted, name if position < spec.depth else goes_on)
        nodes[walking, position] = np.where(has_event, node, ended)
        walking = walking[has_event & (node < converted)]
    return nodes


def _with_other(nodes: Places, n_names: int, n_nodes: int) -> Places:
    """Return the nodes with all but the most frequent events of each position as the node ``n_names``."""
    nodes = nodes.copy()
    for column in nodes.T:
        is_event = (column >= 0) & (column < n_names)
        counts = np.bincount(column[is_event], minlength=n_names)
        rare = np.argsort(-counts, kind="stable")[n_nodes:]
        column[is_event & np.isin(column, rare)] = n_names
    return nodes
