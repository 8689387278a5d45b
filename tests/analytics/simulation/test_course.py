import numpy as np
import pytest

from analytics.simulation.course import course_of
from analytics.simulation.scenario import Faults, Scenario


def test_days_between_looks_are_one_stretch_where_rates_do_not_change() -> None:
    course = course_of(Scenario(days=20, every=7, users_a_day=100, lifts=(0.1,)))
    assert [stretch.look for stretch in course.stretches] == [0, 1, 2]
    assert [stretch.users.tolist() for stretch in course.stretches] == [[350, 350], [350, 350], [300, 300]]
    assert course.n_planned.tolist() == [700, 1400, 2000]
    assert np.allclose(course.lifts, 0.1)


def test_novelty_halves() -> None:
    course = course_of(Scenario(rate=0.1, lifts=(0.4,), days=9, faults=Faults(half_life=4)))
    rates = [stretch.rates[1] for stretch in course.stretches]
    assert rates[0] == pytest.approx(0.14)
    assert rates[4] == pytest.approx(0.12)
    assert rates[8] == pytest.approx(0.11)
    assert course.lifts[-1, 0] == pytest.approx(np.mean(rates) / 0.1 - 1)


def test_users_lost_at_random_leave_the_rate_as_it_is() -> None:
    course = course_of(Scenario(days=10, every=5, users_a_day=100, faults=Faults(lost=0.2, lost_from=6)))
    assert course.stretches[0].users.tolist() == [250, 250]
    assert course.stretches[1].users.tolist() == [250, 200]
    assert course.stretches[1].rates.tolist() == [0.12, 0.12]


def test_a_loss_of_users_who_do_not_convert_raises_the_rate_but_not_the_truth() -> None:
    course = course_of(Scenario(rate=0.1, faults=Faults(lost=0.2, lost_rate=0.0)))
    assert course.stretches[0].rates.tolist() == pytest.approx([0.1, 0.125])
    assert np.allclose(course.lifts, 0)
    assert course.n_planned[-1] == 20_000


def test_weekends_weigh_as_much_as_they_have_users() -> None:
    quiet = Faults(weekend_rate=0.5, weekend_traffic=0.2)
    course = course_of(Scenario(rate=0.1, days=7, every=7, users_a_day=100, faults=quiet))
    assert [stretch.look for stretch in course.stretches] == [0, 0]
    assert [stretch.rates[0] for stretch in course.stretches] == pytest.approx([0.1, 0.05])
    assert course.n_planned.tolist() == pytest.approx([540])
