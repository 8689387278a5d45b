"""Which engines there are."""

import pytest

from analytics.checks.engines import check_engines
from tests.analytics.checks.observations import two_engines


@pytest.mark.parametrize(
    ("new", "old", "status", "word"),
    [
        (60, 40, "passed", "Old with 40 users and New with 60 users can be compared"),
        (60, 0, "failed", "Control, Old, has no users"),
        (0, 40, "failed", "one engine alone, Old"),
        (0, 0, "unknown", "No user is left"),
    ],
)
def test_control_and_another_engine_must_be_there(new: int, old: int, status: str, word: str) -> None:
    check = check_engines(two_engines(new, old))
    assert check.status == status
    assert word in check.sentence
    assert bool(check.remedy) is (status != "passed")


def test_an_engine_that_was_not_planned_warns() -> None:
    check = check_engines(two_engines(60, 40, shares=(("Old", 1.0), ("Next", 1.0))))
    assert check.status == "warning"
    assert check.sentence.startswith("New was not planned")


def test_an_engine_that_was_planned_and_lacks_warns() -> None:
    check = check_engines(two_engines(60, 40, shares=(("Old", 1.0), ("New", 1.0), ("Next", 1.0))))
    assert check.sentence == "Next was planned and has no users."
