import time
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from analytics.simulation.engine import blocks, simulate, simulated
from analytics.simulation.scenario import Faults, Scenario
from analytics.simulation.simulated import Simulated
from semantic.errors import InputError

PEEKING = Scenario(repetitions=20_000)
"""20 looks at p = .12, where nothing differs."""


@pytest.fixture(scope="module")
def peeking() -> Simulated:
    return simulate(PEEKING)


def called(found: Simulated, name: str):
    return next(outcome.called for outcome in found.outcomes if outcome.name == name)


@pytest.mark.parametrize(
    ("name", "known"), [("once", 0.05), ("peeking", 0.248), ("group_sequential", 0.05), ("bayes", 0.424)]
)
def test_false_alarms_are_those_of_the_closed_forms(peeking: Simulated, name: str, known: float) -> None:
    """The figures of Armitage, McPherson and Rowe (1969) for 20 looks; standard error .0015 to .0035."""
    assert called(peeking, name).value == pytest.approx(known, abs=0.0105)


def test_an_always_valid_interval_errs_less_than_it_says(peeking: Simulated) -> None:
    assert called(peeking, "always_valid").high < 0.02
    assert all(outcome.covered.value > 0.94 for outcome in peeking.outcomes[:3])


def test_power_at_one_look_is_that_of_the_normal_formula() -> None:
    found = simulate(Scenario(lifts=(0.08,), every=0, repetitions=10_000))
    p1, p2, n = 0.12, 0.1296, 10_000
    expected = norm.cdf((p2 - p1) / np.sqrt((p1 * (1 - p1) + p2 * (1 - p2)) / n) - norm.ppf(0.975))
    assert called(found, "once").value == pytest.approx(expected, abs=0.015)


def test_treatments_are_tested_together() -> None:
    found = simulate(Scenario(lifts=(0.0, 0.0, 0.0), every=0, repetitions=10_000))
    assert called(found, "once").value == pytest.approx(0.045, abs=0.008)


def test_sessions_taken_for_independent_raise_false_alarms() -> None:
    found = simulate(Scenario(sessions=4, correlation=0.3, every=0, days=10, repetitions=10_000))
    inflated = 2 * norm.sf(norm.ppf(0.975) / np.sqrt(1 + 3 * 0.3))
    assert called(found, "by_session").value == pytest.approx(inflated, abs=0.012)
    assert called(found, "once").value == pytest.approx(0.05, abs=0.008)


def test_lost_users_are_found_before_they_are_believed() -> None:
    found = simulate(replace(PEEKING, repetitions=2000, faults=Faults(lost=0.1, lost_rate=0.2)))
    assert found.ratio_failed.value > 0.99
    assert called(found, "once").value > 0.5


def test_the_same_seed_is_the_same_result() -> None:
    scenario = Scenario(repetitions=2500, days=5)
    assert simulate(scenario) == simulate(scenario)
    assert simulate(scenario) != simulate(replace(scenario, seed=2))


def test_blocks_come_one_by_one() -> None:
    scenario = Scenario(repetitions=2500, days=5)
    parts = list(blocks(scenario))
    assert [part.size for part in parts] == [1000, 1000, 500]
    assert simulated(scenario, parts) == simulate(scenario)


def test_what_cannot_be_run_is_not() -> None:
    with pytest.raises(InputError, match="must be between 0 and 1"):
        simulate(Scenario(rate=0))


@pytest.mark.slow
def test_twenty_thousand_experiments_of_twenty_looks_take_less_than_a_second() -> None:
    simulate(replace(PEEKING, repetitions=1000))
    began = time.process_time()
    simulate(PEEKING)
    assert time.process_time() - began < 1
