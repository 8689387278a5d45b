"""The verdict hands on the sentence, and the numbers under it."""

from dataclasses import replace
from typing import Any

from analytics.comparison import ComparisonResult, VariantComparison
from analytics.estimate import Estimate
from dashboard.view import Context
from dashboard.views.verdict import _summary, verdict_views

RATE, CONTROL = Estimate(0.33, 0.32, 0.34, 33_412), Estimate(0.317, 0.31, 0.32, 33_378)
NEW = VariantComparison(
    "New", RATE, CONTROL, Estimate(0.013, 0.01, 0.02, 66_790), Estimate(0.041, 0.017, 0.066, 66_790), 0.001, True
)


def arrays(context: Context, *comparisons: VariantComparison) -> dict[str, Any]:
    """Return what is sent for these comparisons."""
    (view,) = verdict_views(context)
    return dict(view.arrays(ComparisonResult("Old", 0.95, "sequential", "A sentence.", "How sure.", comparisons), None))


def test_the_line_under_the_sentence_holds_rates_n_and_interval(context: Context) -> None:
    text = arrays(context, NEW)["summary"].replace("\u00a0", " ")
    assert text == (
        "New 33.0 % (32.0 – 34.0 %) of 33,412 sessions · Old 31.7 % (31.0 – 32.0 %) of 33,378 sessions · "
        "95 % interval of the lift +1.7 % to +6.6 %"
    )


def test_each_lift_has_the_colour_of_its_engine(context: Context) -> None:
    assert arrays(context, NEW)["lifts"][0] | {} == {
        "variant": "New", "color": 1, "value": 0.041, "low": 0.017, "high": 0.066
    }  # fmt: skip


def test_nothing_to_compare_leaves_the_sentence_alone(context: Context) -> None:
    sent = arrays(context)
    assert (sent["headline"], sent["summary"], sent["lifts"]) == ("A sentence.", "", [])


def test_each_of_several_lifts_has_its_interval(context: Context) -> None:
    result = ComparisonResult("Old", 0.95, "sequential", "", "", (NEW, replace(NEW, variant="Newer")))
    text = _summary(result, context.number_format).replace("\u00a0", " ")
    assert text.endswith("95 % intervals of the lifts: New +1.7 % to +6.6 %, Newer +1.7 % to +6.6 %")


def test_numbers_within_sentences_are_grouped_as_configured(context: Context) -> None:
    (view,) = verdict_views(context)
    sent = view.arrays(
        ComparisonResult("Old", 0.95, "sequential", "12 against 200,000 sessions.", "Of 1,234,567.", ()), None
    )
    assert (sent["headline"], sent["detail"]) == ("12 against 2,00,000 sessions.", "Of 12,34,567.")
