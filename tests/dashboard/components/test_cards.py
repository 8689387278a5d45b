"""Cards mark what the browser needs to fill them."""

from dataclasses import replace

from dashboard.components.cards import card, heading, info, kpi_cards, menu, verdict
from dashboard.sheets import SHEETS
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
    _, label, *_ = heading(replace(view_named(context, "device"), choices=(choice,))).children
    select = label.children[1]
    assert select.to_plotly_json()["props"]["data-option"] == "split-by"
    assert [(option.value, option.children) for option in select.children] == list(choice.values)


def test_numbers_that_are_dragged_have_their_places_below_the_title() -> None:
    _, places, *_ = card(next(sheet for sheet in SHEETS if sheet.sliders)).children
    props = [place.to_plotly_json()["props"] for place in places.children]
    assert [one["data-slider"] for one in props] == ["model-value", "model-cost", "model-threshold"]
    assert all(one["hidden"] and one["data-label"] for one in props)


def test_what_a_number_means_is_read_aloud_too() -> None:
    assert info("Divided.").to_plotly_json()["props"]["aria-label"] == "Divided."


def test_every_card_has_one_menu_that_is_named_after_it(context: Context) -> None:
    views = {view.name: view for view in views_of(context, "overview")}
    frames = [verdict(views["verdict"]), kpi_cards(views["kpi"], context), card(views["trend"]), card(views["device"])]
    assert [str(frame).count("className='card-menu'") for frame in frames] == [1] * 4
    assert [frame.to_plotly_json()["props"]["data-title"] for frame in frames][2:] == ["Conversion by day", "Device"]


def test_a_menu_is_a_button_that_tells_what_it_opens(context: Context) -> None:
    button, place = menu(view_named(context, "device")).children
    props = button.to_plotly_json()["props"]
    assert (props["aria-label"], props["aria-haspopup"], props["aria-expanded"]) == ("More on Device", "menu", "false")
    assert (place.role, place.hidden) == ("menu", True)


def test_notes_are_added_on_cards_over_time_alone(context: Context) -> None:
    found = {name: str(heading(view_named(context, name))).count("data-popover") for name in ("trend", "device")}
    assert found == {"trend": 1, "device": 0}
