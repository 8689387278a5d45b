"""Race: policies that give users to variants round by round, over many runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analytics.experiment.interval import Floats
from analytics.simulation.bandit.policies import POLICIES, Policy, Seen
from analytics.simulation.draws import generator_of
from semantic.errors import InputError

RUNS_A_BLOCK = 50
MOST_WORK = 6_000_000


@dataclass(frozen=True, slots=True)
class Race:
    """Variants whose rates are known, and how often shares are set anew.

    Attributes
    ----------
    rates : tuple of float
        Conversions per user, of control first.
    users_a_day : int
        All variants together.
    days : int
        How long it runs.
    rounds_a_day : int
        How often shares are set anew in a day.
    epsilon : float
        Share that epsilon-greedy gives to all variants alike.
    confidence : float
        Of the test that is made at the end as if shares had been fixed.
    repetitions, seed : int
        Runs, and what makes them the same again.
    """

    rates: tuple[float, ...]
    users_a_day: int = 1000
    days: int = 28
    rounds_a_day: int = 8
    epsilon: float = 0.1
    confidence: float = 0.95
    repetitions: int = 400
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Lap:
    """What came of one policy in one block of runs.

    Attributes
    ----------
    policy : str
        Its name.
    regret : ndarray of float, shape (runs, days)
        Conversions less than if all had been given the best variant, expected, so far.
    to_best : ndarray of float, shape (runs, days)
        Share of the users so far that were given a best variant.
    converted, users : ndarray of float, shape (runs, variants)
        At the end.
    """

    policy: str
    regret: Floats
    to_best: Floats
    converted: Floats
    users: Floats


def check(race: Race) -> Race:
    """Return a race that can be run; raises InputError where it cannot."""
    rules = (
        (2 <= len(race.rates) <= 6, f"the number of variants must be from 2 to 6, not {len(race.rates)}"),
        (all(0 < rate < 1 for rate in race.rates), "every conversion rate must be between 0 and 1"),
        (1 <= race.rounds_a_day <= race.users_a_day, "there must be at least one user in each round; set fewer rounds"),
        (race.rounds_a_day <= 96, f"rounds a day must be at most 96, not {race.rounds_a_day}"),
        (1 <= race.days <= 365, f"days must be from 1 to 365, not {race.days}"),
        (race.users_a_day <= 10_000_000, "users a day must be at most 10,000,000"),
        (0 <= race.epsilon <= 1, f"the share of epsilon-greedy must be from 0 to 100 %, not {race.epsilon:.0%}"),
        (100 <= race.repetitions <= 20_000, f"repetitions must be 100 to 20,000, not {race.repetitions}"),
        (work_of(race) <= MOST_WORK, f"this is {work_of(race) / MOST_WORK:.1f} times too much; take fewer repetitions"),
    )
    for holds, said in rules:
        if not holds:
            raise InputError(said)
    return race


def work_of(race: Race) -> int:
    """Return how many decisions are made: rounds x runs x variants."""
    return race.days * race.rounds_a_day * race.repetitions * len(race.rates)


def laps(race: Race) -> Iterator[Lap]:
    """Yield what came of each policy in each block of runs; the users are others for each."""
    for place, (name, _, policy) in enumerate(POLICIES):
        for block in range(-(-race.repetitions // RUNS_A_BLOCK)):
            size = min(RUNS_A_BLOCK, race.repetitions - block * RUNS_A_BLOCK)
            yield _lap(name, policy, race, size, generator_of(race.seed, place, block))


def _lap(name: str, policy: Policy, race: Race, size: int, random: np.random.Generator) -> Lap:
    rates = np.asarray(race.rates)
    lost, is_best = rates.max() - rates, rates == rates.max()
    converted, users = np.zeros((2, size, rates.size))
    regret, to_best = np.zeros((2, size, race.days))
    for day in range(race.days):
        for n_next in _rounds(race):
            shares = policy(Seen(converted, users, n_next, race.epsilon), random)
            given = random.multinomial(n_next, shares / shares.sum(axis=1, keepdims=True)).astype(np.float64)
            users += given
            converted += random.binomial(given.astype(np.int64), rates)
        regret[:, day] = users @ lost
        to_best[:, day] = users[:, is_best].sum(axis=1) / users.sum(axis=1)
    return Lap(name, regret, to_best, converted, users)


def _rounds(race: Race) -> list[int]:
    """Return the users of each round of a day."""
    ends = [part * race.users_a_day // race.rounds_a_day for part in range(race.rounds_a_day + 1)]
    return [end - start for start, end in pairwise(ends)]
