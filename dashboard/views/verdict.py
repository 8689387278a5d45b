"""The verdict: one sentence on how the engines compare, with the interval of the lift drawn beside it."""

from functools import partial

from analytics.comparison import COMPARISON, ComparisonResult
from analytics.estimate import Estimate
from dashboard.format import NumberFormat
from dashboard.table import Column, Table, estimate_cells, estimate_columns
from dashboard.view import Arrays, Context, View
from semantic.catalog import VARIANT, Catalog

_COLUMNS = (
    ("rate", "Conversion rate", "fraction", ""),
    ("control_rate", "Conversion rate of control", "fraction", ""),
    ("difference", "Difference", "points", "The engine's conversion rate minus that of control."),
    ("lift", "Lift", "relative", "The difference divided by the conversion rate of control."),
)


def verdict_views(context: Context) -> tuple[View, ...]:
    """Return the card that answers the page's question."""
    write = context.number_format
    places = {variant: place for place, variant in enumerate(context.variants)}

    def arrays(result: ComparisonResult, _: None) -> Arrays:
        names = (result.control, *(c.variant for c in result.comparisons))
        return {
            "headline": write.regrouped(result.headline, names),
            "summary": _summary(result, write),
            "detail": write.regrouped(result.detail, names),
            "confidence": result.confidence,
            "lifts": [
                {"variant": c.variant, "color": places[c.variant], "value": c.lift.value}
                | {"low": c.lift.low, "high": c.lift.high}
                for c in result.comparisons
            ],
        }

    table = partial(comparison_table, catalog=context.config.catalog)
    return (View("verdict", "", "overview", COMPARISON, (), "verdict", arrays, table, _said, context.params),)


def comparison_table(result: ComparisonResult, catalog: Catalog) -> Table:
    """Return each engine against control."""
    meant = catalog.metrics[0].description
    columns = [c for name, label, unit, text in _COLUMNS for c in estimate_columns(name, label, unit, text or meant)]
    rows = (
        (c.variant, *(cell for name, *_ in _COLUMNS for cell in estimate_cells(getattr(c, name))))
        for c in result.comparisons
    )
    engine = Column(VARIANT, "Engine", description=catalog.dimension(VARIANT).description)
    return Table((engine, *columns), tuple(rows))


def _said(result: ComparisonResult) -> str:
    return result.headline


def _summary(result: ComparisonResult, write: NumberFormat) -> str:
    """Return the rates with their n, and the interval of the lift where there is one; empty where nothing compares."""
    if not result.comparisons:
        return ""
    rates = [(c.variant, c.rate) for c in result.comparisons] + [(result.control, result.comparisons[0].control_rate)]
    parts = [_rate(variant, rate, write) for variant, rate in rates]
    return " · ".join([*parts, *_lifts(result, write)])


def _lifts(result: ComparisonResult, write: NumberFormat) -> list[str]:
    """Return the intervals of the lifts as one part; none where no lift has an interval."""
    known = [(c.variant, c.lift.low, c.lift.high) for c in result.comparisons]
    ends = {
        variant: f"{write.signed_rate(low)} to {write.signed_rate(high)}"
        for variant, low, high in known
        if low is not None and high is not None
    }
    level = write.level(result.confidence)
    if len(result.comparisons) == 1:
        return [f"{level} interval of the lift {text}" for text in ends.values()]
    return [f"{level} intervals of the lifts: {', '.join(map(' '.join, ends.items()))}"] if ends else []


def _rate(variant: str, rate: Estimate, write: NumberFormat) -> str:
    ends = write.interval(rate.low, rate.high, "fraction")
    return f"{variant} {write.value(rate.value, 'fraction')} ({ends}) of {write.count(rate.n)} sessions"
