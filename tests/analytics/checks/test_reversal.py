"""A total that says the opposite of its parts, in words."""

import pytest

from analytics.checks.check import Check
from analytics.checks.reversal import check_reversal, effective_units
from tests.analytics.checks.observations import ENGINES, catalog_with, observed_of, units_of


def reversal(new: list[list[int]], old: list[list[int]], method: str = "fixed") -> Check:
    """Return the check where each engine has conversions and sessions by device."""
    n = [[one[1] for one in engine] for engine in (new, old)]
    converted = [[one[0] for one in engine] for engine in (new, old)]
    by_device = units_of({**ENGINES, "device": ("Mobile", "Desktop")}, n, n, converted)
    totals = [sum(row) for row in n], [sum(row) for row in converted]
    total = units_of(ENGINES, totals[0], *totals)
    return check_reversal(observed_of(catalog_with("device"), method, units=total, by_device=by_device))


@pytest.mark.parametrize("method", ["fixed", "sequential"])
def test_a_reversal_is_told_with_both_differences(method: str) -> None:
    check = reversal([[81, 87], [192, 263]], [[234, 270], [55, 80]], method)
    assert check.status == "failed"
    text = check.sentence.replace("\u00a0", " ")
    assert text.startswith("New differs by \u22124.57 pt in total, but by +5.37")
    assert "members with 100.0 % of the sessions say the opposite" in text
    assert "one mix of Device" in check.remedy


def test_a_mix_that_makes_up_most_of_it_warns() -> None:
    check = reversal([[40, 400], [480, 1_600]], [[120, 1_200], [225, 800]])
    assert check.status == "warning"
    assert "more than half of what is seen" in check.sentence


def test_signs_that_chance_turned_are_no_reversal() -> None:
    check = reversal([[101, 1_000], [301, 1_010]], [[100, 1_000], [299, 1_000]])
    assert (check.status, check.remedy) == ("passed", "")


def test_no_conversions_say_nothing() -> None:
    assert reversal([[0, 10], [0, 10]], [[0, 10], [0, 10]]).status == "unknown"


def test_sessions_of_few_users_are_worth_less() -> None:
    products = [[[400.0]], [[40.0]]]
    answer = units_of(ENGINES, [10, 40], [40, 40], products=products)
    assert effective_units(observed_of(catalog_with(), units=answer)).tolist() == [4, 40]
