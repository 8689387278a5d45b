"""Charts are plain data that a browser draws."""

import json

from dashboard.sheets.chart import MOST_POINTS, around, axis, chart, reference, series, thinned


def test_a_chart_is_strict_json() -> None:
    made = chart(
        "ROC", (axis("x"), axis("y", "fraction")), [series("a", [(0.1, 0.2)])], [reference("b", (0, 0), (1, 1))]
    )
    assert json.loads(json.dumps(made, allow_nan=False))["kind"] == "chart"


def test_numbers_are_sent_with_as_many_digits_as_can_be_seen() -> None:
    assert series("a", [(1 / 3, 2 / 3, None, 123_456.7)])["points"] == [[0.33333, 0.66667, None, 123_460.0]]


def test_a_long_curve_keeps_its_ends() -> None:
    kept = thinned(range(5_000))
    assert (len(kept), kept[0], kept[-1]) == (MOST_POINTS, 0, 4_999)
    assert thinned((1, 2, 3)) == [1, 2, 3]


def test_an_axis_has_room_around_what_it_holds() -> None:
    assert around([1.0, 3.0]) == (0.9, 3.1)
    assert around([1.0, 3.0], zero=True) == (-0.15, 3.15)
    assert around([]) == (-0.05, 1.05)
    assert around([0.2]) == (0.19, 0.21)
    assert around([0.0]) == (-0.5, 0.5)


def test_members_are_those_of_a_category() -> None:
    assert axis("Device", members=("Mobile",))["members"] == ("Mobile",)
