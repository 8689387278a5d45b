"""Relations: the conversion rate along each number, per engine, and how closely the two go together."""

from dataclasses import replace
from functools import partial
from typing import Any

from analytics.estimate import Estimate
from analytics.relation import RELATION, RelationResult
from dashboard.format import NumberFormat
from dashboard.packed import packed, shortened
from dashboard.table import Column, Table, estimate_cells, estimate_columns
from dashboard.view import Arrays, Context, View
from semantic.catalog import Catalog, Dimension

AFTER_THE_ENGINE = (
    "Measured after the engine acted: it may be an effect of the engine or of the wish to buy, not a cause."
)
_NARROW = 0.02


def relation_views(context: Context) -> tuple[View, ...]:
    """Return a card for each number, then one for each band."""
    numbers = sorted((d for d in context.config.catalog.dimensions if d.is_binned), key=lambda d: d.kind != "number")
    return tuple(relation_view(dimension, context) for dimension in numbers)


def relation_view(dimension: Dimension, context: Context) -> View:
    """Return the card of one number."""
    write = context.number_format
    return View(
        name=f"relation_{dimension.name}",
        title=f"Conversion by {dimension.label.lower()}",
        page="explore",
        analysis=RELATION,
        dimensions=(dimension.name,),
        painter="bins",
        arrays=partial(_arrays, write=write, warning=AFTER_THE_ENGINE if dimension.is_post_treatment else ""),
        table=partial(relation_table, catalog=context.config.catalog),
        summary=partial(relation_summary, write=write),
        params=replace(context.params, by=dimension.name),
        note=dimension.unit,
        has_ghost=True,
        help=dimension.description,
        width=6 if dimension.kind == "number" else 4,
    )


def relation_table(result: RelationResult, catalog: Catalog) -> Table:
    """Return for each bin its ends, the mean within and the rates."""
    meaning, described = catalog.metrics[0].description, catalog.dimension(result.dimension).description
    names = [("total", "All engines"), *((f"variant_{i}", name) for i, name in enumerate(result.variants))]
    heads = (
        Column("bin", result.label, description=described),
        Column("low", "From", result.unit, "Where the bin begins; empty: open."),
        Column("high", "To before", result.unit, "Where the bin ends; empty: open."),
        *estimate_columns("mean", f"Mean {result.label.lower()}", result.unit, "Mean of the number within the bin."),
    )
    columns = (column for name, label in names for column in estimate_columns(name, label, "fraction", meaning))
    rows = (
        (
            one.member,
            one.low,
            one.high,
            *estimate_cells(one.mean),
            *(cell for rate in (one.rate.total, *one.rate.variants) for cell in estimate_cells(rate)),
        )
        for one in result.bins
    )
    return Table((*heads, *columns), tuple(rows))


def relation_summary(result: RelationResult, write: NumberFormat) -> str:
    """Return the correlation of each engine in one sentence; where there is none, why."""
    words = "; ".join(f"{each['variant']} {each['text']}" for each in _correlations(result, write))
    told = f"{result.label} and conversion: {words or result.no_correlation or 'too few sessions to relate'}"
    return told if told.endswith(".") else f"{told}."


def _arrays(result: RelationResult, ghost: RelationResult | None, *, write: NumberFormat, warning: str) -> Arrays:
    pale = {one.member: one for one in ghost.bins} if ghost else {}
    return {
        "variants": result.variants,
        "label": result.label,
        "unit": result.unit,
        "bins": [
            {"member": b.member, "low": b.low, "high": b.high, "mean": shortened(b.mean.value) if b.mean else None}
            for b in result.bins
        ],
        "n": [one.rate.total.n for one in result.bins],
        "n_ghost": [pale[one.member].rate.total.n if one.member in pale else 0 for one in result.bins],
        "rates": [packed(one.rate.variants[at] for one in result.bins) for at in range(len(result.variants))],
        "ghosts": [
            [_pale(pale, one.member, at) for one in result.bins] for at in range(len(result.variants) if pale else 0)
        ],
        "correlations": _correlations(result, write),
        "notes": [note for note in (result.no_correlation, warning, _missing(result, write)) if note],
    }


def _pale(bins: dict[str, Any], member: str, place: int) -> float | None:
    return shortened(bins[member].rate.variants[place].value) if member in bins else None


def _correlations(result: RelationResult, write: NumberFormat) -> list[dict[str, str]]:
    if not result.correlation:
        return []
    pairs = zip(result.variants, result.correlation.variants, strict=True)
    return [{"variant": name, "text": _correlation(one, write)} for name, one in pairs if one.value is not None]


def _correlation(estimate: Estimate, write: NumberFormat) -> str:
    value, low, high = estimate.value or 0.0, estimate.low, estimate.high
    if low is None or high is None:
        return f"r = {write.fixed(value, 2)} (too few for an interval)"
    places = 3 if high - low < _NARROW else 2
    chance = ", so perhaps none" if low < 0 < high else ""
    return f"r = {write.fixed(value, places)} ({write.fixed(low, places)} to {write.fixed(high, places)}{chance})"


def _missing(result: RelationResult, write: NumberFormat) -> str:
    return f"Without {result.label.lower()}: {write.count(result.n_missing)} sessions." if result.n_missing else ""
