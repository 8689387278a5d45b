"""Heatmap: a metric in each combination of two dimensions, in total and per variant."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np

from analytics.analysis import Analysis, Request
from analytics.estimate import Split
from analytics.experiment.interval import Floats
from analytics.members import asked_dimension, largest, splitting_dimensions
from analytics.metric import asked_metric, measures_of, metric_splits
from analytics.variants import control_first
from semantic.catalog import N_SESSIONS, VARIANT, Catalog, Dimension
from semantic.errors import ProductError
from semantic.query import Answer, Query
from semantic.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class HeatmapAxis:
    """One dimension of a heatmap.

    Attributes
    ----------
    dimension, label : str
        Name and label of the dimension.
    members : tuple of str
        Those that are shown, in the order of the domain.
    totals : tuple of Split
        The metric in each of them, over every member of the other dimension.
    n_members : int
        Members in the data; more than ``len(members)`` where the largest 30 were kept.
    """

    dimension: str
    label: str
    members: tuple[str, ...]
    totals: tuple[Split, ...]
    n_members: int


@dataclass(frozen=True, slots=True)
class HeatmapResult:
    """A metric by two dimensions.

    Attributes
    ----------
    rows, columns : HeatmapAxis
        The dimensions ``by`` and ``across``.
    variants : tuple of str
        Control first.
    cells : tuple of tuple of Split
        One for each row and column, in their order; n is 0 where there are no sessions.
    total : Split
        The metric over the whole selection.
    n_cells : int
        Cells shown that have sessions; each interval holds for its own cell, not for all of them together.
    metric, metric_label, unit : str
        As in the catalog.
    """

    rows: HeatmapAxis
    columns: HeatmapAxis
    variants: tuple[str, ...]
    cells: tuple[tuple[Split, ...], ...]
    total: Split
    n_cells: int
    metric: str
    metric_label: str
    unit: str


MAX_MEMBERS = 30
MAX_CELLS = 5_000_000
"""More combinations of members are not counted: their sums would not fit in memory."""


class HeatmapError(ProductError):
    """Two dimensions cannot stand against each other."""


def _is_available(catalog: Catalog) -> bool:
    return len(splitting_dimensions(catalog)) > 1


def _queries(request: Request, catalog: Catalog) -> Mapping[str, Query]:
    known, (by, across) = catalog.dimensions, (request.params.by, request.params.across)
    asked_dimension(by, "dimension for the rows (by)", known)
    asked_dimension(across, "dimension for the columns (across)", known)
    if by == across:
        others = ", ".join(dimension.name for dimension in known if dimension.name != by)
        raise HeatmapError(f"by and across are both {by}, must be two dimensions; name one of {others} in across")
    axes = tuple(dict.fromkeys((by, across, VARIANT)))
    return {"cells": Query(measures_of(asked_metric(request, catalog)), axes, request.where)}


def is_too_much(query: Query, snapshot: Snapshot) -> bool:
    """Return whether the dimensions have too many combinations."""
    return prod(len(snapshot.domains[name]) for name in query.by) > MAX_CELLS


def compute_heatmap(answers: Mapping[str, Answer], request: Request, catalog: Catalog) -> HeatmapResult:
    """Return a metric in each combination of ``request.params.by`` and ``request.params.across``.

    Parameters
    ----------
    answers : mapping of str to Answer
        ``cells``: sessions and the metric's measures by both dimensions and the variant, which may be one of them.
    request : Request
        Its confidence, dimensions and metric.
    catalog : Catalog
        Names control.

    Raises
    ------
    HeatmapError
        Where the dimensions have more than `MAX_CELLS` combinations.

    Notes
    -----
    Of more than `MAX_MEMBERS` members of a dimension those with the most sessions are kept. Totals of rows and columns
    count every session, also those of members that are not shown. Wilson's interval for the conversion rate, Student's
    for means.
    """
    cells, metric = _cells(answers, request), asked_metric(request, catalog)
    order = control_first(cells.members[VARIANT], catalog)
    sums = {name: _by_variant(values, cells.by)[:, :, order] for name, values in cells.sums.items()}
    n = sums[N_SESSIONS].sum(axis=2)
    kept = (largest(n.sum(axis=1), MAX_MEMBERS), largest(n.sum(axis=0), MAX_MEMBERS))

    def splits(chosen: Mapping[str, Floats]) -> tuple[Split, ...]:
        rows = {name: values.reshape(-1, len(order)) for name, values in chosen.items()}
        return metric_splits(metric, rows, request.params.confidence)

    def axis(place: int, dimension: Dimension) -> HeatmapAxis:
        totals = splits({name: values.sum(axis=1 - place)[kept[place]] for name, values in sums.items()})
        members = cells.members[dimension.name]
        shown = tuple(members[at] for at in kept[place])
        return HeatmapAxis(dimension.name, dimension.label, shown, totals, len(members))

    rows, columns = (axis(place, catalog.dimension(name)) for place, name in enumerate(cells.by[:2]))
    flat, width = splits({name: values[np.ix_(*kept)] for name, values in sums.items()}), len(kept[1])
    return HeatmapResult(
        rows=rows,
        columns=columns,
        variants=tuple(cells.members[VARIANT][place] for place in order),
        cells=tuple(flat[row * width : (row + 1) * width] for row in range(len(kept[0]))),
        total=splits({name: values.sum(axis=(0, 1)) for name, values in sums.items()})[0],
        n_cells=int((n[np.ix_(*kept)] > 0).sum()),
        metric=metric.name,
        metric_label=metric.label,
        unit=metric.unit,
    )


def _by_variant(values: Floats, by: tuple[str, ...]) -> Floats:
    """Return sums by rows, columns and variant; where the variant is rows or columns, each of its own only."""
    if len(by) > 2:
        return values
    own = np.eye(values.shape[by.index(VARIANT)])
    return values[:, :, None] * (own[:, None, :] if by[0] == VARIANT else own[None, :, :])


def _cells(answers: Mapping[str, Answer], request: Request) -> Answer:
    if "cells" in answers:
        return answers["cells"]
    pair = f"{request.params.by} and {request.params.across}"
    raise HeatmapError(
        f"{pair} have over {MAX_CELLS:,} combinations, the most that are counted; name another dimension"
    )


HEATMAP = Analysis(
    "heatmap",
    "A metric by two dimensions",
    is_available=_is_available,
    queries=_queries,
    compute=compute_heatmap,
    result=HeatmapResult,
    parameters=("confidence", "by", "across", "metric"),
    needs="two dimensions beside the variant",
    is_too_much=is_too_much,
)
