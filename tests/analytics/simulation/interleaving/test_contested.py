import pytest
from scipy.stats import norm

from analytics.simulation.interleaving.contest import Contest
from analytics.simulation.interleaving.contested import Contested, run_contest
from analytics.simulation.settings import Settings
from config import Config


@pytest.fixture(scope="module")
def found(config: Config) -> Contested:
    return run_contest(Contest(noise_new=0.3, sessions=40_000), lambda share: None, config)


def test_a_shared_list_needs_fewer_sessions_than_a_test_of_conversions(found: Contested) -> None:
    interleaved, clicks, conversions = found.designs
    assert interleaved.times.value == 1
    assert clicks.times.low > 1
    assert conversions.times.low > 8
    assert conversions.sessions[1] > clicks.sessions[1] > interleaved.sessions[1]


def test_sessions_are_those_of_the_power_that_is_told(found: Contested) -> None:
    one = found.designs[1]
    known = (norm.ppf(0.975) + norm.ppf(0.8)) / (norm.ppf(0.975) + norm.ppf(0.5))
    assert one.sessions[1] / one.sessions[0] == pytest.approx(known**2)


def test_power_grows_from_the_false_alarms_on(found: Contested) -> None:
    for one in found.designs:
        assert one.powers[0] == pytest.approx(0.05)
        assert list(one.powers) == sorted(one.powers)


def test_rankers_that_are_alike_are_not_told_apart(config: Config) -> None:
    found = run_contest(Contest(noise_new=0.5, sessions=20_000), lambda share: None, config)
    assert {one.sessions for one in found.designs} == {(None, None, None)}
    assert {one.times.value for one in found.designs} == {None}


def test_fields_become_the_contest_and_progress_is_told(config: Config) -> None:
    settings = Settings.of({"kind": "interleaving", "noise-new": "0.2", "sample": "10000"})
    told: list[float] = []
    assert settings.scenario.noise_new == 0.2
    assert settings.kind.run(settings.scenario, told.append, config).n == 10_000
    assert told == [0.5, 1.0]
