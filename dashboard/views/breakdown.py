"""Breakdowns: the conversion rate in each member of a dimension, split by engine, as dots with intervals."""

from functools import partial
from typing import Any

from analytics import Params
from analytics.breakdown import BREAKDOWN, BreakdownResult, BreakdownRow
from analytics.estimate import Estimate
from dashboard.format import NumberFormat
from dashboard.gazetteer import is_mappable
from dashboard.table import Column, Table, estimate_cells, estimate_columns
from dashboard.view import Arrays, Context, View
from semantic.catalog import VARIANT, Catalog, Dimension


def breakdown_views(context: Context) -> tuple[View, ...]:
    """Return a card for each category and band, and for each place that no map can show."""
    return tuple(breakdown_view(d, context) for d in context.config.catalog.dimensions if _is_split(d, context))


def breakdown_view(dimension: Dimension, context: Context) -> View:
    """Return the card of one dimension."""
    write = context.number_format

    def arrays(result: BreakdownResult, ghost: BreakdownResult | None) -> Arrays:
        ghosts = {row.member: row for row in ghost.rows if row.total.n} if ghost else {}
        left_out = result.n_members - len(result.rows)
        return {
            "variants": result.variants,
            "rows": [
                _row(row, ghosts.get(row.member), result.variants, context)
                for row in result.rows
                if row.total.n or row.member in ghosts
            ],
            "left_out": f"the largest {len(result.rows)} of {result.n_members}" if left_out > 0 else "",
        }

    return View(
        name=dimension.name,
        title=dimension.label,
        page="overview",
        analysis=BREAKDOWN,
        dimensions=(dimension.name,),
        painter="dots",
        arrays=arrays,
        table=partial(breakdown_table, catalog=context.config.catalog),
        summary=partial(breakdown_summary, write=write),
        params=Params(context.params.confidence, dimension.name),
        has_ghost=True,
        help=dimension.description,
        width=3,
    )


def breakdown_table(result: BreakdownResult, catalog: Catalog) -> Table:
    """Return the rates in each member, in total and for each engine."""
    meaning, dimension = catalog.metric(result.metric).description, catalog.dimension(result.dimension)
    names = [("total", "All engines"), *((f"variant_{i}", name) for i, name in enumerate(result.variants))]
    columns = [c for name, label in names for c in estimate_columns(name, label, result.unit, meaning)]
    rows = ((r.member, *(cell for e in (r.total, *r.variants) for cell in estimate_cells(e))) for r in result.rows)
    return Table((Column(result.dimension, result.label, description=dimension.description), *columns), tuple(rows))


def breakdown_summary(result: BreakdownResult, write: NumberFormat) -> str:
    """Return the members with the highest and the lowest rate in one sentence."""
    known = [row for row in result.rows if row.total.value is not None]
    if not known:
        return f"{result.label}: no sessions."
    best, worst = (choose(known, key=lambda row: row.total.value or 0.0) for choose in (max, min))
    ends = [best] if best is worst else [best, worst]
    return f"{result.label}: {'; '.join(sentence(row.member, row.total, write) for row in ends)}."


def _is_split(dimension: Dimension, context: Context) -> bool:
    if dimension.name == VARIANT or dimension.kind in ("time", "number"):
        return False
    return dimension.kind != "place" or not is_mappable(context.snapshot.domains[dimension.name].members)


def _row(row: BreakdownRow, ghost: BreakdownRow | None, variants: tuple[str, ...], context: Context) -> dict[str, Any]:
    write, whose = context.number_format, [f"{row.member}, {variant}" for variant in variants]
    pale = ghost.variants if ghost else (None,) * len(variants)
    beside = [context.beside(estimate) for estimate in pale]
    return {
        "member": row.member,
        "n": row.total.n,
        "variants": [
            _mark(estimate, sentence(who, estimate, write) + more)
            for who, estimate, more in zip(whose, row.variants, beside, strict=True)
        ],
        "ghosts": [estimate.value for estimate in ghost.variants] if ghost else [],
    }


def _mark(estimate: Estimate, text: str) -> dict[str, Any]:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high, "text": text}


def sentence(who: str, estimate: Estimate, write: NumberFormat) -> str:
    """Return what a tooltip says of a conversion rate."""
    if estimate.value is None:
        return f"{who}: no sessions"
    ends = write.interval(estimate.low, estimate.high, "fraction")
    return f"{who}: {write.rate(estimate.value)} convert ({ends}), {write.count(estimate.n)} sessions"
