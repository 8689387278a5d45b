"""Gestures: two filters at once, as two clicks on a page of nine linked views leave them."""

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
    """What two charts have selected.

    Attributes
    ----------
    kept : tuple of (str, tuple of int)
        For each filtered dimension the places of the members kept, ascending; neighbours for days and numbers.
    """

    kept: tuple[tuple[str, tuple[int, ...]], ...]

    def seen_by(self, view: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Return what filters a view: everything but its own selection."""
        return tuple(pair for pair in self.kept if pair[0] != view)


def draw_gestures(domains: Domains, pairs: Sequence[tuple[str, str]], n_gestures: int, seed: int = 7) -> list[Gesture]:
    """Return random gestures.

    Parameters
    ----------
    domains : mapping of str to Domain
        Members of each dimension.
    pairs : sequence of (str, str)
        Which two dimensions may be filtered together.
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

    chosen = [pairs[int(place)] for place in random.integers(0, len(pairs), n_gestures)]
    return [Gesture(tuple((name, places(name)) for name in pair)) for pair in chosen]


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


def pairs_by_coverage(cube: Cube) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the pairs of filters under which the cube answers every view, and the other pairs."""
    pairs = list(combinations(cube.domains, 2))
    first = {pair: Gesture(tuple((name, (0,)) for name in pair)) for pair in pairs}
    covered = [pair for pair in pairs if all(cube.cuboid_for(query) for query in queries_of(first[pair], cube.domains))]
    return covered, [pair for pair in pairs if pair not in covered]
