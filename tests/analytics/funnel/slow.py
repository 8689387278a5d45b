"""Funnels by trying every chain of a few events: what the fast ones are held to."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from analytics.funnel.log import EventLog
from analytics.funnel.spec import FunnelSpec

Chain = tuple[int, ...]


def log_of(events: list[tuple[int, int, str]], until: int = 1_000, sessions: list[int] | None = None) -> EventLog:
    """Return a log of (unit, time, name), in any order of units."""
    units, times, names = (list(column) for column in zip(*events, strict=True)) if events else ([], [], [])
    vocabulary = ("a", "b", "c", "x")
    codes = [vocabulary.index(name) for name in names]
    user, session, time, name = (np.array(c, dtype=np.int64) for c in (units, sessions or units, times, codes))
    return EventLog(user, session, time, name, vocabulary, until)


def links(spec: FunnelSpec, n_steps: int) -> list[tuple[int, int]]:
    """Return (step, repetition) of a chain through the first required steps."""
    return [(place, k) for place in spec.required[:n_steps] for k in range(spec.steps[place].times)]


def holds(log: EventLog, spec: FunnelSpec, chain: Chain, steps: list[tuple[int, int]]) -> bool:
    """Return whether these events are a chain through these steps."""
    names = [log.names[code] for code in log.name]
    if any(names[at] not in spec.steps[step].events for at, (step, _) in zip(chain, steps, strict=True)):
        return False
    for before, at, (step, _) in zip(chain, chain[1:], steps[1:], strict=False):
        between = range(before + 1, at)
        if spec.order == "strict" and len(between):
            return False
        if any(names[place] in spec.steps[step].excluded for place in between):
            return False
    return in_window(log, spec, chain)


def in_window(log: EventLog, spec: FunnelSpec, chain: Chain) -> bool:
    if spec.window_ms is None:
        return True
    since = [chain[0]] * len(chain) if spec.window_from == "start" else [chain[0], *chain]
    return all(log.time[at] - log.time[first] <= spec.window_ms for at, first in zip(chain, since, strict=False))


def chains(log: EventLog, spec: FunnelSpec, steps: list[tuple[int, int]]) -> Iterator[tuple[int, Chain]]:
    """Yield each unit with each chain of its events through these steps."""
    for unit in np.unique(log.unit):
        places = np.flatnonzero(log.unit == unit).tolist()
        for chain in combinations(places, len(steps)):
            if holds(log, spec, chain, steps):
                yield int(unit), chain


def best(log: EventLog, spec: FunnelSpec, steps: list[tuple[int, int]]) -> dict[int, Chain]:
    """Return the chain of each unit that is through earliest, with the latest events else."""
    found: dict[int, Chain] = {}
    for unit, chain in chains(log, spec, steps):
        rank = (-chain[-1], *reversed(chain[:-1]))
        if unit not in found or rank > (-found[unit][-1], *reversed(found[unit][:-1])):
            found[unit] = chain
    return found


def slow_places(log: EventLog, spec: FunnelSpec) -> dict[int, list[int]]:
    """Return where each unit reached each step."""
    at: dict[int, list[int]] = {}
    for n in range(1, len(spec.required) + 1):
        steps = links(spec, n)
        ends = [k for k, (place, repeat) in enumerate(steps) if repeat == spec.steps[place].times - 1]
        for unit, chain in best(log, spec, steps).items():
            at[unit] = [-1] * len(spec.steps)
            for place, end in zip(spec.required, ends, strict=False):
                at[unit][place] = chain[end]
    for place, step in enumerate(spec.steps):
        if step.is_optional:
            steps = links(spec, sum(required < place for required in spec.required))
            steps += [(place, k) for k in range(step.times)]
            for unit, chain in best(log, spec, steps).items():
                at[unit][place] = chain[-1]
    return at


def slow_totals(log: EventLog, spec: FunnelSpec) -> list[int]:
    """Return how many starts are served at each step, where an event serves the latest start that can have it."""
    counts = []
    for n in range(1, len(spec.required) + 1):
        latest: dict[int, int] = {}
        for _, chain in chains(log, spec, links(spec, n)):
            latest[chain[-1]] = max(latest.get(chain[-1], -1), chain[0])
        counts.append(len(set(latest.values())))
    return counts


def slow_any_order(log: EventLog, spec: FunnelSpec) -> dict[int, tuple[int, int]]:
    """Return the most steps that each unit did in one window without an excluded event, and where it first had."""
    most: dict[int, tuple[int, int]] = {}
    for unit in np.unique(log.unit):
        places = np.flatnonzero(log.unit == unit)
        for first in places:
            for last in places[places >= first]:
                found = _done(log, spec, int(first), int(last)), -int(last)
                most[int(unit)] = max(most.get(int(unit), (0, 0)), found)
    return {unit: (n, -last) for unit, (n, last) in most.items() if n}


def _done(log: EventLog, spec: FunnelSpec, first: int, last: int) -> int:
    names = [log.names[code] for code in log.name[first : last + 1]]
    if not in_window(log, spec, (first, last)) or {n for step in spec.steps for n in step.excluded} & set(names):
        return 0
    return sum(sum(names.count(name) for name in step.events) >= step.times for step in spec.steps)
