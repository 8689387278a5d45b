import pytest

from analytics.simulation.scenario import Faults, Scenario, check, work_of
from semantic.errors import InputError


@pytest.mark.parametrize(
    ("days", "every", "expected"), [(20, 7, (7, 14, 20)), (3, 1, (1, 2, 3)), (14, 0, (14,)), (14, 7, (7, 14))]
)
def test_the_last_look_is_at_the_end(days: int, every: int, expected: tuple[int, ...]) -> None:
    assert Scenario(days=days, every=every).look_days == expected


def test_shares_of_any_scale_sum_to_one() -> None:
    assert Scenario(shares=(80, 20)).weights == (0.8, 0.2)
    assert Scenario(lifts=(0.0, 0.1)).weights == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_one_effect_among_none_is_an_effect() -> None:
    assert Scenario().is_null
    assert not Scenario(lifts=(0.0, 0.1)).is_null


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (Scenario(rate=1.2), "the conversion rate must be between 0 and 1, not 1.2"),
        (Scenario(rate=0.6, lifts=(1.0,)), "below 1"),
        (Scenario(shares=(1, 1, 1)), "one for each variant"),
        (Scenario(every=30), "days between looks must be from 0 to 20, not 30"),
        (Scenario(faults=Faults(lost=0.95)), "the share of users lost"),
        (Scenario(faults=Faults(lost=0.1, lost_from=30)), "the day of the loss must be from 1 to 20, not 30"),
        (Scenario(repetitions=50), "repetitions must be 100 to 100,000, not 50"),
        (Scenario(repetitions=100_000, days=365), "take 27,300 repetitions or fewer looks"),
    ],
)
def test_what_cannot_be_run_is_said_in_a_sentence(scenario: Scenario, said: str) -> None:
    with pytest.raises(InputError, match=said):
        check(scenario)


def test_what_can_be_run_is_returned() -> None:
    assert check(Scenario()) == Scenario()


def test_rates_that_change_by_the_day_are_more_work() -> None:
    weekly = Scenario(days=28, every=7)
    assert work_of(Scenario(days=28, every=7, faults=Faults(half_life=3))) == 7 * work_of(weekly)
