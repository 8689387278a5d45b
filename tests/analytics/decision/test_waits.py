import numpy as np
import pytest

from analytics.decision.waits import Pair, growth_of
from analytics.experiment.arm import Arm, arms_of
from analytics.experiment.growth import Growth
from analytics.experiment.plan import Plan
from analytics.experiment.power.pace import Pace
from analytics.experiment.statistic import Moments
from semantic.query import Answer
from semantic.units import UnitAnswer

DAYS = tuple(f"2026-07-{day:02d}" for day in range(1, 29))
GROWTH = Growth.clustered(Pace.of_daily(np.full(28, 500.0)), np.full(28, 500.0), 1.0, 1.0)


def arms(rates: tuple[float, float], n: float = 7_000.0) -> Arm:
    """Return control and a treatment of users with one session each."""
    x = np.array(rates) * n
    sums = [x, np.full(2, n)], [x, x, np.full(2, n)]
    return arms_of(Moments.of(np.full(2, n), *sums), np.full(2, n), is_rate=True)


def pair(rates: tuple[float, float], plan: Plan = Plan(), growth: Growth = GROWTH) -> Pair:  # noqa: B008 - frozen
    both = arms(rates)
    return Pair(both[1], both[0], plan, 14_000, growth)


def test_a_larger_lift_takes_fewer_days() -> None:
    days = [pair((0.2, 0.2)).waits(lift, 0.8)[0].likely for lift in (0.3, 0.1, 0.05)]
    assert 0 < days[0] < days[1] < days[2]


def test_the_lift_seen_so_far_is_one_of_the_premises() -> None:
    planned, observed = pair((0.2, 0.21)).waits(0.1, 0.8)
    assert (planned.premise, observed.premise) == ("planned", "observed")
    assert observed.lift == pytest.approx(0.05)
    assert observed.soonest <= observed.likely <= observed.latest
    assert observed.n_sessions == 500 * observed.likely


def test_no_effect_at_all_is_never_shown() -> None:
    assert pair((0.2, 0.2)).waits(0.1, 0.8)[1].likely is None


def test_a_planned_end_is_waited_for_whatever_was_seen() -> None:
    (wait,) = pair((0.2, 0.2), Plan("fixed", n_planned=21_000)).waits(0.1, 0.8)
    assert wait.premise == "end"
    assert wait.likely == pytest.approx(14, abs=1)
    assert pair((0.2, 0.2), Plan("fixed")).waits(0.1, 0.8) == ()


def test_where_nothing_varies_no_wait_is_known() -> None:
    assert pair((0.0, 0.0)).waits(0.1, 0.8) == ()


def test_without_days_no_day_is_foretold() -> None:
    found = pair((0.2, 0.21), growth=Growth(Pace((), ()), np.zeros(0))).waits(0.1, 0.8)
    assert {wait.likely for wait in found} == {None}


def test_growth_is_read_from_users_and_sessions_by_day() -> None:
    members, n = (*DAYS, "(missing)"), np.r_[np.full(28, 50.0), 9.0]
    users = UnitAnswer(("first_day",), {"first_day": members}, n, n[:, None], n[:, None, None], 1, "sql")
    sessions = Answer(("day",), {"day": members}, {"n_sessions": 2 * n}, 1, "cube")
    found = growth_of(arms((0.2, 0.2)), users, sessions)
    assert (found.pace.units[-1], found.daily.sum(), found.likeness) == (1_400, 2_800, 0.0)
    assert growth_of(arms((0.2, 0.2)), None, sessions).pace.days == ()


def test_days_before_and_after_a_selection_do_not_count() -> None:
    n = np.r_[np.zeros(20), 500.0, np.zeros(7)]
    users = UnitAnswer(("first_day",), {"first_day": DAYS}, n, n[:, None], n[:, None, None], 1, "sql")
    found = growth_of(arms((0.2, 0.2)), users, Answer(("day",), {"day": DAYS}, {"n_sessions": n}, 1, "cube"))
    assert (found.pace.days, found.daily.tolist()) == ((1.0,), [500.0])
    assert found.days_for(2.0).likely > 0
