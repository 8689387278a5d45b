"""Numbers read as people write them; that the browser writes the same is tested in tests/e2e."""

import pytest

from dashboard.format import NumberFormat

INDIAN = NumberFormat("₹", "indian")
INTERNATIONAL = NumberFormat("$", "international")
GERMAN = NumberFormat("€", "international", "point_comma", "after")
FRENCH = NumberFormat("€", "international", "space_comma", "after", "none")


@pytest.mark.parametrize(
    ("value", "indian", "international"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1,000", "1,000"),
        (200_000, "2,00,000", "200,000"),
        (12_345_678, "1,23,45,678", "12,345,678"),
        (-1234, "−1,234", "−1,234"),
    ],
)
def test_counts_are_grouped_as_configured(value: int, indian: str, international: str) -> None:
    assert (INDIAN.count(value), INTERNATIONAL.count(value)) == (indian, international)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.3304, "fraction", "33.0 %"),
        (0.125, "fraction", "12.5 %"),
        (412.4, "₹", "₹ 412"),
        (-17.25, "₹", "−₹ 17.3"),
        (300.55, "s", "301 s"),
        (9.9925, "pages", "9.99 pages"),
        (1_234_567.0, "", "12,34,567"),
        (None, "s", "–"),
    ],
)
def test_values_carry_their_unit_and_as_many_decimals_as_they_need(value: float | None, unit: str, text: str) -> None:
    assert INDIAN.value(value, unit).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.013, "fraction", "+1.3 pt"),
        (-0.013, "fraction", "−1.3 pt"),
        (0.0, "fraction", "0.0 pt"),
        (17.0, "₹", "+₹ 17.0"),
    ],
)
def test_differences_carry_a_sign(value: float, unit: str, text: str) -> None:
    assert INDIAN.difference(value, unit).replace("\u00a0", " ") == text


def test_an_interval_names_its_unit_once() -> None:
    assert INDIAN.interval(0.326, 0.334, "fraction") == "32.6 – 33.4\u00a0%"
    assert INDIAN.interval(404.0, 420.0, "₹") == "₹\u00a0404 – 420"


def test_an_interval_without_ends_is_empty() -> None:
    assert INDIAN.interval(None, 0.3, "fraction") == ""


def test_the_decimals_of_a_row_follow_the_scale_and_not_each_value() -> None:
    assert [INDIAN.value(v, "", 10.02) for v in (9.97, 10.1)] == ["10.0", "10.1"]


@pytest.mark.parametrize(("value", "text"), [(0.5, "1"), (1.5, "2"), (2.5, "3"), (-0.4, "0"), (-0.5, "−1")])
def test_halves_go_away_from_zero_and_zero_has_no_sign(value: float, text: str) -> None:
    assert INDIAN.fixed(value, 0) == text


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (0.009, 0.027, "fraction", "+0.9 to +2.7"),
        (-0.004, 0.02, "fraction", "−0.4 to +2.0"),
        (0.0102, 0.0109, "fraction", "+1.02 to +1.09"),
        (0.0003, 0.014, "fraction", "+0.03 to +1.40"),
        (-14.1, 78.12, "₹", "−14.1 to +78.1"),
        (1234567.0, 1234568.0, "", "+12,34,567 to +12,34,568"),
    ],
)
def test_the_ends_of_a_difference_carry_signs_and_are_told_apart(low: float, high: float, unit: str, text: str) -> None:
    assert INDIAN.difference_interval(low, high, unit) == text


def test_a_difference_has_the_decimals_of_its_interval() -> None:
    assert INDIAN.difference(0.0105, "fraction", (0.0102, 0.0109)) == "+1.05\u00a0pt"
    assert INDIAN.difference(7.62, "₹", (-120.0, 135.0)) == "+₹\u00a08"


@pytest.mark.parametrize("text", ["Old: 33.0 % of 999 sessions", "1,5 and 0.1234,567", "1,23,456", "a,b", "12,3456"])
def test_what_is_no_grouped_number_is_left_as_it_is(text: str) -> None:
    assert INDIAN.regrouped(text) == text


def test_an_end_near_zero_is_not_written_as_zero() -> None:
    assert INDIAN.signed_rate(0.0003) == "+0.03\u00a0%"


@pytest.mark.parametrize(
    ("write", "rate", "count", "amount"),
    [
        (GERMAN, "12,5 %", "1.234.567", "−17,3 €"),
        (FRENCH, "12,5 %", "1\u202f234\u202f567", "−17 €"),
        (NumberFormat("₹", "indian", "point_comma"), "12,5 %", "12.34.567", "−₹ 17,3"),
    ],
)
def test_signs_between_digits_and_the_place_of_the_currency_follow_the_configuration(
    write: NumberFormat, rate: str, count: str, amount: str
) -> None:
    found = (write.rate(0.125), write.count(1_234_567), write.value(-17.25, write.currency))
    assert tuple(text.replace("\u00a0", " ") for text in found) == (rate, count, amount)


def test_an_interval_of_amounts_names_the_currency_once_on_its_side() -> None:
    assert GERMAN.interval(404.0, 1420.5, "€") == "404 – 1.421\u00a0€"


def test_differences_of_whole_amounts_keep_the_decimals_that_tell_them_apart() -> None:
    assert FRENCH.difference(0.31, "€", (0.12, 0.5)) == "+0,31\u00a0€"
    assert FRENCH.difference_interval(0.12, 0.5, "€") == "+0,12 to +0,50"


def test_sentences_are_written_as_configured_and_names_are_left() -> None:
    text = "Engine 2.0 converts 4.1 % more: 1,234 of 200,000 sessions, −0.25 points; v1.5 does not."
    told = GERMAN.regrouped(text, ("Engine 2.0", "Old"))
    assert told == "Engine 2.0 converts 4,1 % more: 1.234 of 200.000 sessions, −0,25 points; v1.5 does not."


@pytest.mark.parametrize(("level", "text"), [(0.95, "95 %"), (0.999, "99,9 %"), (0.975, "97,5 %")])
def test_a_level_keeps_its_decimals(level: float, text: str) -> None:
    assert GERMAN.level(level).replace("\u00a0", " ") == text
