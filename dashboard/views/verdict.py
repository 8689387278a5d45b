"""The verdict: one sentence on how the engines compare, with the interval of the lift drawn beside it."""

from analytics.comparison import COMPARISON, ComparisonResult
from dashboard.view import Arrays, Context, View


def verdict_views(context: Context) -> tuple[View, ...]:
    """Return the card that answers the page's question."""
    places = {variant: place for place, variant in enumerate(context.variants)}

    def arrays(result: ComparisonResult, _: None) -> Arrays:
        return {
            "headline": result.headline,
            "detail": result.detail,
            "confidence": result.confidence,
            "lifts": [
                {"variant": c.variant, "color": places[c.variant], "value": c.lift.value}
                | {"low": c.lift.low, "high": c.lift.high}
                for c in result.comparisons
            ],
        }

    return (View("verdict", "", "overview", COMPARISON, (), "verdict", arrays, context.params),)
