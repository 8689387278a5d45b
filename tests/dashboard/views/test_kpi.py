"""KPI cards show the leading challenger, and every number with its interval and n."""

from dataclasses import replace
from typing import Any

import pytest

from analytics.estimate import Estimate
from analytics.kpi import KpiMetric, KpiResult, KpiVariant
from dashboard.baseline import Baseline
from dashboard.view import Context
from dashboard.views.kpi import kpi_table, kpi_views, leading_variant
from semantic.filter import Filter


def variant(name: str, rate: float | None, difference: Estimate | None = None) -> KpiVariant:
    """Return one engine's conversion rate."""
    n = 0 if rate is None else 1000
    low, high = (None, None) if rate is None else (rate - 0.01, rate + 0.01)
    return KpiVariant(name, Estimate(rate, low, high, n), None, difference, None, (rate, rate))


def result(*variants: KpiVariant) -> KpiResult:
    """Return the conversion rate of some engines."""
    total = Estimate(0.3, 0.29, 0.31, 2000)
    rate = KpiMetric("conversion_rate", "Conversion rate", "fraction", "", total, variants)
    sessions = KpiMetric("sessions", "Sessions", "count", "", total, ())
    return KpiResult("Old", ("2026-07-01", "2026-07-02"), "", False, (rate, sessions))


def card(context: Context, *variants: KpiVariant, name: str = "conversion_rate") -> dict[str, Any]:
    """Return what a card shows."""
    (view,) = kpi_views(context)
    return dict(view.arrays(result(*variants), None)["cards"][name])


@pytest.mark.parametrize(
    ("rates", "leader"),
    [
        ({"Old": 0.3, "New": 0.2}, "New"),
        ({"Old": 0.3, "A": 0.2, "B": 0.25}, "B"),
        ({"Old": 0.3, "New": None}, "Old"),
        ({"Old": None, "New": None}, "Old"),
    ],
)
def test_the_best_challenger_leads_also_where_control_is_better(rates: dict[str, float | None], leader: str) -> None:
    assert leading_variant(result(*(variant(name, rate) for name, rate in rates.items()))) == leader


def test_a_card_shows_value_interval_n_and_control(context: Context) -> None:
    shown = card(context, variant("Old", 0.3), variant("New", 0.33))
    main = {key: str(value).replace("\u00a0", " ") for key, value in shown["main"].items()}
    assert (main["value"], main["under"]) == ("33.0 %", "32.0 – 34.0 % · n 1,000")
    assert [row["variant"] for row in shown["others"]] == ["Old"]


@pytest.mark.parametrize(
    ("low", "text", "is_certain"), [(0.01, "+1.0 to +5.0", True), (-0.01, "\u22121.0 to +5.0", False)]
)
def test_a_difference_is_sent_with_its_interval_and_whether_zero_is_within(
    context: Context, low: float, text: str, is_certain: bool
) -> None:
    shown = card(context, variant("Old", 0.3), variant("New", 0.33, Estimate(0.03, low, 0.05, 2000)))
    assert shown["main"]["difference"] == {"text": "+3.0\u00a0pt", "interval": text, "certain": is_certain}


def test_the_tooltip_of_a_value_says_interval_n_and_difference(context: Context) -> None:
    tip = card(context, variant("Old", 0.3), variant("New", 0.33, Estimate(0.03, 0.01, 0.05, 2000)))["main"]["tip"]
    text = tip.replace("\u00a0", " ")
    assert text == "New: 33.0 % (32.0 – 34.0 %), n 1,000; minus Old: +3.0 pt (+1.0 to +5.0)"


def test_the_value_of_control_carries_its_interval_too(context: Context) -> None:
    (other,) = card(context, variant("Old", 0.3), variant("New", 0.33))["others"]
    assert other["tip"].replace("\u00a0", " ") == "Old: 30.0 % (29.0 – 31.0 %), n 1,000"


def test_a_mean_without_an_interval_says_so(context: Context) -> None:
    alone = KpiVariant("New", Estimate(1.0, None, None, 1), None, None, None, ())
    shown = card(context, alone)["main"]
    assert (shown["under"].replace("\u00a0", " "), shown["difference"]) == ("n 1 · no interval", None)


def test_engines_without_sessions_are_not_shown(context: Context) -> None:
    assert card(context, variant("Old", None), variant("New", None))["main"] is None


def test_conversions_are_counted_beside_their_rate(context: Context) -> None:
    assert card(context, variant("New", 0.33), name="sessions")["events"] == "330 conversions"


@pytest.mark.parametrize(
    ("days", "versus", "is_previous", "told"),
    [
        (2, "29 Jun – 30 Jun 2026", True, ("prior 2 days", "this period minus the prior 2 days")),
        (1, "30 Jun 2026", True, ("prior day", "this period minus the prior day")),
        (2, "Device Mobile", False, ("Device Mobile", "this selection minus Device Mobile")),
    ],
)
def test_what_a_change_is_against_is_said(
    context: Context, days: int, versus: str, is_previous: bool, told: tuple[str, str]
) -> None:
    (view,) = kpi_views(context)
    found = replace(result(), days=("2026-07-01", "2026-07-02")[:days], versus=versus, is_previous_period=is_previous)
    assert tuple(view.arrays(found, None)["versus"].values()) == told


def test_without_anything_to_compare_with_nothing_is_said(context: Context) -> None:
    (view,) = kpi_views(context)
    assert view.arrays(result(), None)["versus"] is None


def test_the_table_has_changes_only_where_there_is_something_to_compare_with() -> None:
    alone, compared = result(variant("Old", 0.3)), replace(result(variant("Old", 0.3)), versus="Device Mobile")
    labels = [[column.label for column in kpi_table(one).columns] for one in (alone, compared)]
    assert [label for label in labels[0] if "Change" in label] == []
    assert "Change on Device Mobile" in labels[1]
    described = next(column for column in kpi_table(compared).columns if column.name == "change").description
    assert described == "The engine's value, this selection minus Device Mobile."


def test_the_table_tells_each_engine_and_all_together() -> None:
    rows = kpi_table(result(variant("Old", 0.3), variant("New", 0.32))).rows
    assert [(row[2], row[3]) for row in rows if row[0] == "Conversion rate"] == [
        ("Old", 0.3),
        ("New", 0.32),
        ("All engines", 0.3),
    ]


def test_a_change_on_a_saved_view_bears_its_name(context: Context) -> None:
    baseline = Baseline("abc", words="saved view Phones", name="Phones", versus=Filter.from_query("device=Mobile"))
    (view,) = kpi_views(replace(context, baseline=baseline))
    other = replace(result(variant("New", 0.33)), versus="Device Mobile")
    told = {"text": "Phones", "told": "this selection minus saved view Phones"}
    assert view.arrays(other, None)["versus"] == told
    assert "Change on Phones" in [column.label for column in view.table(other).columns]
