"""The trend draws what the result holds, and its names do not touch."""

from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from analytics.estimate import Estimate
from analytics.trend import TrendResult, TrendSeries
from dashboard.baseline import Baseline
from dashboard.day_format import DayFormat
from dashboard.view import Context
from dashboard.views.trend import skeleton, trend_views

DAYS = ("2026-07-01", "2026-07-02")


def arrays(context: Context, **rates: float | None) -> dict[str, Any]:
    """Return what is sent for engines whose rate is the same each day."""
    series = []
    for name, rate in rates.items():
        point = Estimate(None, None, None, 0) if rate is None else Estimate(rate, rate - 0.02, rate + 0.02, 500)
        series.append(TrendSeries(name, (point, point), (point, point)))
    (view,) = trend_views(context)
    return dict(view.arrays(TrendResult(DAYS, 7, tuple(series)), None))


def test_bands_lie_below_all_lines(context: Context) -> None:
    sent = arrays(context, Old=0.3, New=0.34)
    assert (sent["data.6.y"], sent["data.7.y"]) == ([0.3, 0.3], [0.34, 0.34])
    assert (sent["data.0.y"][0], sent["data.1.y"][0]) == pytest.approx((0.28, 0.32))


def test_an_engine_that_the_filter_removed_is_hidden(context: Context) -> None:
    sent = arrays(context, Old=None, New=0.34)
    assert (sent["data.6.visible"], sent["data.7.visible"]) == (False, True)
    assert sent["layout.annotations.0.visible"] is False


def test_a_ghost_is_a_line_below_and_absent_where_nothing_is_filtered(context: Context) -> None:
    (view,) = trend_views(context)
    point = Estimate(0.5, 0.4, 0.6, 500)
    everything = TrendResult(DAYS, 7, (TrendSeries("Old", (point, point), (point, point)),))
    sent = view.arrays(everything, everything)
    assert (sent["data.4.y"], sent["data.4.visible"], sent["data.5.visible"]) == ([0.5, 0.5], True, False)
    assert view.arrays(everything, None)["data.4.visible"] is False


def test_names_at_the_end_keep_a_distance(context: Context) -> None:
    sent = arrays(context, Old=0.3, New=0.3001)
    low, high = sent["layout.yaxis.range"]
    assert sent["layout.annotations.1.y"] - sent["layout.annotations.0.y"] > (high - low) * 0.05


def test_ticks_are_written_in_percent(context: Context) -> None:
    sent = arrays(context, Old=0.3, New=0.34)
    assert all(text.endswith("\u00a0%") for text in sent["layout.yaxis.ticktext"])


def test_no_data_draws_nothing_and_breaks_nothing(context: Context) -> None:
    sent = arrays(context)
    assert sent["data.6.visible"] is False
    assert len(sent["layout.yaxis.range"]) == 2


@pytest.mark.parametrize("n", [1, 2, 5])
def test_the_skeleton_is_a_valid_figure_for_any_number_of_engines(n: int) -> None:
    figure = skeleton(tuple(f"engine {i}" for i in range(n)), DayFormat())
    del figure["layout"]["template"]
    assert len(go.Figure(plain(figure)).data) == 4 * n


def plain(node: Any) -> Any:
    """Return the figure with its colour names replaced by a colour, as the browser does."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return "#123456" if isinstance(node, str) and node.startswith("var(") else node


def test_tooltips_say_over_how_many_days_and_take_no_markup(context: Context) -> None:
    sent = arrays(context, Old=0.3, New=0.34)
    assert sent["data.7.text"][0].endswith("500 sessions in 7 days")
    assert "&lt;b&gt;" in skeleton(("<b>Old",), DayFormat())["layout"]["annotations"][0]["text"]


def test_who_cannot_see_it_is_told_the_first_and_last_rate(context: Context) -> None:
    told = arrays(context, New=0.34)["told"]
    assert [line.partition(":")[0] for line in told] == ["1 Jul 2026", "2 Jul 2026"]
    assert all("34.0" in line and "500 sessions" in line for line in told)


def test_the_days_of_the_axis_read_as_configured() -> None:
    axis = skeleton(("Old",), DayFormat("month_day_year"))["layout"]["xaxis"]
    assert (axis["tickformat"], axis["hoverformat"]) == ("%b %-d", "%b %-d, %Y")


def test_the_previous_period_is_moved_onto_the_days_compared_with_it(context: Context) -> None:
    baseline = Baseline("previous", words="prior day", shifted_days=("2026-07-02",))
    (view,) = trend_views(replace(context, baseline=baseline))
    points = tuple(Estimate(rate, rate - 0.02, rate + 0.02, 500) for rate in (0.3, 0.4))
    sent = view.arrays(TrendResult(DAYS, 1, (TrendSeries("Old", points, points),)), None)
    assert (sent["data.4.x"], sent["data.4.y"], sent["data.4.visible"]) == (["2026-07-02"], [0.3], True)
    assert "prior day: 30.0" in sent["data.6.text"][1]
    assert "prior day" not in sent["data.6.text"][0]


def test_a_name_in_the_tooltip_is_no_markup(context: Context) -> None:
    (view,) = trend_views(replace(context, baseline=Baseline(words="saved view <b>")))
    point = Estimate(0.5, 0.4, 0.6, 500)
    everything = TrendResult(DAYS, 7, (TrendSeries("Old", (point, point), (point, point)),))
    assert "<br>saved view &lt;b&gt;: 50.0" in view.arrays(everything, everything)["data.6.text"][0]
