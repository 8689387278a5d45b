"""A slider stands at one of its stops, whatever a link asks for."""

from dataclasses import replace

import pytest

from dashboard.sheets.facts import Facts
from dashboard.sheets.slider import Slider, Stops, sent_sliders, stops_around

SLIDER = Slider("model-threshold", "Act on scores from", lambda facts: Stops((0.1, 0.2, 0.4), 0.2))
NONE = Slider("model-cost", "Cost", lambda facts: None)


def under(facts: Facts, text: str) -> Facts:
    """Return the facts under what a URL holds."""
    return replace(facts, context=replace(facts.context, options={"model-threshold": text}))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("", 0.2), ("0.4", 0.4), ("0.16", 0.2), ("7", 0.4), ("nan", 0.2), ("inf", 0.2), ("<b>", 0.2)],
)
def test_it_stands_at_the_stop_next_to_what_is_asked(facts: Facts, asked: str, expected: float) -> None:
    assert SLIDER.chosen(under(facts, asked)) == expected


def test_the_browser_gets_its_stops_and_where_it_stands(facts: Facts) -> None:
    sent = {"values": (0.1, 0.2, 0.4), "at": 2, "usual": 1, "unit": "fraction"}
    assert sent_sliders((SLIDER, NONE), under(facts, "0.4")) == {"model-threshold": sent}
    assert (NONE.chosen(facts), NONE.sent(facts)) == (None, None)


def test_a_link_may_ask_for_an_amount_between_the_stops() -> None:
    assert stops_around("37", 100.0, [50.0, 200.0], "₹").values == (37.0, 50.0, 100.0, 200.0)


@pytest.mark.parametrize("asked", ["-5", "1e300", "none", ""])
def test_what_is_no_amount_is_passed_over(asked: str) -> None:
    assert stops_around(asked, 100.0, [50.0], "₹") == Stops((50.0, 100.0), 100.0, "₹")
