import numpy as np
import pytest

from analytics.experiment.growth import Growth
from analytics.experiment.power.pace import Pace, Span

DAILY = np.full(56, 100.0)
NEWCOMERS = Pace.of_daily(np.full(56, 50.0))
REGULARS = Pace.of_daily([2_000.0] * 7 + [1.0] * 49)


def test_without_users_who_come_back_twice_as_much_takes_twice_as_long() -> None:
    growth = Growth.clustered(NEWCOMERS, DAILY, 1.0, 1.0)
    assert growth.days_for(2.0).likely == 56


def test_what_is_there_takes_no_time() -> None:
    assert Growth(NEWCOMERS, DAILY).days_for(1.0) == Span(0, 0, 0)


def test_users_who_come_back_tell_less_the_more_alike_their_sessions_are() -> None:
    days = [Growth(REGULARS, DAILY, 3.0, likeness).days_for(1.5).likely for likeness in (0.0, 0.05, 0.2)]
    assert days[0] <= days[1] < days[2]


def test_regulars_whose_sessions_are_all_alike_never_tell_more() -> None:
    assert Growth(REGULARS, DAILY, 3.0, 1.0).days_for(2.0).likely is None


def test_what_is_known_per_user_grows_with_new_users_alone() -> None:
    assert Growth(NEWCOMERS, DAILY).days_for(2.0).likely == pytest.approx(56, abs=6)
    assert Growth(REGULARS, DAILY).days_for(2.0).likely is None


def test_the_likeness_follows_from_the_design_effect() -> None:
    assert Growth.clustered(NEWCOMERS, DAILY, 3.0, 1.4).likeness == pytest.approx(0.2)
    assert Growth.clustered(NEWCOMERS, DAILY, 1.0, 1.0).likeness == 0.0


def test_busy_and_quiet_days_make_the_range_wider() -> None:
    daily = np.tile([40.0, 160.0], 28)
    uneven, even = (Growth.clustered(NEWCOMERS, d, 1.0, 1.0).days_for(2.0) for d in (daily, DAILY))
    assert uneven.latest - uneven.soonest > even.latest - even.soonest
    assert uneven.soonest <= uneven.likely <= uneven.latest


def test_sessions_come_as_in_the_last_four_weeks() -> None:
    assert Growth(NEWCOMERS, np.r_[np.full(28, 10.0), np.full(28, 30.0)]).sessions_after(10) == 300


def test_without_traffic_nothing_grows() -> None:
    assert Growth(Pace((), ()), np.zeros(0)).days_for(2.0).likely is None
