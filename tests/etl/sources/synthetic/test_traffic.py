"""When sessions begin: days and hours of India."""

import numpy as np
import pandas as pd

from etl.sources.synthetic.traffic import FIRST_SECOND, draw_starts, moment_shares, moments


def test_sessions_come_in_order_over_92_days_of_india(planted: pd.DataFrame) -> None:
    local = planted["Started_At"].dt.tz_convert("Asia/Kolkata")
    assert local.is_monotonic_increasing
    assert (str(local.min().date()), str(local.max().date())) == ("2026-07-01", "2026-09-30")
    by_weekday = local.dt.day_of_week.value_counts()
    assert by_weekday[5] / by_weekday[1] > 1.15
    by_hour = local.dt.hour.value_counts()
    assert (by_hour.idxmax(), by_hour.idxmin()) == (21, 4)


def test_moments_tell_evening_and_weekend_of_india() -> None:
    hours = np.array([0, 18, 19, 22, 23, 72 + 12, 72 + 20])  # the first day is a Wednesday, the fourth a Saturday
    assert moments(FIRST_SECOND + hours * 3600).tolist() == [0, 0, 1, 1, 0, 2, 3]


def test_shares_of_moments_agree_with_drawn_starts() -> None:
    starts = draw_starts(np.random.default_rng(1), 0, 400_000, 400_000)
    drawn_shares = np.bincount(moments(starts)) / len(starts)
    np.testing.assert_allclose(drawn_shares, moment_shares(), atol=0.001)
