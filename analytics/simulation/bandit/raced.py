"""Raced: what each policy earns and what can be said at the end; and BANDIT, the sort of simulation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.estimate import Estimate
from analytics.experiment.interval import Flags, normal_quantile
from analytics.experiment.score import lift_statistic, score_statistic
from analytics.experiment.statistic import Proportion
from analytics.simulation.ab_test import CONFIDENCE, SEED
from analytics.simulation.bandit.policies import POLICIES
from analytics.simulation.bandit.race import RUNS_A_BLOCK, Lap, Race, check, laps
from analytics.simulation.fields import Field
from analytics.simulation.kind import Kind, Tell
from analytics.simulation.simulated import average, share
from config import Config


@dataclass(frozen=True, slots=True)
class PolicyOutcome:
    """What one policy does. Intervals are 95 % intervals of the simulation.

    Attributes
    ----------
    name, label : str
        Of the policy.
    regret : tuple of float
        Conversions lost against the best variant, by day, on average.
    regret_low, regret_high : tuple of float
        The same at 5 and 95 % of the runs.
    to_best : tuple of float
        Share of the users so far with a best variant, by day.
    regret_at_end : Estimate
        Conversions lost at the end.
    picks_best : Estimate
        Share of the runs in which a best variant has the highest rate at the end.
    bias : tuple of float
        Mean of the estimated rate of each variant by the true one, less 1.
    called : Estimate
        Share of the runs in which a fixed test at the end calls any variant different from control.
    covered : Estimate
        Share of the runs in which the plain interval of the lift of the last variant holds the truth.
    """

    name: str
    label: str
    regret: tuple[float, ...]
    regret_low: tuple[float, ...]
    regret_high: tuple[float, ...]
    to_best: tuple[float, ...]
    regret_at_end: Estimate
    picks_best: Estimate
    bias: tuple[float, ...]
    called: Estimate
    covered: Estimate


@dataclass(frozen=True, slots=True)
class Raced:
    """What a race comes to.

    Attributes
    ----------
    n : int
        Runs of each policy.
    rates : tuple of float
        True ones.
    outcomes : tuple of PolicyOutcome
        One for each policy, the fixed split first.
    """

    n: int
    rates: tuple[float, ...]
    outcomes: tuple[PolicyOutcome, ...]


def raced_of(race: Race, found: Sequence[Lap]) -> Raced:
    """Return what a race comes to.

    Parameters
    ----------
    race : Race
        What was run.
    found : sequence of Lap
        All blocks of all policies.
    """
    outcomes = [_outcome(race, label, [lap for lap in found if lap.policy == name]) for name, label, _ in POLICIES]
    return Raced(race.repetitions, race.rates, tuple(outcomes))


def _outcome(race: Race, label: str, found: Sequence[Lap]) -> PolicyOutcome:
    regret, to_best, converted, users = (
        np.concatenate([getattr(lap, name) for lap in found]) for name in ("regret", "to_best", "converted", "users")
    )
    rates, counts = np.asarray(race.rates), Proportion(converted, users)
    seen = np.nan_to_num(counts.rate)
    low, high = np.quantile(regret, [0.05, 0.95], axis=0)
    is_best = (rates == rates.max())[seen.argmax(axis=1)]
    with np.errstate(invalid="ignore"):
        bias = np.nanmean(np.where(users > 0, counts.rate, np.nan), axis=0) / rates - 1
    called, covered = _tested(race, counts)
    return PolicyOutcome(
        found[0].policy,
        label,
        tuple(regret.mean(axis=0).tolist()),
        tuple(low.tolist()),
        tuple(high.tolist()),
        tuple(to_best.mean(axis=0).tolist()),
        average(regret[:, -1]),
        share(is_best),
        tuple(bias.tolist()),
        share(called),
        share(covered),
    )


def _tested(race: Race, counts: Proportion) -> tuple[Flags, Flags]:
    """Return where a fixed test calls any difference, and where the interval of the last lift holds the truth."""
    treatment = Proportion(counts.n_converted[:, 1:], counts.n[:, 1:])
    control = Proportion(counts.n_converted[:, :1], counts.n[:, :1])
    n_compared = len(race.rates) - 1
    each = normal_quantile(1 - (1 - race.confidence) / n_compared)
    called = np.asarray((np.abs(np.nan_to_num(score_statistic(treatment, control))) > each).any(axis=1))
    last = Proportion(counts.n_converted[:, -1], counts.n[:, -1])
    truth = race.rates[-1] / race.rates[0] - 1
    statistic = lift_statistic(last, Proportion(control.n_converted[:, 0], control.n[:, 0]), truth)
    return called, np.asarray(np.abs(np.nan_to_num(statistic)) <= normal_quantile(race.confidence))


FIELDS = (
    Field("rate", "Conversion rate of control", "percent", "12", "%", "Conversions per user."),
    Field("effects", "True effects", "percents", "10", "%", "Lift of each other variant."),
    Field("users", "Users a day", "number", "1000", "", "All variants together."),
    Field("days", "Days", "number", "28", "days", "How long it runs."),
    Field("rounds", "Shares set anew", "number", "8", "a day", "How often the bandits learn."),
    Field("epsilon", "Epsilon", "percent", "10", "%", "Share that epsilon-greedy gives to all alike."),
    CONFIDENCE,
    Field("runs", "Runs", "number", "400", "", "How often each policy is run over again."),
    SEED,
)


def scenario_of(values: Mapping[str, Any]) -> Race:
    """Return the race of the values of the fields; raises InputError where it cannot be run."""
    rate, whole = values["rate"], {name: int(values[name]) for name in ("users", "days", "rounds", "runs", "seed")}
    return check(
        Race(
            (rate, *(rate * (1 + lift) for lift in values["effects"])),
            whole["users"],
            whole["days"],
            whole["rounds"],
            values["epsilon"],
            values["confidence"],
            whole["runs"],
            whole["seed"],
        )
    )


def run_race(race: Race, tell: Tell, _: Config) -> Raced:
    """Return what a race comes to, telling after each block of runs."""
    found: list[Lap] = []
    n_blocks = len(POLICIES) * -(-race.repetitions // RUNS_A_BLOCK)
    for lap in laps(race):
        found.append(lap)
        tell(len(found) / n_blocks)
    return raced_of(race, found)


BANDIT = Kind(
    "bandit",
    "Bandit or split",
    "What bandits earn while they learn, beside a fixed split, and what that costs in what can be said at the end.",
    FIELDS,
    scenario_of,
    run_race,
    Raced,
)
