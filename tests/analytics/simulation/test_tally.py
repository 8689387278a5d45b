import numpy as np
import pytest

from analytics.experiment.group_sequential import boundaries, squared
from analytics.simulation.course import course_of
from analytics.simulation.draws import draw
from analytics.simulation.rules import RULES
from analytics.simulation.scenario import Faults, Scenario
from analytics.simulation.tally import first_true, joined, tally_of
from tests.analytics.simulation.slow_loop import first_call


@pytest.mark.parametrize("rule", [rule.name for rule in RULES[:-1]])
@pytest.mark.parametrize("lift", [0.0, 0.15])
def test_all_at_once_is_what_one_at_a_time_is(rule: str, lift: float) -> None:
    scenario = Scenario(rate=0.3, lifts=(lift,), users_a_day=150, days=6, repetitions=100)
    course = course_of(scenario)
    drawn = draw(scenario, course, 0)
    stops = tally_of(scenario, course, drawn).stops[rule]
    found = np.where(stops.is_called, stops.look, 6)
    bounds = boundaries(course.n_planned / course.n_planned[-1], squared)
    columns = [table[..., v] for v in (1, 0) for table in (drawn.users, drawn.sessions.n_converted)]
    counts = np.stack(columns, axis=-1).tolist()
    assert found.tolist() == [first_call(one, rule, course.n_planned.tolist(), bounds.tolist()) for one in counts]


def test_the_first_of_several_counts() -> None:
    assert first_true(np.array([[False, True, True], [False] * 3])).tolist() == [1, 3]


def test_blocks_are_put_one_after_the_other() -> None:
    scenario = Scenario(repetitions=100)
    course = course_of(scenario)
    one = tally_of(scenario, course, draw(scenario, course, 0))
    both = joined([one, one])
    assert both.size == 200
    assert both.stops["bayes"].estimate.size == 200


def test_the_check_of_the_sample_ratio_sees_lost_users() -> None:
    scenario = Scenario(repetitions=100, faults=Faults(lost=0.2, lost_from=11))
    course = course_of(scenario)
    failed = tally_of(scenario, course, draw(scenario, course, 0)).ratio_look
    assert failed.min() >= 10
    assert (failed < 20).mean() > 0.9


def test_an_experiment_without_users_calls_nothing() -> None:
    scenario = Scenario(rate=0.01, users_a_day=0.5, days=3, repetitions=200)
    course = course_of(scenario)
    tally = tally_of(scenario, course, draw(scenario, course, 0))
    assert not any(tally.stops[name].is_called.any() for name in ("once", "peeking", "always_valid"))
