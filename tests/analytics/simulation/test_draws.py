import numpy as np
import pytest

from analytics.simulation.course import course_of
from analytics.simulation.draws import BLOCK, Drawn, draw
from analytics.simulation.scenario import Faults, Scenario

CLUSTERED = Scenario(rate=0.2, users_a_day=200, days=5, sessions=2.5, correlation=0.3, repetitions=4 * BLOCK)


def drawn(scenario: Scenario) -> list[Drawn]:
    course = course_of(scenario)
    return [draw(scenario, course, block) for block in range(-(-scenario.repetitions // BLOCK))]


def test_users_and_conversions_are_what_is_expected() -> None:
    scenario = Scenario(lifts=(0.5,), shares=(80, 20), users_a_day=500, days=4, repetitions=4000)
    counts = [block.sessions for block in drawn(scenario)]
    n = np.concatenate([each.n for each in counts])[:, -1].mean(axis=0)
    converted = np.concatenate([each.n_converted for each in counts])[:, -1].mean(axis=0)
    assert n == pytest.approx([1600, 400], rel=0.003)
    assert converted == pytest.approx([192, 72], rel=0.01)


def test_counts_grow_from_look_to_look() -> None:
    block = drawn(Scenario(repetitions=200))[0]
    assert (np.diff(block.users, axis=1) >= 0).all()
    assert (block.sessions.n_converted <= block.sessions.n).all()


def test_the_last_block_has_what_is_left() -> None:
    assert [block.users.shape for block in drawn(Scenario(days=3, repetitions=1200))] == [(1000, 3, 2), (200, 3, 2)]


def test_a_block_does_not_depend_on_how_many_there_are() -> None:
    few, many = (drawn(Scenario(days=3, repetitions=n * BLOCK))[1].users for n in (2, 3))
    assert np.array_equal(few, many)


def test_users_have_the_sessions_they_are_said_to_have() -> None:
    block = drawn(CLUSTERED)[0]
    assert (block.sessions.n.sum() / block.users.sum()) == pytest.approx(2.5, rel=0.01)


def test_the_variance_of_rates_over_experiments_is_that_of_the_independent_counts() -> None:
    blocks = drawn(CLUSTERED)
    rates = np.concatenate([block.sessions.rate[:, -1, 0] for block in blocks])
    counts = np.concatenate([block.independent.n[:, -1, 0] for block in blocks])
    assert rates.var() == pytest.approx(0.2 * 0.8 / counts.mean(), rel=0.08)
    assert rates.var() > 1.3 * 0.2 * 0.8 / np.mean([block.sessions.n[:, -1, 0].mean() for block in blocks])


def test_sessions_that_do_not_depend_on_each_other_are_as_many_as_they_are() -> None:
    block = drawn(Scenario(rate=0.2, users_a_day=2000, days=2, sessions=3, repetitions=1000))[0]
    assert block.independent.n.mean() == pytest.approx(block.sessions.n.mean(), rel=0.005)


def test_rates_that_change_within_a_look_are_drawn_day_by_day() -> None:
    block = drawn(Scenario(rate=0.1, days=7, every=0, faults=Faults(weekend_rate=0.3), repetitions=1000))[0]
    assert block.sessions.rate.mean() == pytest.approx(0.1 * (5 + 0.6) / 7, rel=0.01)
