"""Days read as configured; that the browser writes the same is tested in tests/e2e."""

import pytest

from dashboard.day_format import Dates, DayFormat

STYLES: tuple[Dates, ...] = ("day_month_year", "month_day_year", "slashes", "iso")


@pytest.mark.parametrize(
    ("dates", "day", "short", "tick"),
    [
        ("day_month_year", "5 Sep 2026", "5 Sep", "%-d %b"),
        ("month_day_year", "Sep 5, 2026", "Sep 5", "%b %-d"),
        ("slashes", "05/09/2026", "05/09", "%d/%m"),
        ("iso", "2026-09-05", "2026-09-05", "%Y-%m-%d"),
    ],
)
def test_a_day_reads_as_configured(dates: Dates, day: str, short: str, tick: str) -> None:
    write = DayFormat(dates)
    assert (write.day("2026-09-05"), write.day("2026-09-05", with_year=False), write.tick_format) == (day, short, tick)


@pytest.mark.parametrize(
    ("first", "last", "spans"),
    [
        ("2026-09-01", "2026-09-30", ("1 – 30 Sep 2026", "Sep 1 – 30, 2026", "01/09 – 30/09/2026")),
        ("2026-04-01", "2026-06-30", ("1 Apr – 30 Jun 2026", "Apr 1 – Jun 30, 2026", "01/04 – 30/06/2026")),
        ("2025-12-31", "2026-01-01", ("31 Dec 2025 – 1 Jan 2026", "Dec 31, 2025 – Jan 1, 2026")),
        ("2026-01-01", "2026-01-01", ("1 Jan 2026", "Jan 1, 2026", "01/01/2026", "2026-01-01")),
    ],
)
def test_a_span_does_not_repeat_what_both_ends_share(first: str, last: str, spans: tuple[str, ...]) -> None:
    assert tuple(DayFormat(dates).days(first, last) for dates in STYLES)[: len(spans)] == spans


def test_a_span_of_iso_days_repeats_all() -> None:
    assert DayFormat("iso").days("2026-09-01", "2026-09-30") == "2026-09-01 – 2026-09-30"
