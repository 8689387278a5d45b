"""Filters on what the engine may have changed."""

import pytest

from analytics.checks.filtered import check_filter
from tests.analytics.checks.observations import ENGINES, catalog_with, observed_of, units_of

CATALOG = catalog_with("device", "category", "time_spent_s")


@pytest.mark.parametrize(
    ("where", "status", "word"),
    [
        ("", "passed", "No filter"),
        ("device=Mobile&day=2026-07-01", "passed", "Date and Device"),
        ("category=Books", "warning", "Category recommended, which the engine chose"),
        ("device=Mobile&time_spent_s=10..60", "failed", "Time spent, measured after the engine acted"),
        ("category=Books&time_spent_s=10..60", "failed", "Time spent"),
    ],
)
def test_comparing_within_a_consequence_is_told(where: str, status: str, word: str) -> None:
    check = check_filter(observed_of(CATALOG, "", where, units=units_of(ENGINES, [60, 40])))
    assert check.status == status
    assert word in check.sentence
    assert ("Take" in check.remedy) is (status != "passed")
