import numpy as np
import pytest

from analytics.experiment.power.pace import MOST_DAYS, Pace


def first_visits(n_users: int, shape: float, n_days: int, seed: int):
    """Return new users a day of visitors whose rates have a gamma distribution with a mean of one visit in 20 days."""
    random = np.random.default_rng(seed)
    first = random.exponential(1 / random.gamma(shape, 0.05 / shape, n_users))
    return np.histogram(first, np.arange(n_days + 1))[0]


def test_within_the_log_users_are_those_seen() -> None:
    pace = Pace.of([7, 14, 21], [100, 180, 240])
    assert pace.units_by([7, 14, 21]).value.tolist() == [100, 180, 240]
    assert pace.days_for(180).likely == 14


def test_a_long_log_is_read_by_weeks_from_its_end() -> None:
    pace = Pace.of_daily(np.ones(30))
    assert pace.days == (2.0, 9.0, 16.0, 23.0, 30.0)
    assert pace.units == pace.days


def test_users_who_never_return_come_at_one_rate() -> None:
    found = Pace.of_daily(np.full(56, 500.0)).units_by(112)
    assert float(found.value) == pytest.approx(56_000, rel=0.01)


@pytest.mark.parametrize("shape", [0.5, 1.5])
def test_returning_users_are_foretold_within_the_range(shape: float) -> None:
    """Eight weeks foretell 32; 20 draws, so a coverage of 95 % has a standard error of 5 %."""
    covered = []
    for seed in range(20):
        new = first_visits(20_000, shape, 224, seed)
        found, truth = Pace.of_daily(new[:56]).units_by([84, 112, 168, 224]), np.cumsum(new)[[83, 111, 167, 223]]
        covered.append((found.low <= truth) & (truth <= found.high))
        assert np.abs(found.value / truth - 1).max() < 0.06
    assert np.mean(covered, axis=0).min() >= 0.8


def test_noisy_days_widen_the_range() -> None:
    calm = Pace.of_daily(np.full(56, 500.0)).units_by(84)
    noise = np.repeat([0.6, 1.5, 0.8, 1.2, 1.3, 0.6, 0.9, 1.1], 7)
    noisy = Pace.of_daily(500 * noise).units_by(84)
    assert noisy.high - noisy.low > 3 * (calm.high - calm.low)


def test_a_short_log_tells_little() -> None:
    short, long = Pace.of_daily(np.full(3, 500.0)), Pace.of_daily(np.full(56, 500.0))
    spans = [pace.days_for(500 * 100) for pace in (short, long)]
    assert spans[0].soonest < 110
    assert spans[1].latest < 110
    assert spans[0].latest is None or spans[0].latest > spans[1].latest


def test_days_after_the_log_count_new_users_alone() -> None:
    pace = Pace.of_daily(np.full(56, 500.0))
    assert pace.days_for(5_000, since=56).likely == pytest.approx(10, abs=1)
    assert pace.days_for(0, since=56).likely == 0


def test_days_for_more_users_are_more_and_in_order() -> None:
    pace = Pace.of_daily(first_visits(20_000, 0.5, 56, 1))
    spans = [pace.days_for(n) for n in (1_000, 5_000, 12_000, 13_500)]
    likely = [span.likely or MOST_DAYS for span in spans]
    assert likely == sorted(likely)
    assert all(span.soonest <= span.likely <= (span.latest or MOST_DAYS) for span in spans)


def test_what_never_comes_is_none() -> None:
    assert Pace.of_daily(np.full(30, 10.0)).days_for(1e9).likely is None


def test_nobody_is_answered() -> None:
    pace = Pace.of_daily(np.zeros(10))
    assert float(pace.units_by(20).high) == 0
    assert pace.days_for(10).likely is None


def test_a_part_of_the_traffic_takes_longer() -> None:
    pace = Pace.of_daily(np.full(56, 500.0))
    assert pace.scaled(0.5).days_for(7_000).likely == pytest.approx(2 * pace.days_for(7_000).likely, abs=1)
