"""Ramp: a treatment that is given to more and more users, and stopped when it is shown to harm."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.special import ndtri

from analytics.estimate import Estimate
from analytics.experiment.interval import Floats
from analytics.experiment.sequential import NormalMixture
from analytics.simulation.ab_test import CONFIDENCE, SEED
from analytics.simulation.draws import BLOCK, generator_of
from analytics.simulation.fields import Field
from analytics.simulation.kind import Kind, Tell
from analytics.simulation.simulated import average, share
from analytics.simulation.tally import first_true
from config import Config
from semantic.errors import InputError

StopRule = Literal["always_valid", "fixed"]


@dataclass(frozen=True, slots=True)
class Ramp:
    """A plan of stages.

    Attributes
    ----------
    shares : tuple of float
        Share of the users that are given the treatment in each stage, ascending, in (0, 1].
    stage_days : int
        How long each stage lasts.
    rate : float
        Conversions per user of control.
    lifts : tuple of float
        True effects that the plan is tried with, each by itself.
    users_a_day : float
        All together, on average.
    rule : {"always_valid", "fixed"}
        One-sided test for harm at the end of each day.
    confidence : float
        Of the rule.
    repetitions, seed : int
        How often each effect is tried, and what makes it the same again.
    """

    shares: tuple[float, ...] = (0.01, 0.05, 0.25, 0.5, 1.0)
    stage_days: int = 3
    rate: float = 0.12
    lifts: tuple[float, ...] = (0.0, -0.05, -0.1, -0.2)
    users_a_day: float = 5000.0
    rule: StopRule = "always_valid"
    confidence: float = 0.95
    repetitions: int = 4000
    seed: int = 1

    @property
    def by_day(self) -> Floats:
        """Share of the treatment on each day."""
        return np.repeat(np.asarray(self.shares), self.stage_days)


@dataclass(frozen=True, slots=True)
class RampOutcome:
    """What becomes of one effect. Intervals are 95 % intervals of the simulation.

    Attributes
    ----------
    lift : float
        The true one.
    stopped_in : tuple of Estimate
        Share of the runs that are stopped within each stage.
    stopped : Estimate
        Share that is stopped at all.
    stopped_by : tuple of float
        Share that is stopped by the end of each day.
    exposed : Estimate
        Users that were given the treatment until the stop or the end, on average.
    exposed_high : float
        The same in the worst of twenty runs.
    harm : Estimate
        Conversions lost by them, expected; negative: won.
    harm_at_once : float
        Conversions lost over as many days had all been given the treatment at once.
    """

    lift: float
    stopped_in: tuple[Estimate, ...]
    stopped: Estimate
    stopped_by: tuple[float, ...]
    exposed: Estimate
    exposed_high: float
    harm: Estimate
    harm_at_once: float


@dataclass(frozen=True, slots=True)
class Ramped:
    """What a plan comes to.

    Attributes
    ----------
    n : int
        Runs of each effect.
    shares : tuple of float
        Of the stages.
    n_days : int
        Of the whole plan.
    outcomes : tuple of RampOutcome
        One for each effect.
    """

    n: int
    shares: tuple[float, ...]
    n_days: int
    outcomes: tuple[RampOutcome, ...]


def check(ramp: Ramp) -> Ramp:
    """Return a plan that can be tried; raises InputError where it cannot."""
    stages, n_numbers = ramp.shares, ramp.repetitions * len(ramp.lifts) * len(ramp.by_day)
    rules = (
        (1 <= len(stages) <= 12, f"the number of stages must be from 1 to 12, not {len(stages)}"),
        (all(0 < each <= 1 for each in stages), "the share of each stage must be above 0, at most 100 %"),
        (list(stages) == sorted(set(stages)), "the shares of the stages must rise"),
        (1 <= ramp.stage_days <= 60, f"days of a stage must be from 1 to 60, not {ramp.stage_days}"),
        (0 < ramp.rate < 1, f"the conversion rate must be between 0 and 1, not {ramp.rate}"),
        (1 <= len(ramp.lifts) <= 6, f"the number of effects must be from 1 to 6, not {len(ramp.lifts)}"),
        (all(lift > -1 and ramp.rate * (1 + lift) < 1 for lift in ramp.lifts), "an effect must leave a rate below 1"),
        (1 <= ramp.users_a_day <= 1e7, "users a day must be from 1 to 10,000,000"),
        (0.5 < ramp.confidence <= 0.9999, "the confidence must be above 50 %, at most 99.99 %"),
        (100 <= ramp.repetitions <= 100_000, f"repetitions must be 100 to 100,000, not {ramp.repetitions}"),
        (
            n_numbers <= 10_000_000,
            f"this would draw {n_numbers:,} days, at most 10,000,000 are; take fewer repetitions",
        ),
    )
    for holds, said in rules:
        if not holds:
            raise InputError(said)
    return ramp


def stopped_days(ramp: Ramp) -> Iterator[tuple[int, np.ndarray]]:
    """Yield for each block of runs the place of its effect, and the day of the stop; the number of days where none."""
    for place, lift in enumerate(ramp.lifts):
        for block in range(-(-ramp.repetitions // BLOCK)):
            size = min(BLOCK, ramp.repetitions - block * BLOCK)
            yield place, _stopped(ramp, lift, size, generator_of(ramp.seed, place, block))


def harm_statistic(counts: tuple[Floats, Floats, Floats, Floats]) -> tuple[Floats, Floats]:
    """Return the statistic against "no harm" after each day, and the information behind it, in users of an even split.

    Parameters
    ----------
    counts : tuple of ndarray of float, shape (runs, days)
        Conversions and users of treatment, then of control, by day; not cumulated.

    Notes
    -----
    Mantel and Haenszel's: each day is compared within itself, so that shares that change from day to day, together with
    rates that do, cannot look like an effect. Negative where the treatment converts less.
    """
    x1, n1, x2, n2 = counts
    n, x = n1 + n2, x1 + x2
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(n > 0, n1 * x / n, 0.0)
        variance = np.where(n > 1, n1 * n2 * x * (n - x) / (n**2 * (n - 1)), 0.0)
        information = np.where(n > 0, 4 * n1 * n2 / n, 0.0)
        total = np.cumsum(variance, axis=1)
        statistic = np.where(total > 0, np.cumsum(x1 - expected, axis=1) / np.sqrt(total), 0.0)
    return statistic, np.cumsum(information, axis=1)


def _stopped(ramp: Ramp, lift: float, size: int, random: np.random.Generator) -> np.ndarray:
    shares, rate = ramp.by_day, ramp.rate
    shape = (size, shares.size)
    treated, others = ramp.users_a_day * shares, ramp.users_a_day * (1 - shares)
    expected = (treated * rate * (1 + lift), treated * (1 - rate * (1 + lift)), others * rate, others * (1 - rate))
    x1, rest1, x2, rest2 = (random.poisson(users, shape).astype(np.float64) for users in expected)
    statistic, information = harm_statistic((x1, x1 + rest1, x2, x2 + rest2))
    planned = float((4 * ramp.users_a_day * shares * (1 - shares)).sum())
    return first_true(-statistic > _critical(ramp, information, planned))


def _critical(ramp: Ramp, information: Floats, planned: float) -> Floats:
    if ramp.rule == "fixed" or planned == 0:
        return np.full(information.shape, float(ndtri(ramp.confidence)) if planned else np.inf)
    mixture = NormalMixture.tuned_for(planned)
    days = information.shape[1]
    expected = np.linspace(0, information.max(), 40 * days)[1:]
    return np.interp(information, expected, mixture.critical(expected, ramp.confidence, "greater"), left=np.inf)


def ramped_of(ramp: Ramp, found: Sequence[tuple[int, np.ndarray]]) -> Ramped:
    """Return what a plan comes to.

    Parameters
    ----------
    ramp : Ramp
        What was tried.
    found : sequence of (int, ndarray of int)
        As of `stopped_days`.
    """
    outcomes = []
    for place, lift in enumerate(ramp.lifts):
        outcomes.append(_outcome(ramp, lift, np.concatenate([days for one, days in found if one == place])))
    return Ramped(ramp.repetitions, ramp.shares, ramp.by_day.size, tuple(outcomes))


def _outcome(ramp: Ramp, lift: float, day: np.ndarray) -> RampOutcome:
    n_days = ramp.by_day.size
    exposed_by = np.cumsum(ramp.users_a_day * ramp.by_day)
    exposed = exposed_by[np.minimum(day, n_days - 1)]
    by = np.cumsum(np.bincount(day, minlength=n_days + 1)[:n_days]) / day.size
    harm = -lift * ramp.rate
    return RampOutcome(
        lift,
        tuple(share(day // ramp.stage_days == stage) for stage in range(len(ramp.shares))),
        share(day < n_days),
        tuple(by.tolist()),
        average(exposed),
        float(np.quantile(exposed, 0.95)),
        average(exposed * harm),
        harm * ramp.users_a_day * n_days,
    )


FIELDS = (
    Field(
        "stages", "Stages", "percents", "1 5 25 50 100", "%", "Share that is given the treatment, one after another."
    ),
    Field("stage-days", "Days of a stage", "number", "3", "days", "Each stage lasts as long."),
    Field("rate", "Conversion rate of control", "percent", "12", "%", "Conversions per user."),
    Field("effects", "True effects", "percents", "0 -5 -10 -20", "%", "Each is tried by itself."),
    Field("users", "Users a day", "number", "5000", "", "All together."),
    Field(
        "rule",
        "Stopped by",
        "choice",
        "always_valid",
        "",
        "One-sided test for harm at the end of each day.",
        (("always_valid", "always-valid test"), ("fixed", "fixed test every day")),
    ),
    CONFIDENCE,
    Field("repetitions", "Runs", "number", "4000", "", "How often each effect is tried."),
    SEED,
)


def scenario_of(values: Mapping[str, Any]) -> Ramp:
    """Return the plan of the values of the fields; raises InputError where it cannot be tried."""
    return check(
        Ramp(
            values["stages"],
            int(values["stage-days"]),
            values["rate"],
            values["effects"],
            values["users"],
            values["rule"],
            values["confidence"],
            int(values["repetitions"]),
            int(values["seed"]),
        )
    )


def run_ramp(ramp: Ramp, tell: Tell, _: Config) -> Ramped:
    """Return what a plan comes to, telling after each block of runs."""
    found: list[tuple[int, np.ndarray]] = []
    n_blocks = len(ramp.lifts) * -(-ramp.repetitions // BLOCK)
    for each in stopped_days(ramp):
        found.append(each)
        tell(len(found) / n_blocks)
    return ramped_of(ramp, found)


RAMP = Kind(
    "ramp",
    "Ramp",
    "How soon a harmful engine is stopped when it is given to more and more users, and what it costs until then.",
    FIELDS,
    scenario_of,
    run_ramp,
    Ramped,
)
