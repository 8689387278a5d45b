"""The baseline is what the reader chose, or all sessions and a reason why not."""

import pytest

from dashboard.baseline import ALL_SESSIONS, NamedFilter, baseline_of, previous_days
from semantic.filter import EVERYTHING, Filter

DAYS = ("2026-07-01", "2026-07-02", "2026-07-31")
PHONES = NamedFilter("Diwali phones", Filter.from_query("device=Mobile"))


def where(query: str) -> Filter:
    """Return the filter of a query string."""
    return Filter.from_query(query)


def test_nothing_chosen_is_all_sessions() -> None:
    assert baseline_of("", where("device=Mobile"), DAYS) == ALL_SESSIONS


def test_the_previous_period_keeps_the_other_filters() -> None:
    found = baseline_of("previous", where("day=2026-07-11..2026-07-13&device=Mobile"), DAYS)
    assert found.where == where("day=2026-07-09..2026-07-11&device=Mobile")
    assert (found.words, found.notice) == ("prior 2 days", "")


def test_its_days_are_laid_over_those_of_the_selection() -> None:
    found = baseline_of("previous", where("day=2026-07-11..2026-07-13"), DAYS)
    assert found.shifted_days == ("2026-07-11", "2026-07-12")


def test_one_day_is_compared_with_the_day_before() -> None:
    assert baseline_of("previous", where("day=2026-07-11..2026-07-12"), DAYS).words == "prior day"


def test_key_figures_compare_with_the_previous_period_by_themselves() -> None:
    assert baseline_of("previous", where("day=2026-07-11..2026-07-13"), DAYS).versus is None


@pytest.mark.parametrize(
    ("query", "days", "reason"),
    [
        ("", DAYS, "There is no period before all days"),
        ("day=2026-07-11", DAYS, "There is no period before all days"),
        ("day=2026-07-02..2026-07-20", DAYS, "does not reach back"),
        ("day=2026-07-11..2026-07-13", (), "has no days"),
    ],
)
def test_where_there_is_no_previous_period_the_reason_is_told(query: str, days: tuple[str, ...], reason: str) -> None:
    found = baseline_of("previous", where(query), days)
    assert reason in found.notice
    assert (found.option, found.where, found.words) == ("previous", EVERYTHING, "all sessions")


def test_a_saved_view_is_compared_with_by_its_name() -> None:
    found = baseline_of("abc", where("gender=Other"), DAYS, PHONES)
    assert (found.where, found.versus) == (PHONES.where, PHONES.where)
    assert (found.words, found.name) == ("saved view Diwali phones", "Diwali phones")


def test_a_saved_view_that_is_gone_is_told_and_forgotten() -> None:
    found = baseline_of("abc", EVERYTHING, DAYS)
    assert (found.option, "no longer there" in found.notice) == ("", True)


def test_the_previous_days_can_be_named() -> None:
    assert previous_days(where("day=2026-07-11..2026-07-13"), DAYS) == ("2026-07-09", "2026-07-10")
    assert previous_days(EVERYTHING, DAYS) is None
