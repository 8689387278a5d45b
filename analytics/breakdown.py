"""Breakdown: the conversion rate in each member of a dimension, split by variant."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.analysis import Analysis, Request
from analytics.estimate import Estimate, estimates
from analytics.experiment.proportion import wilson
from analytics.variants import control_first
from semantic.catalog import N_CONVERTED, N_SESSIONS, VARIANT, Catalog
from semantic.errors import UnknownNameError, unknown_name
from semantic.query import Answer, Query


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One member of the dimension.

    Attributes
    ----------
    member : str
        Its name.
    total : Estimate
        Conversion rate of all variants together, Wilson interval.
    variants : tuple of Estimate
        Conversion rate of each of ``BreakdownResult.variants``.
    """

    member: str
    total: Estimate
    variants: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class BreakdownResult:
    """Conversion by a dimension.

    Attributes
    ----------
    dimension, label : str
        Name and label of the dimension.
    variants : tuple of str
        Control first.
    rows : tuple of BreakdownRow
        In the order of the domain; members that the filter left without sessions have n = 0.
    n_members : int
        Members in the data; more than ``len(rows)`` where the largest 30 were kept.
    """

    dimension: str
    label: str
    variants: tuple[str, ...]
    rows: tuple[BreakdownRow, ...]
    n_members: int


MAX_ROWS = 30


def _is_available(catalog: Catalog) -> bool:
    return len(catalog.dimensions) > 1


def _queries(request: Request, catalog: Catalog) -> Mapping[str, Query]:
    known = [d.name for d in catalog.dimensions if d.name != VARIANT]
    if request.params.by not in known:
        raise UnknownNameError(unknown_name("dimension to break down by", request.params.by, known))
    return {"cells": Query((N_SESSIONS, N_CONVERTED), (request.params.by, VARIANT), request.where)}


def compute_breakdown(answers: Mapping[str, Answer], request: Request, catalog: Catalog) -> BreakdownResult:
    """Return the conversion rate in each member of ``request.params.by``, split by variant.

    Parameters
    ----------
    answers : mapping of str to Answer
        ``cells``: sessions and conversions by the dimension and the variant.
    request : Request
        Its confidence and dimension.
    catalog : Catalog
        Names control.

    Notes
    -----
    Of more than `MAX_ROWS` members those with the most sessions are kept. Wilson's interval throughout; see `wilson`.
    """
    cells, by = answers["cells"], request.params.by
    members, variants = cells.members[by], cells.members[VARIANT]
    order = control_first(variants, catalog)
    kept = _largest(cells[N_SESSIONS].sum(axis=1))
    n, converted = cells[N_SESSIONS][kept][:, order], cells[N_CONVERTED][kept][:, order]
    totals = estimates(wilson(converted.sum(axis=1), n.sum(axis=1), request.params.confidence), n.sum(axis=1))
    flat = estimates(wilson(converted.ravel(), n.ravel(), request.params.confidence), n.ravel())
    width = len(order)
    rows = tuple(
        BreakdownRow(members[place], total, flat[row * width : (row + 1) * width])
        for row, (place, total) in enumerate(zip(kept, totals, strict=True))
    )
    names = tuple(variants[place] for place in order)
    return BreakdownResult(by, catalog.dimension(by).label, names, rows, len(members))


def _largest(n: npt.NDArray[np.float64]) -> list[int]:
    """Return the places of the largest members, in the order of the domain."""
    return sorted(np.argsort(-n, kind="stable")[:MAX_ROWS].tolist())


BREAKDOWN = Analysis(
    "breakdown",
    "Conversion by a dimension",
    is_available=_is_available,
    queries=_queries,
    compute=compute_breakdown,
    result=BreakdownResult,
    parameters=("confidence", "by"),
    needs="a dimension beside the variant",
)
