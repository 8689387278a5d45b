"""Relation: the conversion rate along a number, in its bins, and how strongly the two go together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analytics.analysis import Analysis, Request
from analytics.estimate import Estimate, Split, estimates
from analytics.experiment.correlation import BinnedNumber, point_biserial
from analytics.experiment.interval import Floats
from analytics.experiment.mean import Sample, student
from analytics.members import asked_dimension, bin_ends, present
from analytics.metric import metric_splits
from analytics.variants import control_first
from semantic.catalog import N_CONVERTED, N_SESSIONS, VARIANT, Catalog, Dimension
from semantic.query import Answer, Query


@dataclass(frozen=True, slots=True)
class RelationBin:
    """One bin of the number.

    Attributes
    ----------
    member : str
        Its name.
    low, high : float or None
        Where it begins and ends, ``[low, high)``; None where it is open.
    mean : Estimate or None
        Mean of the number within, all variants together, Student interval; None where its sum is not kept.
    rate : Split
        Conversion rate within, Wilson interval.
    """

    member: str
    low: float | None
    high: float | None
    mean: Estimate | None
    rate: Split


@dataclass(frozen=True, slots=True)
class RelationResult:
    """Conversion along a number; every figure is over the sessions in which the number is known.

    Attributes
    ----------
    dimension, label, unit : str
        Name, label and unit of the number.
    variants : tuple of str
        Control first.
    bins : tuple of RelationBin
        Ascending.
    correlation : Split or None
        Point-biserial correlation of number and conversion in [-1, 1]; see `point_biserial`.
    no_correlation : str
        Why there is none, in one sentence; else empty.
    n_sessions : int
        Sessions in which the number is known.
    n_missing : int
        Sessions in which it is not.
    """

    dimension: str
    label: str
    unit: str
    variants: tuple[str, ...]
    bins: tuple[RelationBin, ...]
    correlation: Split | None
    no_correlation: str
    n_sessions: int
    n_missing: int


def _numbers(catalog: Catalog) -> tuple[Dimension, ...]:
    return tuple(dimension for dimension in catalog.dimensions if dimension.is_binned)


def _measures(dimension: Dimension, catalog: Catalog) -> tuple[str, ...]:
    """Return sum, sum of squares and sum over conversions; nothing where they are not kept."""
    total = f"sum_{dimension.column}"
    wanted = (total, f"{total}_squared", f"{total}_converted")
    return wanted if {measure.name for measure in catalog.measures}.issuperset(wanted) else ()


def _queries(request: Request, catalog: Catalog) -> Mapping[str, Query]:
    dimension = asked_dimension(request.params.by, "number to relate to conversion", _numbers(catalog))
    measures = (N_SESSIONS, N_CONVERTED, *_measures(dimension, catalog))
    return {"bins": Query(measures, (dimension.name, VARIANT), request.where)}


def compute_relation(answers: Mapping[str, Answer], request: Request, catalog: Catalog) -> RelationResult:
    """Return the conversion rate in each bin of ``request.params.by``, and their correlation.

    Parameters
    ----------
    answers : mapping of str to Answer
        ``bins``: sessions, conversions and the sums of the number by its bins and the variant.
    request : Request
        Its confidence and dimension.
    catalog : Catalog
        Names control, and says which sums are kept.

    Notes
    -----
    The missing member is left out, so that all sums are over sessions in which the number is known. A number measured
    after the engine acted is no cause: see the page on the method.
    """
    cells, dimension = answers["bins"], catalog.dimension(request.params.by)
    variants, level = cells.members[VARIANT], request.params.confidence
    order, known = control_first(variants, catalog), present(cells.members[dimension.name])
    sums = {name: values[known][:, order] for name, values in cells.sums.items()}
    edges, measures = cells.edges.get(dimension.name, ()), _measures(dimension, catalog)
    number = _number(sums, measures, edges) if measures else None
    means = _means(number, level) if number else (None,) * len(known)
    rates = metric_splits(catalog.metrics[0], sums, level)
    return RelationResult(
        dimension=dimension.name,
        label=dimension.label,
        unit=dimension.unit,
        variants=tuple(variants[place] for place in order),
        bins=_bins([cells.members[dimension.name][at] for at in known], rates, means, edges),
        correlation=_correlation(number, level) if number else None,
        no_correlation="" if number else f"{dimension.label} is kept in bands, so its correlation cannot be told.",
        n_sessions=round(sums[N_SESSIONS].sum()),
        n_missing=round(cells[N_SESSIONS].sum() - sums[N_SESSIONS].sum()),
    )


def _number(sums: Mapping[str, Floats], measures: tuple[str, ...], edges: tuple[float, ...]) -> BinnedNumber:
    """Return the number's statistics; the first group is all variants together."""
    names = (N_SESSIONS, N_CONVERTED, *measures)
    n, converted, total, squares, total_converted = (
        np.column_stack([sums[name].sum(axis=1), sums[name]]) for name in names
    )
    return BinnedNumber(n, converted, total, squares, total_converted, edges[-1] if edges else np.nan)


def _bins(
    members: list[str], rates: tuple[Split, ...], means: tuple[Estimate | None, ...], edges: tuple[float, ...]
) -> tuple[RelationBin, ...]:
    rows = zip(members, bin_ends(edges, len(members)), means, rates, strict=True)
    return tuple(RelationBin(member, low, high, mean, rate) for member, (low, high), mean, rate in rows)


def _means(number: BinnedNumber, confidence: float) -> tuple[Estimate | None, ...]:
    n, total, squares = (values[:, 0] for values in (number.n, number.total, number.squares))
    return estimates(student(Sample.of(n, total, squares), confidence), n)


def _correlation(number: BinnedNumber, confidence: float) -> Split:
    total, *variants = estimates(point_biserial(number, confidence), number.n.sum(axis=0))
    return Split(total, tuple(variants))


RELATION = Analysis(
    "relation",
    "Conversion along a number",
    is_available=lambda catalog: bool(_numbers(catalog)),
    queries=_queries,
    compute=compute_relation,
    result=RelationResult,
    parameters=("confidence", "by"),
    needs="a number or a band",
)
