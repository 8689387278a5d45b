"""Segments' cells: which segments of a selection there are, and their sessions and conversions."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import prod

import numpy as np
import numpy.typing as npt

from analytics.analysis import Request
from analytics.experiment.interval import Floats
from semantic.catalog import N_CONVERTED, N_SESSIONS, VARIANT, Catalog
from semantic.filter import Clause
from semantic.query import Answer, Query
from semantic.snapshot import Snapshot

MAX_CELLS = 50_000
"""A combination with more cells is left out."""
MAX_ROWS_BY_SQL = 1_000_000
"""Above this many rows a combination that no cuboid covers is left out."""
_KINDS = ("category", "place", "band")
WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Cells:
    """Segments of several combinations, one after the other.

    Attributes
    ----------
    n, converted : ndarray of float, shape (segments, variants)
        Sessions and conversions.
    group : ndarray of int, shape (segments,)
        Which combination each belongs to.
    place : ndarray of int, shape (segments,)
        Its place in the flattened axes of the combination.
    """

    n: Floats
    converted: Floats
    group: npt.NDArray[np.intp]
    place: npt.NDArray[np.intp]


def dimension_names(catalog: Catalog) -> list[str]:
    """Return the dimensions that segments are made of: categories, places and bands, but not the variant."""
    return [d.name for d in catalog.dimensions if d.kind in _KINDS and d.name != VARIANT]


def _is_fixed(request: Request, name: str) -> bool:
    clause = request.where.clause(name)
    return isinstance(clause, Clause) and len(clause.values) == 1


def combinations_of(request: Request, catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Return the combinations of dimensions that the filter leaves open, by the names of their queries."""
    free = [name for name in dimension_names(catalog) if not _is_fixed(request, name)]
    return {",".join(by): by for by in combinations(free, request.params.depth)}


def segment_queries(request: Request, catalog: Catalog) -> Mapping[str, Query]:
    """Return the query for the whole and one for each combination of dimensions."""
    measures, where = (N_SESSIONS, N_CONVERTED), request.where
    found = {name: Query(measures, (*by, VARIANT), where) for name, by in combinations_of(request, catalog).items()}
    return {WHOLE: Query(measures, (VARIANT,), where), **found}


def is_too_much(query: Query, snapshot: Snapshot) -> bool:
    """Return whether a combination has too many cells, or would take a pass over very many rows."""
    if query.by == (VARIANT,):
        return False
    n_cells = prod(len(snapshot.domains[name]) for name in query.by if name != VARIANT)
    is_slow = snapshot.n_rows > MAX_ROWS_BY_SQL and snapshot.cube.cuboid_for(query) is None
    return n_cells > MAX_CELLS or is_slow


def is_open(answer: Answer) -> bool:
    """Return whether each dimension of a combination has two members with sessions."""
    n, n_axes = answer[N_SESSIONS], len(answer.by)
    sums = [n.sum(axis=tuple(a for a in range(n_axes) if a != axis)) for axis in range(n_axes - 1)]
    return all(np.count_nonzero(values) > 1 for values in sums)


def gather(answers: list[Answer], min_sessions: int) -> tuple[Cells, int]:
    """Return the segments with enough sessions, and how many have some but not enough."""
    parts, n_too_small = [], 0
    for group, answer in enumerate(answers):
        n, converted = (answer[name].reshape(-1, answer[name].shape[-1]) for name in (N_SESSIONS, N_CONVERTED))
        sessions = n.sum(axis=1)
        (places,) = np.nonzero(sessions >= min_sessions)
        n_too_small += int(np.count_nonzero(sessions)) - places.size
        parts.append((n[places], converted[places], np.full(places.size, group), places))
    if not parts:
        return Cells(np.zeros((0, 1)), np.zeros((0, 1)), np.zeros(0, np.intp), np.zeros(0, np.intp)), 0
    return Cells(*(np.concatenate(columns) for columns in zip(*parts, strict=True))), n_too_small
