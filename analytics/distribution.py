"""Distribution: how sessions spread over the members of a dimension, in total and per variant."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analytics.analysis import Analysis, Request
from analytics.estimate import Split, estimates, split_estimates
from analytics.experiment.interval import Floats
from analytics.experiment.proportion import wilson
from analytics.members import asked_dimension, bin_ends, largest, present, splitting_dimensions
from analytics.variants import control_first
from semantic.catalog import N_SESSIONS, VARIANT, Catalog
from semantic.query import Answer, Query


@dataclass(frozen=True, slots=True)
class DistributionRow:
    """One member of the dimension.

    Attributes
    ----------
    member : str
        Its name.
    low, high : float or None
        Where its bin begins and ends; None where it is open, or the dimension has no bins.
    n_sessions : int
        Sessions in it.
    n_by_variant : tuple of int
        Sessions of each of ``DistributionResult.variants``.
    share : Split
        Part of the sessions in which the dimension is known, Wilson interval; n is the number of those sessions.
    """

    member: str
    low: float | None
    high: float | None
    n_sessions: int
    n_by_variant: tuple[int, ...]
    share: Split


@dataclass(frozen=True, slots=True)
class DistributionResult:
    """Sessions by a dimension; rows, what is left out and what is missing add up to all of them.

    Attributes
    ----------
    dimension, label, unit : str
        Name, label and unit of the dimension.
    variants : tuple of str
        Control first.
    rows : tuple of DistributionRow
        In the order of the domain, without the missing.
    n_sessions : int
        Sessions in the selection.
    n_missing : int
        Sessions in which the dimension is not known.
    n_missing_by_variant : tuple of int
        The same per variant.
    n_left_out : int
        Sessions in members that are not shown.
    n_members : int
        Members in the data without the missing; more than ``len(rows)`` where the largest were kept.
    """

    dimension: str
    label: str
    unit: str
    variants: tuple[str, ...]
    rows: tuple[DistributionRow, ...]
    n_sessions: int
    n_missing: int
    n_missing_by_variant: tuple[int, ...]
    n_left_out: int
    n_members: int


MAX_ROWS = 30
"""Of a dimension without an order; bins and days are all shown."""


def _queries(request: Request, catalog: Catalog) -> Mapping[str, Query]:
    by = asked_dimension(request.params.by, "dimension to spread over", splitting_dimensions(catalog)).name
    return {"cells": Query((N_SESSIONS,), (by, VARIANT), request.where)}


def compute_distribution(answers: Mapping[str, Answer], request: Request, catalog: Catalog) -> DistributionResult:
    """Return how sessions spread over the members of ``request.params.by``.

    Parameters
    ----------
    answers : mapping of str to Answer
        ``cells``: sessions by the dimension and the variant.
    request : Request
        Its confidence and dimension.
    catalog : Catalog
        Names control.

    Notes
    -----
    Shares are of the sessions in which the dimension is known. Each has Wilson's interval for itself.
    """
    cells, dimension = answers["cells"], catalog.dimension(request.params.by)
    members, variants = cells.members[dimension.name], cells.members[VARIANT]
    order, known = control_first(variants, catalog), present(members)
    n = cells[N_SESSIONS][:, order]
    missing = n.sum(axis=0) - n[known].sum(axis=0)
    is_ordered = dimension.is_binned or dimension.kind == "time"
    kept = [known[at] for at in largest(n[known].sum(axis=1), len(known) if is_ordered else MAX_ROWS)]
    ends = bin_ends(cells.edges.get(dimension.name, ()), len(members))
    shares = _shares(n[kept], n[known].sum(axis=0), request.params.confidence)
    return DistributionResult(
        dimension=dimension.name,
        label=dimension.label,
        unit=dimension.unit,
        variants=tuple(variants[place] for place in order),
        rows=tuple(
            DistributionRow(members[at], *ends[at], round(n[at].sum()), _counts(n[at]), share)
            for at, share in zip(kept, shares, strict=True)
        ),
        n_sessions=round(n.sum()),
        n_missing=round(missing.sum()),
        n_missing_by_variant=_counts(missing),
        n_left_out=round(n[known].sum() - n[kept].sum()),
        n_members=len(known),
    )


def _shares(n: Floats, known: Floats, confidence: float) -> tuple[Split, ...]:
    per_variant = np.broadcast_to(known, n.shape).ravel()
    return split_estimates(
        estimates(wilson(n.sum(axis=1), known.sum(), confidence), known.sum()),
        estimates(wilson(n.ravel(), per_variant, confidence), per_variant),
    )


def _counts(n: Floats) -> tuple[int, ...]:
    return tuple(round(value) for value in n.tolist())


DISTRIBUTION = Analysis(
    "distribution",
    "Sessions by a dimension",
    is_available=lambda catalog: bool(splitting_dimensions(catalog)),
    queries=_queries,
    compute=compute_distribution,
    result=DistributionResult,
    parameters=("confidence", "by"),
    needs="a dimension beside the variant",
)
