"""Gestures: filters at once, as clicks on a page of nine linked views leave them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import numpy as np

from semantic.catalog import DAY, N_CONVERTED, N_SESSIONS, VARIANT
from semantic.cube import Cube
from semantic.filter import Clause, Filter, RangeClause
from semantic.query import Domains, Query

MEASURES = (N_SESSIONS, N_CONVERTED)


@dataclass(frozen=True)
class Gesture:
    """What some charts have selected.

    Attributes
    ----------
    kept : tuple of (str, tuple of int)
        For each filtered dimension the places of the members kept, ascending; neighbours for days and numbers.
    """

    kept: tuple[tuple[str, tuple[int, ...]], ...]

    def seen_by(self, view: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Return what filters a view: everything but its own selection."""
        return tuple(pair for pair in self.kept if pair[0] != view)


def draw_gestures(
    domains: Domains, filters: Sequence[tuple[str, ...]], n_gestures: int, seed: int = 7
) -> list[Gesture]:
    """Return random gestures.

    Parameters
    ----------
    domains : mapping of str to Domain
        Members of each dimension.
    filters : sequence of tuple of str
        Which dimensions may be filtered together.
    n_gestures : int
        How many.
    seed : int
        Equal seeds give equal gestures.
    """
    random = np.random.default_rng(seed)

    def places(name: str) -> tuple[int, ...]:
        size = len(domains[name])
        n_kept = int(random.integers(1, max(2, size // 2 + 1)))
        if domains[name].dimension.kind in ("time", "number", "band"):
            first = int(random.integers(0, size - n_kept + 1))
            return tuple(range(first, first + n_kept))
        return tuple(sorted(random.choice(size, n_kept, replace=False).tolist()))

    chosen = [filters[int(place)] for place in random.integers(0, len(filters), n_gestures)]
    return [Gesture(tuple((name, places(name)) for name in names)) for names in chosen]


def queries_of(gesture: Gesture, domains: Domains) -> list[Query]:
    """Return what the nine views ask the store under a gesture: sessions and conversions by member and variant."""
    queries = []
    for view in domains:
        clauses = [_clause(name, kept, domains) for name, kept in gesture.seen_by(view)]
        queries.append(Query(MEASURES, tuple(dict.fromkeys((view, VARIANT))), Filter(tuple(clauses))))
    return queries


def _clause(name: str, kept: tuple[int, ...], domains: Domains) -> Clause | RangeClause:
    members = [domains[name].members[place] for place in kept]
    if name != DAY:
        return Clause(name, tuple(members))
    return RangeClause(name, date.fromisoformat(members[0]), date.fromisoformat(members[-1]) + timedelta(days=1))


def filters_by_coverage(cube: Cube, n_filters: int) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return the sets of filters under which the cube answers every view, and the other sets.

    Parameters
    ----------
    cube : Cube
        Whose cuboids cover or do not.
    n_filters : int
        Size of a set.
    """
    sets = list(combinations(cube.domains, n_filters))
    first = {names: Gesture(tuple((name, (0,)) for name in names)) for names in sets}
    covered = [names for names in sets if all(map(cube.cuboid_for, queries_of(first[names], cube.domains)))]
    return covered, [names for names in sets if names not in covered]
