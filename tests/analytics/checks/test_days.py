"""Whole weeks, days that lack, and a last day that is still arriving."""

from datetime import date, timedelta

import pytest

from analytics.checks.days import check_arrival, check_week
from analytics.checks.observed import Observed
from tests.analytics.answers import answer_of, catalog_of
from tests.analytics.checks.observations import ENGINES, catalog_with, observed_of, units_of


def run_of(counts: list[int], **plan: date) -> Observed:
    """Return sessions on each day from 1 July on."""
    days = [(date(2026, 7, 1) + timedelta(days=place)).isoformat() for place in range(len(counts))]
    by_day = answer_of({"day": days}, n_sessions=counts)
    return observed_of(catalog_with(**plan), units=units_of(ENGINES, [5, 5]), days=by_day, all_days=by_day)


@pytest.mark.parametrize(
    ("counts", "status"), [([9] * 6, "warning"), ([9] * 7, "passed"), ([0, 9, 0, 0, 0, 0, 0, 9], "passed")]
)
def test_less_than_a_week_warns(counts: list[int], status: str) -> None:
    assert check_week(run_of(counts)).status == status


def test_days_before_the_start_do_not_count() -> None:
    check = check_week(run_of([50] * 12, started_on=date(2026, 7, 8)))
    assert (check.status, check.sentence) == ("warning", "Sessions span 5 days from 2026-07-08, less than a week.")


def test_a_last_day_of_half_its_sessions_is_not_whole() -> None:
    check = check_arrival(run_of([100] * 9 + [50]))
    assert check.status == "warning"
    assert check.sentence.startswith("The last day, 2026-07-10, has 50 sessions, 50.0")
    assert check_arrival(run_of([100] * 9 + [51])).status == "passed"


def test_a_last_day_is_compared_with_its_weekday() -> None:
    assert check_arrival(run_of([100, 100, 100, 40, 100, 100, 100, 100, 100, 100, 38])).status == "passed"


def test_days_without_sessions_are_named() -> None:
    check = check_arrival(run_of([100, 100, 0, 0, 100, 100]))
    assert check.sentence.startswith("2 days without a session (2026-07-03 and 2026-07-04), where 100 came")


def test_few_sessions_a_day_are_not_judged() -> None:
    assert check_arrival(run_of([3, 0, 2, 0, 4, 1])).status == "passed"


def test_without_days_or_sessions_nothing_is_known() -> None:
    none = observed_of(catalog_of(), units=units_of(ENGINES, [5, 5]))
    assert [check(none).status for check in (check_week, check_arrival)] == ["unknown", "unknown"]
    assert [check(run_of([0, 0])).status for check in (check_week, check_arrival)] == ["unknown", "unknown"]
