import numpy as np
import pytest

from analytics.analysis import Request
from analytics.experiment.proportion import wilson
from analytics.trend import TREND, TrendResult, compute_trend
from semantic.domain import day_members
from tests.analytics.answers import answer_of, catalog_of

CATALOG = catalog_of("started_at")


def trend(n: list[list[int]], converted: list[list[int]], *more: str) -> TrendResult:
    """Return the trend of sessions and conversions, a row a day, columns New and Old."""
    days = (*day_members(20_000, 20_000 + len(n) - 1 - len(more)), *more)
    cells = answer_of({"day": days, "variant": ("New", "Old")}, n_sessions=n, n_converted=converted)
    return compute_trend({"days": cells}, Request(TREND), CATALOG)


def test_control_comes_first() -> None:
    assert [series.variant for series in trend([[10, 20]], [[1, 2]]).series] == ["Old", "New"]


def test_a_smoothed_rate_divides_sums_and_averages_no_rates() -> None:
    n = [[1_000 if day == 0 else 10, 0] for day in range(8)]
    converted = [[100 if day == 0 else 10, 0] for day in range(8)]
    new = trend(n, converted).series[1]
    assert new.smoothed[6].value == pytest.approx((100 + 6 * 10) / (1_000 + 6 * 10))
    assert new.smoothed[7].value == pytest.approx(1)


def test_a_smoothed_rate_has_wilsons_interval_of_the_seven_days() -> None:
    rng = np.random.default_rng(3)
    n = rng.integers(50, 90, (20, 2))
    converted = rng.binomial(n, 0.2)
    found = trend(n.tolist(), converted.tolist()).series[0].smoothed[12]
    expected = wilson(converted[6:13, 1].sum(), n[6:13, 1].sum())
    assert (found.low, found.high) == pytest.approx((float(expected.low), float(expected.high)))
    assert found.n == n[6:13, 1].sum()


def test_the_first_days_have_the_window_that_there_is() -> None:
    smoothed = trend([[0, 10]] * 9, [[0, 1]] * 9).series[0].smoothed
    assert [found.n for found in smoothed] == [10, 20, 30, 40, 50, 60, 70, 70, 70]


@pytest.mark.parametrize(("n_days", "window"), [(1, 1), (6, 1), (7, 7), (30, 7)])
def test_data_shorter_than_a_week_is_not_smoothed(n_days: int, window: int) -> None:
    result = trend([[5, 10]] * n_days, [[1, 1]] * n_days)
    assert result.window_days == window
    assert (result.series[0].smoothed == result.series[0].daily) == (n_days < 7)


def test_a_day_without_sessions_has_no_rate() -> None:
    assert trend([[0, 10], [5, 0]], [[0, 1], [1, 0]]).series[0].daily[1].value is None


def test_sessions_without_a_day_are_on_no_day() -> None:
    result = trend([[5, 5], [9, 9]], [[1, 1], [1, 1]], "(missing)")
    assert result.days == ("2024-10-04",)
    assert [len(series.daily) for series in result.series] == [1, 1]


def test_data_without_days_have_no_trend() -> None:
    assert not TREND.is_available(catalog_of("device"))
    assert TREND.is_available(CATALOG)
