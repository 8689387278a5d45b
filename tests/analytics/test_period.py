from datetime import date

import pytest

from analytics.period import Period, describe_days, previous_period
from semantic.domain import day_members
from semantic.filter import AnyClause, Clause, Filter, RangeClause

DAYS = day_members(20_000, 20_009)  # 2024-10-04 to 2024-10-13


def between(low: str | None, high: str | None) -> RangeClause:
    first, last = (date.fromisoformat(day) if day else None for day in (low, high))
    return RangeClause("day", first, last)


def test_without_a_clause_all_days_count_and_there_is_nothing_before() -> None:
    period = Period.of(None, DAYS)
    assert period.days == DAYS
    assert period.previous_days == ()


def test_the_previous_period_is_as_long_and_ends_where_the_period_begins() -> None:
    period = Period.of(between("2024-10-08", "2024-10-11"), DAYS)
    assert period.days == ("2024-10-08", "2024-10-09", "2024-10-10")
    assert period.previous_days == ("2024-10-05", "2024-10-06", "2024-10-07")


@pytest.mark.parametrize(
    ("low", "high", "n_days", "n_previous"),
    [
        ("2024-10-09", None, 5, 5),
        ("2024-10-08", None, 6, 0),
        (None, "2024-10-06", 2, 0),
        ("2024-10-12", "2025-01-01", 2, 2),
        ("2024-01-01", "2024-10-06", 2, 0),
        ("2025-01-01", "2025-02-01", 0, 0),
        ("2024-10-09", "2024-10-05", 0, 0),
    ],
)
def test_the_previous_period_is_wholly_inside_the_data_or_absent(
    low: str | None, high: str | None, n_days: int, n_previous: int
) -> None:
    period = Period.of(between(low, high), DAYS)
    assert (len(period.days), len(period.previous_days)) == (n_days, n_previous)


@pytest.mark.parametrize("clause", [Clause("day", ("2024-10-12", "2024-10-13"))])
def test_single_days_have_no_previous_period(clause: AnyClause) -> None:
    period = Period.of(clause, DAYS)
    assert period.days == ("2024-10-12", "2024-10-13")
    assert not period.previous.any()


def test_sessions_without_a_day_count_only_where_days_are_not_filtered() -> None:
    members = (*DAYS, "(missing)")
    assert Period.of(None, members).kept[-1]
    assert not Period.of(between(None, "9999-12-31"), members).kept[-1]
    assert "(missing)" not in Period.of(None, members).days


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        (["2026-04-01"], "1 Apr 2026"),
        (["2026-04-01", "2026-06-30"], "1 Apr – 30 Jun 2026"),
        (["2025-12-30", "2026-01-02"], "30 Dec 2025 – 2 Jan 2026"),
    ],
)
def test_days_are_told_in_words(days: list[str], words: str) -> None:
    assert describe_days(days) == words


@pytest.mark.parametrize(
    ("where", "previous"),
    [
        ("day=2024-10-08..2024-10-11&device=Mobile", "day=2024-10-05..2024-10-08&device=Mobile"),
        ("day=2024-10-09..", "day=2024-10-04..2024-10-09"),
        ("day=2024-10-12..2025-01-01", "day=2024-10-10..2024-10-12"),
        ("day=2024-10-08..", None),
        ("day=..2024-10-06", None),
        ("day=2024-10-09..2024-10-05", None),
        ("day=2025-01-01..2025-02-01", None),
        ("day=2024-10-12,2024-10-13", None),
        ("device=Mobile", None),
    ],
)
def test_the_previous_period_is_a_filter_of_its_own(where: str, previous: str | None) -> None:
    found = previous_period(Filter.from_query(where), date(2024, 10, 4), date(2024, 10, 13))
    assert (found and found.to_query()) == previous
    clause = Filter.from_query(where).clause("day")
    kept = Period.of(clause, DAYS).previous_days
    assert kept == (Period.of(found.clause("day"), DAYS).days if found else ())
