"""Fields that are missing under one engine, in words."""

import pytest

from analytics.analysis import Params, Request
from analytics.checks.asked import UNITS
from analytics.checks.check import Check
from analytics.checks.missing import check_missing
from analytics.checks.observed import Observed
from semantic.catalog import MISSING
from tests.analytics.checks.observations import ANY, ENGINES, catalog_with, units_of


def missing(name: str, new: int, old: int, method: str = "fixed") -> Check:
    """Return the check where so many of 10,000 sessions of each engine lack a field; one session a user."""
    counts = [[10_000 - new, new], [10_000 - old, old]]
    by_member = units_of(
        {**ENGINES, name: ("Known", MISSING)}, counts, counts, products=[[[[n]] for n in row] for row in counts]
    )
    n = [10_000, 10_000]
    total = units_of(ENGINES, n, n, products=[[[10_000]], [[10_000]]])
    request = Request(ANY, params=Params(method=method))
    return check_missing(Observed({UNITS: total, f"by_{name}": by_member}, request, catalog_with(name)))


@pytest.mark.parametrize("method", ["fixed", "sequential"])
def test_a_field_that_lacks_under_one_engine_fails(method: str) -> None:
    check = missing("device", 500, 300, method)
    assert check.status == "failed"
    text = check.sentence.replace("\u00a0", " ")
    assert text == "Device is missing in 5.0 % of sessions with New, in 3.0 % with Old (p < 0.001)."
    assert "logging" in check.remedy


def test_a_consequence_can_only_warn() -> None:
    assert missing("time_spent_s", 500, 300).status == "warning"


def test_alike_is_fine() -> None:
    check = missing("device", 310, 300)
    assert check.status == "passed"
    assert check.sentence.startswith("Fields are missing alike")


def test_nothing_missing_is_fine() -> None:
    assert missing("device", 0, 0).sentence == "No field is missing in any session of 1 field."
