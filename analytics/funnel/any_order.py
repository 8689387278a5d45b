"""Steps in any order: how many of them fit into one window."""

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Flags
from analytics.funnel.log import EventLog, Places
from analytics.funnel.spec import FunnelSpec


def places_in_any_order(log: EventLog, spec: FunnelSpec) -> tuple[Places, Places]:
    """Return where each unit has done most steps, earliest, and the places of these.

    Parameters
    ----------
    log : EventLog
        In order.
    spec : FunnelSpec
        With the order "any".

    Returns
    -------
    first : ndarray of int, shape (units,)
        Place in the log of the first event of the window.
    at : ndarray of int, shape (units, steps)
        Place with which the first, second ... step was done; -1 where fewer were.

    Notes
    -----
    At each event of a step, a step counts as done if its last ``times`` events lie in the window that ends here, with
    nothing excluded since. The latest events are always as good as any others.
    """
    steps = [log.places_of(step.events) for step in spec.steps]
    events, step_of = _merged(steps)
    since = _earliest_allowed(log, spec, events)
    done = np.zeros(events.size, dtype=np.int64)
    for place, (step, places) in enumerate(zip(spec.steps, steps, strict=True)):
        begun = _nth_last(places, np.cumsum(step_of == place), step.times)
        done += _is_within(log, spec, begun, events, since)
    chosen = _first_of_most(log.unit[events], done)
    return _placed(log, spec, events[chosen], since[chosen])


def _merged(steps: list[Places]) -> tuple[Places, npt.NDArray[np.int8]]:
    """Return the places of all steps, ascending, and which step each is of."""
    places = np.concatenate(steps)
    step_of = np.repeat(np.arange(len(steps), dtype=np.int8), [step.size for step in steps])
    order = np.argsort(places, kind="stable")
    return places[order], step_of[order]


def _earliest_allowed(log: EventLog, spec: FunnelSpec, events: Places) -> Places:
    """Return the first place of the unit, or after what is excluded, at each event."""
    since = events[_starts_of(log.unit[events])[1]] if events.size else events
    excluded = log.places_of(tuple(name for step in spec.steps for name in step.excluded))
    if excluded.size:
        last = np.searchsorted(excluded, events) - 1
        since = np.maximum(since, np.where(last >= 0, excluded[np.maximum(last, 0)] + 1, 0))
    return since


def _is_within(log: EventLog, spec: FunnelSpec, begun: Places, events: Places, since: Places) -> Flags:
    """Return whether the events that began a step count at each event."""
    is_within = begun >= since
    if spec.window_ms is not None and events.size:
        is_within &= log.time[begun] >= log.time[events] - spec.window_ms
    return np.asarray(is_within)


def _starts_of(unit: npt.NDArray[np.integer]) -> tuple[Places, Places]:
    """Return the first place of each unit, and that of each event's unit."""
    is_first = np.ones(unit.size, dtype=np.bool_)
    is_first[1:] = unit[1:] != unit[:-1]
    first = np.flatnonzero(is_first)
    return first, first[np.cumsum(is_first) - 1]


def _nth_last(places: Places, n_so_far: Places, n: int) -> Places:
    """Return the n-th last of so many first places; -1 where there are fewer."""
    last = n_so_far - n
    return np.where(last >= 0, places[np.maximum(last, 0)], -1) if places.size else np.full(n_so_far.size, -1)


def _first_of_most(unit: npt.NDArray[np.integer], done: npt.NDArray[np.int64]) -> Places:
    """Return, of each unit that has done any step, the first row with the most of them."""
    if not unit.size:
        return np.empty(0, dtype=np.intp)
    first, own_first = _starts_of(unit)
    most = np.maximum.reduceat(done, first)
    rows = np.flatnonzero((done == most[np.searchsorted(first, own_first)]) & (done > 0))
    return rows[_starts_of(unit[rows])[0]]


def _placed(log: EventLog, spec: FunnelSpec, events: Places, since: Places) -> tuple[Places, Places]:
    """Return where the window of each unit begins, and its steps as they were done."""
    beyond = np.iinfo(np.intp).max
    at = np.full((events.size, len(spec.steps)), beyond)
    first = np.full(events.size, beyond)
    for column, step in enumerate(spec.steps):
        places = log.places_of(step.events)
        n_so_far = np.searchsorted(places, events, side="right")
        begun = _nth_last(places, n_so_far, step.times)
        is_done = _is_within(log, spec, begun, events, since)
        at[is_done, column] = _nth_last(places, n_so_far, 1)[is_done]
        first = np.where(is_done, np.minimum(first, begun), first)
    at.sort(axis=1)
    return first, np.where(at == beyond, -1, at)
