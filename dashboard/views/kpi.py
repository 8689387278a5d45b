"""KPI cards: each metric of the leading challenger beside control and the others, and its course by day."""

from typing import Any

from analytics.estimate import Estimate
from analytics.kpi import KPI, KpiMetric, KpiResult, KpiVariant
from dashboard.format import NumberFormat
from dashboard.view import Arrays, Context, View


def kpi_views(context: Context) -> tuple[View, ...]:
    """Return the one view behind all KPI cards."""
    places = {variant: place for place, variant in enumerate(context.variants)}
    write = context.number_format

    def arrays(result: KpiResult, _: None) -> Arrays:
        leader = leading_variant(result)
        cards = {m.name: _card(m, leader, result.control, places, write) for m in result.metrics}
        cards["sessions"]["events"] = _conversions(result, leader, write)
        return {"cards": cards, "days": result.days, "previous": result.previous}

    return (View("kpi", "Metrics", "overview", KPI, (), "kpi", arrays, context.params),)


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
    short = ("fraction", "count", write.currency)
    under = write.interval(estimate.low, estimate.high, "" if unit != "fraction" else unit, scale)
    under += f" · n {write.count(estimate.n)}" if under else ""
    if variant.share:
        under = f"of {write.value(metric.total.value, unit)} · {write.value(variant.share.value, 'fraction')}"
    return {
        "variant": variant.variant,
        "color": places.get(variant.variant, 0),
        "value": write.value(estimate.value, unit, scale),
        "short": write.value(estimate.value, unit if unit in short else "", scale),
        "under": under,
        "difference": _difference(variant.difference, unit, write),
        "certain": _excludes_zero(variant.difference),
        "change": _difference(variant.change, unit if unit in short else "", write),
        "against": control,
        "daily": variant.daily,
    }


def _difference(estimate: Estimate | None, unit: str, write: NumberFormat) -> str:
    return "" if estimate is None or estimate.value is None else write.difference(estimate.value, unit)


def _excludes_zero(estimate: Estimate | None) -> bool:
    if estimate is None or estimate.low is None or estimate.high is None:
        return False
    return estimate.low > 0 or estimate.high < 0
