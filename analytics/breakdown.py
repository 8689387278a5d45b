"""Breakdown: a metric in each member of a dimension, split by variant."""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.analysis import Analysis, Request
from analytics.estimate import Estimate
from analytics.members import asked_dimension, largest, splitting_dimensions
from analytics.metric import asked_metric, measures_of, metric_splits
from analytics.variants import control_first
from semantic.catalog import N_SESSIONS, VARIANT, Catalog
from semantic.query import Answer, Query


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One member of the dimension.

    Attributes
    ----------
    member : str
        Its name.
    total : Estimate
        The metric of all variants together; its n counts the sessions in which the metric is known.
    variants : tuple of Estimate
        The metric of each of ``BreakdownResult.variants``.
    """

    member: str
    total: Estimate
    variants: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class BreakdownResult:
    """A metric by a dimension.

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
    metric, metric_label, unit : str
        As in the catalog.
    """

    dimension: str
    label: str
    variants: tuple[str, ...]
    rows: tuple[BreakdownRow, ...]
    n_members: int
    metric: str = "conversion_rate"
    metric_label: str = "Conversion rate"
    unit: str = "fraction"


MAX_ROWS = 30


def _is_available(catalog: Catalog) -> bool:
    return len(catalog.dimensions) > 1


def _queries(request: Request, catalog: Catalog) -> Mapping[str, Query]:
    by = asked_dimension(request.params.by, "dimension to break down by", splitting_dimensions(catalog)).name
    return {"cells": Query(measures_of(asked_metric(request, catalog)), (by, VARIANT), request.where)}


def compute_breakdown(answers: Mapping[str, Answer], request: Request, catalog: Catalog) -> BreakdownResult:
    """Return a metric in each member of ``request.params.by``, split by variant.

    Parameters
    ----------
    answers : mapping of str to Answer
        ``cells``: sessions and the metric's measures by the dimension and the variant.
    request : Request
        Its confidence, dimension and metric.
    catalog : Catalog
        Names control.

    Notes
    -----
    Of more than `MAX_ROWS` members those with the most sessions are kept. Wilson's interval for the conversion rate,
    Student's for means; see `wilson` and `student`.
    """
    cells, by, metric = answers["cells"], request.params.by, asked_metric(request, catalog)
    members, variants = cells.members[by], cells.members[VARIANT]
    order = control_first(variants, catalog)
    kept = largest(cells[N_SESSIONS].sum(axis=1), MAX_ROWS)
    sums = {name: values[kept][:, order] for name, values in cells.sums.items()}
    splits = metric_splits(metric, sums, request.params.confidence)
    return BreakdownResult(
        dimension=by,
        label=catalog.dimension(by).label,
        variants=tuple(variants[place] for place in order),
        rows=tuple(BreakdownRow(members[at], s.total, s.variants) for at, s in zip(kept, splits, strict=True)),
        n_members=len(members),
        metric=metric.name,
        metric_label=metric.label,
        unit=metric.unit,
    )


BREAKDOWN = Analysis(
    "breakdown",
    "A metric by a dimension",
    is_available=_is_available,
    queries=_queries,
    compute=compute_breakdown,
    result=BreakdownResult,
    parameters=("confidence", "by", "metric"),
    needs="a dimension beside the variant",
)
