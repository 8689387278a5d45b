"""Cards mark what the browser needs to fill them."""

from dataclasses import replace

from dashboard.components.cards import card, heading, info, kpi_cards, verdict
from dashboard.view import Choice, Context, View
from dashboard.views import views_of


def view_named(context: Context, name: str) -> View:
    """Return a view of the overview."""
    return next(view for view in views_of(context, "overview") if view.name == name)


def test_a_card_names_its_view_painter_and_dimension(context: Context) -> None:
    props = card(view_named(context, "device")).to_plotly_json()["props"]
    assert (props["data-view"], props["data-painter"], props["data-dimension"]) == ("device", "dots", "device")


def test_the_verdict_filters_nothing(context: Context) -> None:
    assert verdict(view_named(context, "verdict")).to_plotly_json()["props"]["data-dimension"] == ""


def test_metrics_stand_in_the_order_rate_sessions_money_means(context: Context) -> None:
    cards = kpi_cards(view_named(context, "kpi"), context).children
    names = [name for one in cards if (name := one.to_plotly_json()["props"].get("data-metric"))]
    assert names == ["conversion_rate", "sessions", "mean_revenue", "mean_time_spent_s", "mean_pages_viewed"]


def test_a_choice_offers_its_values_and_names_its_option(context: Context) -> None:
    choice = Choice("split-by", "Split by", (("device", "Device"), ("age", "Age")))
    (_, label, _) = heading(replace(view_named(context, "device"), choices=(choice,))).children
    select = label.children[1]
    assert select.to_plotly_json()["props"]["data-option"] == "split-by"
    assert [(option.value, option.children) for option in select.children] == list(choice.values)


def test_what_a_number_means_is_read_aloud_too() -> None:
    assert info("Divided.").to_plotly_json()["props"]["aria-label"] == "Divided."
