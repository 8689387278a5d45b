"""The verdict: one sentence on how the engines compare, with the interval of the lift drawn beside it."""

from analytics.comparison import COMPARISON, ComparisonResult
from analytics.estimate import Estimate
from dashboard.format import NumberFormat
from dashboard.view import Arrays, Context, View


def verdict_views(context: Context) -> tuple[View, ...]:
    """Return the card that answers the page's question."""
    write = context.number_format
    places = {variant: place for place, variant in enumerate(context.variants)}

    def arrays(result: ComparisonResult, _: None) -> Arrays:
        return {
            "headline": result.headline,
            "summary": _summary(result, write),
            "detail": result.detail,
            "confidence": result.confidence,
            "lifts": [
                {"variant": c.variant, "color": places[c.variant], "value": c.lift.value}
                | {"low": c.lift.low, "high": c.lift.high}
                for c in result.comparisons
            ],
        }

    return (View("verdict", "", "overview", COMPARISON, (), "verdict", arrays, context.params),)


def _summary(result: ComparisonResult, write: NumberFormat) -> str:
    """Return the rates with their n, and the interval of the lift where there is one; empty where nothing compares."""
    if not result.comparisons:
        return ""
    rates = [(c.variant, c.rate) for c in result.comparisons] + [(result.control, result.comparisons[0].control_rate)]
    parts = [_rate(variant, rate, write) for variant, rate in rates]
    lift = result.comparisons[0].lift
    if len(result.comparisons) == 1 and lift.low is not None and lift.high is not None:
        ends = f"{write.signed_rate(lift.low)} to {write.signed_rate(lift.high)}"
        parts.append(f"{write.rate(result.confidence, 0)} interval of the lift {ends}")
    return " · ".join(parts)


def _rate(variant: str, rate: Estimate, write: NumberFormat) -> str:
    return f"{variant} {write.value(rate.value, 'fraction')} of {write.count(rate.n)} sessions"
