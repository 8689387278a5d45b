from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.clean.times import read_days, read_times

MOMENT = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
MS = int(MOMENT.timestamp() * 1000)
EARLY, LATE = 631_238_400_000, 2_145_830_400_000


def column(*cells: object, kind: pa.DataType | None = None) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(cells, kind)])


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-01 09:30:00",
        "2026-07-01T09:30",
        "2026-07-01T09:30:00Z",
        "2026-07-01T15:00:00+05:30",
        "2026-07-01 09:30:00.000000000",
        f"{MS // 1000}",
        f"{MS}",
        f"{MS}000",
        " 2026-07-01 09:30:00 ",
    ],
)
def test_a_moment_is_read_from_any_of_its_forms(text: str) -> None:
    assert read_times(column(text), "UTC").values.tolist() == [MS]


def test_forms_may_be_mixed_in_one_column() -> None:
    reading = read_times(column("2026-07-01 09:30:00", f"{MS}", "2026-07-01T09:30:00Z", "20260701", None), "UTC")
    assert reading.values.tolist()[:3] == [MS] * 3
    assert not reading.unreadable.any()


@pytest.mark.parametrize("text", ["yesterday", "01/02/2026 10:00", "2026-13-01", "1066-10-14", "9999-01-01", "-5"])
def test_what_is_no_plausible_time_is_unreadable(text: str) -> None:
    reading = read_times(column("2026-07-01 09:30:00", text), "UTC")
    assert reading.unreadable.tolist() == [False, True]
    assert np.isnan(reading.values[1])


def test_a_clock_without_zone_stands_where_the_configuration_says() -> None:
    assert read_times(column("2026-07-01 15:00:00"), "Asia/Kolkata").values.tolist() == [MS]


def test_an_hour_that_occurs_twice_is_the_earlier_one_on_both_paths() -> None:
    texts = ("2025-10-26 02:30:00", "2025-10-26 02:30")
    fast = read_times(column(*texts), "Europe/Berlin").values.tolist()
    slow = read_times(column(*texts, "nonsense"), "Europe/Berlin").values.tolist()
    assert fast == slow[:2] == [int(datetime(2025, 10, 26, 0, 30, tzinfo=UTC).timestamp() * 1000)] * 2


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (datetime(2026, 7, 1, 9, 30), pa.timestamp("us")),  # noqa: DTZ001 a clock without a zone is what is meant
        (MOMENT, pa.timestamp("ns", "UTC")),
        (MS, pa.int64()),
        (MS / 1000, pa.float64()),
    ],
)
def test_times_may_have_a_type_of_their_own(cell: object, kind: pa.DataType) -> None:
    assert read_times(column(cell, None, kind=kind), "UTC").values.tolist()[0] == MS


def test_a_date_begins_at_midnight_of_the_zone() -> None:
    reading = read_times(column(date(2026, 7, 1)), "Asia/Kolkata")
    assert reading.values.tolist() == [MS - 15 * 3_600_000]


@given(st.integers(EARLY, LATE), st.sampled_from(["UTC", "Asia/Kolkata", "America/New_York"]))
def test_the_day_is_that_of_the_zone(milliseconds: int, zone: str) -> None:
    days = read_days(pd.Series([float(milliseconds), np.nan]), zone)
    assert days.tolist()[0] == datetime.fromtimestamp(milliseconds / 1000, ZoneInfo(zone)).date().isoformat()
    assert pd.isna(days[1])


def test_no_times_have_no_days() -> None:
    assert read_days(pd.Series([np.nan]), "UTC").isna().all()
