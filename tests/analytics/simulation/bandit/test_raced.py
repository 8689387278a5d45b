import pytest

from analytics.simulation.bandit.race import Race
from analytics.simulation.bandit.raced import BANDIT, Raced, run_race
from analytics.simulation.settings import Settings
from config import Config


@pytest.fixture(scope="module")
def null(config: Config) -> Raced:
    return run_race(Race((0.12, 0.12), days=14, repetitions=1000), lambda share: None, config)


def of(found: Raced, name: str):
    return next(one for one in found.outcomes if one.name == name)


def test_where_nothing_differs_nothing_is_lost(null: Raced) -> None:
    assert all(one.regret_at_end.value == 0 for one in null.outcomes)


def test_a_test_after_a_fixed_split_errs_as_often_as_it_says(null: Raced) -> None:
    assert of(null, "split").called.low < 0.05 < of(null, "split").called.high
    assert of(null, "split").covered.low < 0.95 < of(null, "split").covered.high


def test_a_test_after_thompson_sampling_errs_more_often_and_rates_look_too_low(null: Raced) -> None:
    assert of(null, "thompson").called.low > 0.06
    assert max(of(null, "thompson").bias) < -0.005
    assert max(map(abs, of(null, "split").bias)) < 0.005


def test_the_same_seed_is_the_same_result(config: Config) -> None:
    settings = Settings.of({"kind": "bandit", "days": "3", "runs": "100"})
    told: list[float] = []
    one, other = (settings.kind.run(settings.scenario, told.append, config) for _ in range(2))
    assert one == other
    assert told[-1] == 1.0


def test_fields_become_the_race() -> None:
    race = BANDIT.scenario(_values(effects=(0.1, -0.1)))
    assert race.rates == pytest.approx((0.12, 0.132, 0.108))


def _values(**changed):
    usual = {"rate": 0.12, "effects": (0.1,), "users": 1000.0, "days": 28.0, "rounds": 8.0}
    return usual | {"epsilon": 0.1, "confidence": 0.95, "runs": 400.0, "seed": 1.0} | changed
