"""KPI cards: each metric of the leading challenger beside control and the others, and its course by day."""

from functools import partial
from typing import Any

from analytics.estimate import Estimate
from analytics.kpi import KPI, KpiMetric, KpiResult, KpiVariant
from dashboard.baseline import ALL_SESSIONS, Baseline
from dashboard.format import NO_BREAK, NumberFormat
from dashboard.table import Column, Table, estimate_cells, estimate_columns
from dashboard.view import Arrays, Context, View

_COLUMNS = (
    ("estimate", "Value", "metric", ""),
    ("difference", "Difference to control", "metric_difference", "The engine's value minus that of control."),
)


def kpi_views(context: Context) -> tuple[View, ...]:
    """Return the one view behind all KPI cards."""
    places = {variant: place for place, variant in enumerate(context.variants)}
    write = context.number_format

    def arrays(result: KpiResult, _: None) -> Arrays:
        leader = leading_variant(result)
        cards = {m.name: _card(m, leader, result.control, places, write) for m in result.metrics}
        cards["sessions"]["events"] = _conversions(result, leader, write)
        return {"cards": cards, "days": result.days, "versus": _versus(result, context.baseline)}

    table = partial(kpi_table, baseline=context.baseline)

    def said(result: KpiResult) -> str:
        cards = [_card(m, leading_variant(result), result.control, places, write) for m in result.metrics]
        mains = zip(result.metrics, (card["main"] for card in cards), strict=True)
        return ". ".join(f"{metric.label}: {main['tip']}" for metric, main in mains if main) or "No sessions."

    return (View("kpi", "Metrics", "overview", KPI, (), "kpi", arrays, table, said, context.params),)


def kpi_table(result: KpiResult, baseline: Baseline = ALL_SESSIONS) -> Table:
    """Return each metric of each engine, with its difference to control and, where there is one, its change."""
    words = (*_COLUMNS, *_change(result, baseline))
    columns = [column for one in words for column in estimate_columns(*one)]
    unit = Column("unit", "Unit", description="Unit of the metric; fractions lie in [0, 1].")
    heads = (Column("metric", "Metric"), unit, Column("variant", "Engine"))
    rows = (
        (m.label, m.unit, whose, *(cell for name, *_ in words for cell in estimate_cells(values.get(name))))
        for m in result.metrics
        for whose, values in _table_rows(m)
    )
    return Table((*heads, *columns), tuple(rows), tuple((m.label, m.description) for m in result.metrics))


def _change(result: KpiResult, baseline: Baseline) -> tuple[tuple[str, str, str, str], ...]:
    """Return the words of the column of changes; nothing where there is nothing to compare with."""
    versus = _versus(result, baseline)
    if not versus:
        return ()
    meaning = f"The engine's value, {versus['told']}."
    return (("change", f"Change on {versus['text']}", "metric_difference", meaning),)


def _table_rows(metric: KpiMetric) -> list[tuple[str, dict[str, Estimate | None]]]:
    """Return what stands in the table for each engine, and for all of them together."""
    engines = [
        (v.variant, {"estimate": v.estimate, "difference": v.difference, "change": v.change}) for v in metric.variants
    ]
    return [*engines, ("All engines", {"estimate": metric.total})]


def _versus(result: KpiResult, baseline: Baseline) -> dict[str, str] | None:
    """Return what changes are against: beside a change, and in its tooltip; None where there is nothing."""
    if not result.versus:
        return None
    if not result.is_previous_period:
        named = (baseline.name, baseline.words) if baseline.versus is not None else (result.versus, result.versus)
        return {"text": named[0], "told": f"this selection minus {named[1]}"}
    text = "prior day" if len(result.days) == 1 else f"prior {len(result.days)} days"
    return {"text": text, "told": f"this period minus the {text}"}


def leading_variant(result: KpiResult) -> str:
    """Return the challenger with the highest conversion rate; control where it stands alone."""
    with_data = [v for v in result.metrics[0].variants if v.estimate.value is not None]
    challengers = [v for v in with_data if v.variant != result.control]
    best = max(challengers or with_data, key=lambda v: v.estimate.value or 0.0, default=None)
    return best.variant if best else result.control


def _card(metric: KpiMetric, leader: str, control: str, places: dict[str, int], write: NumberFormat) -> dict[str, Any]:
    shown = [v for v in metric.variants if v.estimate.n]
    main = next((v for v in shown if v.variant == leader), None)
    others = [_row(v, metric, control, places, write) for v in shown if v is not main]
    return {
        "main": _row(main, metric, control, places, write) if main else None,
        "others": others,
        "total": write.value(metric.total.value, metric.unit),
    }


def _conversions(result: KpiResult, variant: str, write: NumberFormat) -> str:
    rates = [v.estimate for v in result.metrics[0].variants if v.variant == variant]
    return "".join(f"{write.count(rate.n * (rate.value or 0.0))} conversions" for rate in rates if rate.n)


def _row(
    variant: KpiVariant, metric: KpiMetric, control: str, places: dict[str, int], write: NumberFormat
) -> dict[str, Any]:
    estimate, unit, scale = variant.estimate, metric.unit, metric.total.value
    short = unit if unit in ("fraction", "count", write.currency) else ""
    under, tip = _under(variant, metric, write)
    difference = _gap(variant.difference, short, write)
    if difference and difference["interval"]:
        tip += f"; minus {control}: {difference['text']} ({difference['interval']})"
    return {
        "variant": variant.variant,
        "color": places.get(variant.variant, 0),
        "value": write.value(estimate.value, unit, scale),
        "short": write.value(estimate.value, short, scale),
        "under": under,
        "tip": f"{variant.variant}: {tip}",
        "difference": difference,
        "change": _gap(variant.change, short, write),
        "against": control,
        "daily": variant.daily,
    }


def _under(variant: KpiVariant, metric: KpiMetric, write: NumberFormat) -> tuple[str, str]:
    """Return what stands under a value, and the same as a sentence for its tooltip."""
    estimate, unit, scale = variant.estimate, metric.unit, metric.total.value
    if variant.share:
        of, share = f"of {write.value(metric.total.value, unit)}", variant.share
        ends = write.interval(share.low, share.high, "fraction")
        told = f"{write.count(estimate.value or 0.0)} {of}, {write.value(share.value, 'fraction')}"
        return f"{of} · {write.value(share.value, 'fraction')}", f"{told} ({ends})" if ends else told
    told = write.value(estimate.value, unit, scale)
    ends = write.interval(estimate.low, estimate.high, "" if unit != "fraction" else unit, scale)
    n = f"n{NO_BREAK}{write.count(estimate.n)}"
    if not ends:
        return f"{n} · no interval", f"{told}, {n}; too few for an interval"
    return f"{ends} · {n}", f"{told} ({ends}), {n}"


def _gap(estimate: Estimate | None, unit: str, write: NumberFormat) -> dict[str, Any] | None:
    """Return a difference with its interval and whether that excludes zero; None where there is no difference."""
    if estimate is None or estimate.value is None:
        return None
    if estimate.low is None or estimate.high is None:
        return {"text": write.difference(estimate.value, unit), "interval": "", "certain": False}
    ends = (estimate.low, estimate.high)
    return {
        "text": write.difference(estimate.value, unit, ends),
        "interval": write.difference_interval(*ends, unit),
        "certain": estimate.low > 0 or estimate.high < 0,
    }
