"""Any metric by any dimension: both are the reader's choice."""

from dataclasses import replace
from functools import partial
from typing import Any

from analytics.breakdown import BREAKDOWN, BreakdownResult, BreakdownRow
from analytics.estimate import Estimate
from dashboard.choices import choice_of, first_of_kind, short_dimensions
from dashboard.format import NumberFormat
from dashboard.view import Arrays, Context, View
from dashboard.views.breakdown import breakdown_table

_FIRST_METRIC, _FIRST_DIMENSION = "mean_time_spent_s", "device"


def metric_views(context: Context) -> tuple[View, ...]:
    """Return the card; nothing where the data has no dimension beside the variant."""
    dimensions, metrics = short_dimensions(context), context.config.catalog.metrics
    if not dimensions:
        return ()
    names = [dimension.name for dimension in dimensions]
    first = _FIRST_DIMENSION if _FIRST_DIMENSION in names else first_of_kind(dimensions, "category", "place", "band")
    opening = next((m.name for m in metrics if m.name == _FIRST_METRIC), metrics[-1].name)
    shown = choice_of("metric-shown", "Metric", metrics, opening)
    by = choice_of("metric-by", "by", dimensions, first)
    metric, dimension = shown.chosen(context.options), by.chosen(context.options)
    write = context.number_format
    return (
        View(
            name="metric",
            title="Any metric",
            page="explore",
            analysis=BREAKDOWN,
            dimensions=(dimension,),
            painter="dots",
            arrays=partial(_arrays, write=write),
            table=partial(breakdown_table, catalog=context.config.catalog),
            summary=partial(metric_summary, write=write),
            params=replace(context.params, by=dimension, metric=metric),
            has_ghost=True,
            choices=(shown, by),
            help="A mean with its interval in each member; the axis is this card's own and need not start at zero.",
            width=4,
        ),
    )


def metric_summary(result: BreakdownResult, write: NumberFormat) -> str:
    """Return the metric in each member in one sentence; of many the ends."""
    known = [row for row in result.rows if row.total.value is not None]
    what = f"{result.metric_label} by {result.label}"
    if not known:
        return f"{what}: no sessions."
    ordered = sorted(known, key=lambda row: -(row.total.value or 0.0))
    told = ordered if len(ordered) <= 4 else [ordered[0], ordered[-1]]
    return f"{what}: {'; '.join(metric_sentence(row.member, row.total, result.unit, write) for row in told)}."


def metric_sentence(who: str, estimate: Estimate, unit: str, write: NumberFormat) -> str:
    """Return what a tooltip says of a metric.

    Parameters
    ----------
    who : str
        Member, and engine where it is of one.
    estimate : Estimate
        The metric.
    unit : str
        As in the catalog.
    write : NumberFormat
        How numbers are written.
    """
    if estimate.value is None:
        return f"{who}: no sessions"
    scale = estimate.value
    ends = write.interval(estimate.low, estimate.high, unit, scale)
    told = f"{who}: {write.value(scale, unit)}"
    return f"{told} ({ends or 'too few for an interval'}), {write.count(estimate.n)} sessions"


def _arrays(result: BreakdownResult, ghost: BreakdownResult | None, *, write: NumberFormat) -> Arrays:
    ghosts = {row.member: row for row in ghost.rows if row.total.n} if ghost else {}
    left_out = result.n_members - len(result.rows)
    return {
        "variants": result.variants,
        "metric": result.metric,
        "unit": result.unit,
        "rows": [
            _row(row, ghosts.get(row.member), result, write)
            for row in result.rows
            if row.total.n or row.member in ghosts
        ],
        "left_out": f"the largest {len(result.rows)} of {result.n_members}" if left_out > 0 else "",
    }


def _row(row: BreakdownRow, ghost: BreakdownRow | None, result: BreakdownResult, write: NumberFormat) -> dict[str, Any]:
    pairs = zip(result.variants, row.variants, strict=True)
    return {
        "member": row.member,
        "n": row.total.n,
        "variants": [
            {
                "value": one.value,
                "low": one.low,
                "high": one.high,
                "text": metric_sentence(f"{row.member}, {name}", one, result.unit, write),
            }
            for name, one in pairs
        ],
        "ghosts": [estimate.value for estimate in ghost.variants] if ghost else [],
    }
