"""How much data there is."""

import pytest

from analytics.checks.amount import check_amount
from analytics.checks.check import Check
from tests.analytics.checks.observations import ENGINES, catalog_with, observed_of, units_of


def amount(n: list[int], converted: list[int]) -> Check:
    return check_amount(observed_of(catalog_with(), units=units_of(ENGINES, n, n, converted)))


@pytest.mark.parametrize(
    ("n", "converted", "status"),
    [
        ([1_000, 1_000], [25, 25], "passed"),
        ([1_000, 1_000], [24, 25], "warning"),
        ([1_000, 1_000], [0, 50], "passed"),
        ([99, 1_000], [90, 900], "warning"),
        ([1_000, 1_000], [0, 0], "warning"),
        ([0, 1_000], [0, 300], "unknown"),
    ],
)
def test_units_and_conversions_to_expect_decide(n: list[int], converted: list[int], status: str) -> None:
    check = amount(n, converted)
    assert check.status == status
    assert ("Wait" in check.remedy) is (status == "warning")


def test_the_smallest_engine_is_told() -> None:
    assert amount([200, 50], [20, 30]).sentence.startswith("Old has 50 users and 10 conversions to expect")
