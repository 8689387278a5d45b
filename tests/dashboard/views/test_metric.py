"""Any metric stands against any dimension, in its own unit."""

from typing import Any

import pytest

from analytics.breakdown import BreakdownResult, BreakdownRow
from analytics.estimate import Estimate
from dashboard.page import PageSource
from dashboard.view import Context
from dashboard.views.metric import metric_sentence, metric_summary, metric_views
from tests.dashboard.sample import Sample, sample_frame

FRAME = sample_frame(Sample())


def drawn(source: PageSource, search: str = "") -> dict[str, Any]:
    """Return what the browser gets."""
    return dict(source.page_data("/explore", search)["views"]["metric"])


def test_it_opens_on_mean_time_by_device(source: PageSource) -> None:
    arrays = drawn(source)
    means = FRAME.groupby(["device", "variant"], observed=True)["time_spent_s"].mean()
    values = {
        (r["member"], v): one["value"]
        for r in arrays["rows"]
        for v, one in zip(arrays["variants"], r["variants"], strict=True)
    }
    assert values == {key: pytest.approx(mean) for key, mean in means.items()}


def test_members_stand_in_the_order_of_the_domain(source: PageSource) -> None:
    assert [row["member"] for row in drawn(source)["rows"]] == ["Mobile", "Desktop", "Tablet"]


def test_metric_and_dimension_are_the_readers_choice(source: PageSource) -> None:
    arrays = drawn(source, "?metric-shown=mean_revenue&metric-by=age")
    assert (arrays["dimensions"], arrays["metric"], arrays["unit"]) == (("age",), "mean_revenue", "₹")


def test_an_unknown_metric_is_the_first_one(source: PageSource) -> None:
    assert drawn(source, "?metric-shown=luck")["metric"] == "mean_time_spent_s"


def test_a_sentence_has_unit_interval_and_n(context: Context) -> None:
    text = metric_sentence("Mobile, New", Estimate(301.2, 300.0, 302.4, 33_412), "s", context.number_format)
    assert text.replace("\u00a0", " ") == "Mobile, New: 301 s (300 – 302 s), 33,412 sessions"


@pytest.mark.parametrize(
    ("estimate", "expected"),
    [
        (Estimate(None, None, None, 0), "Mobile: no sessions"),
        (Estimate(12.5, None, None, 1), "Mobile: 12.5 s (too few for an interval), 1 sessions"),
    ],
)
def test_little_is_told_as_little(context: Context, estimate: Estimate, expected: str) -> None:
    assert metric_sentence("Mobile", estimate, "s", context.number_format).replace("\u00a0", " ") == expected


def test_of_many_members_the_summary_tells_the_ends(context: Context) -> None:
    rows = tuple(BreakdownRow(str(n), Estimate(float(n), n - 1.0, n + 1.0, 9), ()) for n in (13, 11, 15, 12, 14))
    text = metric_summary(BreakdownResult("d", "D", (), rows, 5, "m", "M", "s"), context.number_format)
    assert [text.startswith("M by D: 15: "), "; 11: " in text, "; 13: " in text] == [True, True, False]


def test_the_card_offers_every_metric(context: Context) -> None:
    (view,) = metric_views(context)
    assert {word for word, _ in view.choices[0].values} == {m.name for m in context.config.catalog.metrics}
