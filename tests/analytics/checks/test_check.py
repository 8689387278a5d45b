"""How checks turn out, at the edges of their rules."""

import pytest

from analytics.checks.check import status_of, worst_of


@pytest.mark.parametrize(("p", "status"), [(1.0, "passed"), (0.01, "passed"), (0.00999, "warning"), (0.001, "warning")])
def test_a_level_itself_does_not_count(p: float, status: str) -> None:
    assert status_of(p) == status


def test_a_failure_is_worse_than_a_warning() -> None:
    assert worst_of(["warning", "failed", "passed", "unknown"]) == "failed"
    assert worst_of(["unknown", "unknown"]) == "unknown"
