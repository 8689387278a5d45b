import numpy as np
import pytest

from analytics.simulation.bandit.race import Lap, Race, check, laps
from semantic.errors import InputError

RACE = Race((0.1, 0.2), users_a_day=100, days=5, rounds_a_day=4, repetitions=100)


@pytest.fixture(scope="module")
def found() -> list[Lap]:
    return list(laps(RACE))


def test_every_user_is_given_a_variant(found: list[Lap]) -> None:
    assert all((lap.users.sum(axis=1) == 500).all() for lap in found)


def test_a_fixed_split_loses_half_of_what_there_is_to_lose(found: list[Lap]) -> None:
    split = np.concatenate([lap.regret for lap in found if lap.policy == "split"])
    assert split[:, -1].mean() == pytest.approx(500 * 0.1 / 2, rel=0.03)


def test_regret_is_what_was_given_to_worse_variants(found: list[Lap]) -> None:
    for lap in found:
        assert lap.regret[:, -1] == pytest.approx(lap.users[:, 0] * 0.1)
        assert lap.to_best[:, -1] == pytest.approx(lap.users[:, 1] / 500)


def test_bandits_learn(found: list[Lap]) -> None:
    final = {
        name: np.mean([lap.regret[:, -1] for lap in found if lap.policy == name]) for name in ("split", "thompson")
    }
    assert final["thompson"] < final["split"] / 2


def test_users_that_do_not_divide_are_spread_over_the_rounds() -> None:
    lap = next(laps(Race((0.1, 0.2), users_a_day=10, days=2, rounds_a_day=3, repetitions=100)))
    assert (lap.users.sum(axis=1) == 20).all()


@pytest.mark.parametrize(
    ("race", "said"),
    [
        (Race((0.1,)), "the number of variants must be from 2 to 6, not 1"),
        (Race((0.1, 1.2)), "every conversion rate must be between 0 and 1"),
        (Race((0.1, 0.2), users_a_day=3), "at least one user in each round"),
        (Race((0.1, 0.2), days=365, repetitions=20_000), "times too much; take fewer repetitions"),
    ],
)
def test_what_cannot_be_run_is_said_in_a_sentence(race: Race, said: str) -> None:
    with pytest.raises(InputError, match=said):
        check(race)
