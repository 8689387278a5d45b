import numpy as np
import pytest

from analytics.experiment.score import score_statistic
from analytics.experiment.statistic import Proportion
from analytics.simulation.ramp import Ramp, Ramped, check, harm_statistic, run_ramp
from analytics.simulation.settings import Settings
from config import Config
from semantic.errors import InputError


@pytest.fixture(scope="module")
def ramped(config: Config) -> Ramped:
    return run_ramp(Ramp(repetitions=2000), lambda share: None, config)


def test_an_engine_that_does_no_harm_is_hardly_ever_stopped(ramped: Ramped) -> None:
    assert ramped.outcomes[0].stopped.high < 0.05


def test_the_more_harm_the_sooner_the_stop(ramped: Ramped) -> None:
    stopped = [one.stopped.value or 0.0 for one in ramped.outcomes]
    exposed = [one.exposed.value or 0.0 for one in ramped.outcomes]
    assert stopped == sorted(stopped)
    assert exposed == sorted(exposed, reverse=True)


def test_stages_add_up_and_the_last_can_stop_nothing(ramped: Ramped) -> None:
    for one in ramped.outcomes:
        assert sum(stage.value or 0.0 for stage in one.stopped_in) == pytest.approx(one.stopped.value)
        assert one.stopped_in[-1].value == 0
        assert one.stopped_by[-1] == one.stopped.value


def test_harm_is_what_the_users_exposed_lose(ramped: Ramped) -> None:
    worst = ramped.outcomes[-1]
    assert worst.harm.value == pytest.approx(worst.exposed.value * 0.12 * 0.2)
    assert worst.harm_at_once == pytest.approx(5000 * 15 * 0.12 * 0.2)


def test_a_fixed_test_every_day_stops_more_engines_that_do_no_harm(config: Config, ramped: Ramped) -> None:
    found = run_ramp(Ramp(repetitions=2000, rule="fixed", lifts=(0.0,)), lambda share: None, config)
    assert found.outcomes[0].stopped.value > 0.12


def test_one_day_is_the_score_test() -> None:
    x1, n1, x2, n2 = (np.array([[each]]) for each in (80.0, 1000.0, 120.0, 1100.0))
    statistic, information = harm_statistic((x1, n1, x2, n2))
    expected = score_statistic(Proportion.of(80, 1000), Proportion.of(120, 1100))
    assert float(statistic[0, 0]) == pytest.approx(float(expected), rel=1e-12)
    assert float(information[0, 0]) == pytest.approx(4 * 1000 * 1100 / 2100)


def test_shares_and_rates_that_change_together_are_no_effect() -> None:
    x1, n1 = np.array([[10.0, 400.0]]), np.array([[100.0, 1000.0]])
    x2, n2 = np.array([[90.0, 40.0]]), np.array([[900.0, 100.0]])
    statistic, _ = harm_statistic((x1, n1, x2, n2))
    assert statistic[0] == pytest.approx([0, 0], abs=1e-12)


@pytest.mark.parametrize(
    ("ramp", "said"),
    [
        (Ramp(shares=(0.5, 0.1)), "the shares of the stages must rise"),
        (Ramp(shares=(0.0, 1.0)), "above 0, at most 100 %"),
        (Ramp(rate=1.0), "the conversion rate must be between 0 and 1, not 1.0"),
        (Ramp(stage_days=60, repetitions=100_000), "take fewer repetitions"),
    ],
)
def test_what_cannot_be_tried_is_said_in_a_sentence(ramp: Ramp, said: str) -> None:
    with pytest.raises(InputError, match=said):
        check(ramp)


def test_fields_become_the_plan() -> None:
    found = Settings.of({"kind": "ramp", "stages": "10 100", "effects": "-3", "rule": "fixed"}).scenario
    assert found.shares == (0.1, 1.0)
    assert found.lifts == (-0.03,)
    assert found.by_day.tolist() == [0.1] * 3 + [1.0] * 3
