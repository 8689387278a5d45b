import pytest

from analytics.simulation.ab_test import AB_TEST
from analytics.simulation.engine import simulate
from analytics.simulation.scenario import Faults, Scenario
from analytics.simulation.settings import Settings
from config import Config


def test_fields_become_the_scenario() -> None:
    texts = {"effects": "5 -5", "shares": "80 10 10", "looks": "7", "lost": "4", "half-life": "3", "days": "30"}
    found = Settings.of(texts).scenario
    assert found.lifts == (0.05, -0.05)
    assert found.weights == pytest.approx((0.8, 0.1, 0.1))
    assert (found.every, found.days) == (7, 30)
    assert found.faults == Faults(lost=0.04, half_life=3.0)


def test_looks_further_apart_than_the_end_are_one_look() -> None:
    assert Settings.of({"looks": "7", "days": "5"}).scenario.look_days == (5,)


def test_it_tells_how_far_it_is(config: Config) -> None:
    told: list[float] = []
    scenario = Scenario(days=3, repetitions=2500)
    assert AB_TEST.run(scenario, told.append, config) == simulate(scenario)
    assert told == [0.4, 0.8, 1.0]
