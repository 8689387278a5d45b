"""Progress: how far each unit came in a funnel, over all of its starts, and with which events."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Flags, Floats
from analytics.funnel.any_order import places_in_any_order
from analytics.funnel.level import Level, levels_of
from analytics.funnel.log import Codes, EventLog, Places
from analytics.funnel.spec import FunnelSpec


@dataclass(frozen=True)
class Progress:
    """What became of each unit that reached the first step.

    Attributes
    ----------
    log : EventLog
        The events, ordered by what is counted; places refer to it.
    spec : FunnelSpec
        The funnel.
    at : ndarray of int, shape (units, steps)
        Place of the event with which a unit reached each step; -1 where it did not. In any order, that with which it
        reached so many steps.
    start : ndarray of int, shape (units, steps)
        Place of the first event of the chain by which it did; -1 where it did not.
    is_open : ndarray of bool, shape (units,)
        Not through, and the window of its latest chain reaches beyond the data.
    """

    log: EventLog
    spec: FunnelSpec
    at: Places
    start: Places
    is_open: Flags

    @property
    def is_reached(self) -> Flags:
        """Which steps each unit reached, shape (units, steps)."""
        return np.asarray(self.at >= 0)

    @property
    def furthest(self) -> Places:
        """Number of the furthest required step of each unit, from 1."""
        required = np.array(self.spec.required)
        is_reached = self.is_reached[:, required]
        return np.asarray(required[is_reached.sum(axis=1) - 1] + 1)

    @property
    def has_converted(self) -> Flags:
        """Which units reached the last required step."""
        return self.is_reached[:, self.spec.required[-1]]

    @property
    def unit(self) -> Codes:
        """Code of the user, or session, of each unit."""
        return np.asarray(self.log.unit[self.start[:, 0]])

    @property
    def user(self) -> Codes:
        """Code of the user of each unit; where sessions are counted a user may have many."""
        return np.asarray(self.log.user[self.start[:, 0]])

    @property
    def times(self) -> Floats:
        """When each step was reached, in milliseconds since 1970; NaN where it was not."""
        return self._time_of(self.at)

    @property
    def elapsed(self) -> Floats:
        """How long each step took from the first event of its chain, in milliseconds; NaN where it was not reached."""
        return self.times - self._time_of(self.start)

    def sessions_at(self, step: int) -> Codes:
        """Return the session codes of the events with which units reached a step, without repetition.

        Parameters
        ----------
        step : int
            Place of the step, from 0.
        """
        places = self.at[:, step]
        return np.asarray(np.unique(self.log.session[places[places >= 0]]))

    def _time_of(self, places: Places) -> Floats:
        return np.where(places >= 0, self.log.time[places] if self.log.time.size else 0, np.nan)


def progress_of(log: EventLog, spec: FunnelSpec) -> Progress:
    """Return how far each unit came, over all of its starts.

    Parameters
    ----------
    log : EventLog
        Events by user.
    spec : FunnelSpec
        The funnel; what it counts is the unit.

    Notes
    -----
    A chain is a row of events, one for each required step and repetition, in the order and window of the funnel. Of all
    chains of a unit, from any start, that with most steps counts; of these the one that is through earliest; of these
    the one whose events, from the last to the first, are latest. An optional step is reached by a chain of the required
    steps before it and itself. Of totals, each event serves, in each step, the latest start that can have it.
    """
    log = log.by_session if spec.counted == "sessions" else log.in_order
    if spec.order == "any":
        first, at = places_in_any_order(log, spec)
        start = np.where(at >= 0, first[:, None], -1)
        return Progress(log, spec, at, start, _is_open(log, spec, at, log.unit[first]))
    levels = levels_of(log, spec)
    keys = [level.start if spec.counted == "totals" else log.unit[level.at] for level in levels]
    at, start = _chains(spec, levels, keys)
    own = start[:, 0] if spec.counted == "totals" else log.unit[start[:, 0]]
    return Progress(log, spec, at, start, _is_open(log, spec, at, own))


def _chains(spec: FunnelSpec, levels: tuple[Level, ...], keys: list[Codes]) -> tuple[Places, Places]:
    """Return events and starts of the chain of each unit that counts."""
    firsts = [_firsts(key) for key in keys]
    units = keys[0][firsts[0]]
    at = np.full((units.size, len(levels)), -1)
    start = at.copy()
    chosen = np.full(units.size, -1)
    for place in reversed(range(len(levels))):
        level, is_optional = levels[place], spec.steps[place].is_optional
        rows = np.full(units.size, -1) if is_optional else chosen
        own = np.searchsorted(units, keys[place][firsts[place]])
        rows[own] = np.where(rows[own] < 0, firsts[place], rows[own])
        has = np.flatnonzero(rows >= 0)
        at[has, place], start[has, place] = level.at[rows[has]], level.start[rows[has]]
        if not is_optional:
            chosen[has] = level.parent[rows[has]]
    return at, start


def _firsts(key: Codes) -> Places:
    """Return the first row of each value of an ascending key."""
    is_first = np.ones(key.size, dtype=np.bool_)
    is_first[1:] = key[1:] != key[:-1]
    return np.flatnonzero(is_first)


def _is_open(log: EventLog, spec: FunnelSpec, at: Places, key: npt.NDArray[np.integer]) -> Flags:
    """Return whose latest chain may still go on after the data end."""
    if spec.window_ms is None or not key.size:
        return np.zeros(key.size, dtype=np.bool_)
    if spec.order != "any" and spec.window_from == "start":
        latest = log.places_of(spec.steps[0].events)
    else:
        latest = log.places_of(tuple(name for step in spec.steps for name in step.events))
    if spec.counted == "totals" and spec.window_from == "start":
        last = log.time[key]
    else:
        owner = log.unit[key] if spec.counted == "totals" else key
        last = log.time[latest[np.searchsorted(log.unit[latest], owner, side="right") - 1]]
    return np.asarray((at[:, spec.required[-1]] < 0) & (last + spec.window_ms > log.until))
