"""Moments are told in the configured zone and format."""

import pytest

from dashboard.day_format import DayFormat
from dashboard.format import NumberFormat
from dashboard.sheets.clock import Clock, duration, iso

MOMENT = 1_790_000_000_000


@pytest.mark.parametrize(
    ("zone", "dates", "expected"),
    [
        ("UTC", "iso", "2026-09-21, 14:13 UTC"),
        ("Asia/Kolkata", "day_month_year", "21 Sep 2026, 19:43 IST"),
        ("Pacific/Auckland", "month_day_year", "Sep 22, 2026, 02:13 NZST"),
    ],
)
def test_a_moment_is_in_its_zone(zone: str, dates: str, expected: str) -> None:
    assert Clock(zone, DayFormat(dates)).moment(MOMENT).replace("\u00a0", " ") == expected  # type: ignore[arg-type]


def test_machines_read_utc() -> None:
    assert iso(MOMENT) == "2026-09-21T14:13:20Z"


@pytest.mark.parametrize(
    ("milliseconds", "expected"), [(1_240, "1.2 s"), (75_400, "1 min 15 s"), (7_260_000, "2 h 1 min")]
)
def test_a_duration_has_the_unit_of_its_size(milliseconds: int, expected: str) -> None:
    assert duration(milliseconds, NumberFormat("₹", "indian")).replace("\u00a0", " ") == expected
