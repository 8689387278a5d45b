import numpy as np
import pytest

from analytics.simulation.scenario import Scenario
from analytics.simulation.simulated import average, share, simulated_of
from analytics.simulation.tally import Stops, Tally

NOTHING = Stops(*(np.array([2, 2]), np.array([False] * 2), np.array([0.1, -0.1]), np.zeros(2), np.array([True] * 2)))
TWO = Stops(
    np.array([0, 2, 1, 2]),
    np.array([True, True, True, False]),
    np.array([0.3, 0.1, -0.2, 0.0]),
    np.full(4, 0.1),
    np.array([False, True, False, True]),
)


def result(stops: Stops, scenario: Scenario):
    n = stops.look.size
    tally = Tally(dict.fromkeys(("once", "always_valid", "group_sequential", "peeking", "bayes"), stops), np.full(n, 3))
    return simulated_of(scenario, 3000.0, np.array([0.1]), tally)


def test_what_was_called_is_counted_by_look() -> None:
    found = result(TWO, Scenario(days=3, lifts=(0.1,))).outcomes[0]
    assert found.called_by == (0.25, 0.5, 0.75)
    assert found.called.value == 0.75
    assert found.mean_day.value == pytest.approx((1 + 3 + 2 + 3) / 4)
    assert found.days == (1, 1, 2, 3, 3)


def test_the_curse_of_the_winner_is_what_is_seen_by_what_is_true() -> None:
    found = result(TWO, Scenario(days=3, lifts=(0.1,))).outcomes[0]
    assert found.exaggeration.value == pytest.approx((3 + 1 + 2) / 3)
    assert found.wrong_sign.value == 0.25
    assert found.covered.value == 0.5


def test_estimates_are_those_of_calls_alone() -> None:
    spread = result(TWO, Scenario(days=3, lifts=(0.1,))).outcomes[0].estimates
    assert sum(spread.counts) == 3
    assert spread.mean == pytest.approx(0.2 / 3)


def test_where_nothing_is_called_there_is_nothing_to_say_of_estimates() -> None:
    found = result(NOTHING, Scenario(days=3)).outcomes[0]
    assert found.called.value == 0
    assert found.estimates.mean is None
    assert found.exaggeration.value is None


def test_shares_and_averages_have_intervals() -> None:
    assert share(np.array([True, False])).low == pytest.approx(0.0945, abs=1e-4)
    assert average(np.array([1.0, 3.0])).high == pytest.approx(2 + 1.959964 / np.sqrt(2))
