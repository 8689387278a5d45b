"""The verdict hands on the sentence, and the numbers under it."""

from typing import Any

from analytics.comparison import ComparisonResult, VariantComparison
from analytics.estimate import Estimate
from dashboard.view import Context
from dashboard.views.verdict import verdict_views

RATE, CONTROL = Estimate(0.33, 0.32, 0.34, 33_412), Estimate(0.317, 0.31, 0.32, 33_378)
NEW = VariantComparison(
    "New", RATE, CONTROL, Estimate(0.013, 0.01, 0.02, 66_790), Estimate(0.041, 0.017, 0.066, 66_790), True
)


def arrays(context: Context, *comparisons: VariantComparison) -> dict[str, Any]:
    """Return what is sent for these comparisons."""
    (view,) = verdict_views(context)
    return dict(view.arrays(ComparisonResult("Old", 0.95, "A sentence.", "How sure.", comparisons), None))


def test_the_line_under_the_sentence_holds_rates_n_and_interval(context: Context) -> None:
    text = arrays(context, NEW)["summary"].replace("\u00a0", " ")
    assert text == (
        "New 33.0 % of 33,412 sessions · Old 31.7 % of 33,378 sessions · 95 % interval of the lift +1.7 % to +6.6 %"
    )


def test_each_lift_has_the_colour_of_its_engine(context: Context) -> None:
    assert arrays(context, NEW)["lifts"][0] | {} == {
        "variant": "New", "color": 1, "value": 0.041, "low": 0.017, "high": 0.066
    }  # fmt: skip


def test_nothing_to_compare_leaves_the_sentence_alone(context: Context) -> None:
    sent = arrays(context)
    assert (sent["headline"], sent["summary"], sent["lifts"]) == ("A sentence.", "", [])
