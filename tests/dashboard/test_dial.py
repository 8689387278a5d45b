import pytest

from dashboard.dial import Dial

DIAL = Dial("plan-power", "Power", (0.5, 0.8, 0.9), 0.8)


@pytest.mark.parametrize("asked", ["", "nan", "much"])
def test_what_is_no_number_is_the_usual_one(asked: str) -> None:
    assert DIAL.chosen({"plan-power": asked}) == 0.8


@pytest.mark.parametrize(("asked", "stop"), [("0.51", 0.5), ("7", 0.9), ("-inf", 0.5)])
def test_any_number_is_the_nearest_stop(asked: str, stop: float) -> None:
    assert DIAL.chosen({"plan-power": asked}) == stop


def test_the_browser_gets_stops_and_places() -> None:
    assert DIAL.sent({"plan-power": "0.9"}) == {"values": (0.5, 0.8, 0.9), "at": 2, "usual": 1, "unit": "fraction"}
