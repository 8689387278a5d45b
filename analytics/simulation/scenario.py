"""Scenario: an experiment whose truth is known, and how it is looked at."""

from dataclasses import dataclass
from typing import Any

from semantic.errors import InputError

MOST_REPETITIONS = 100_000
MOST_WORK = 40_000_000
"""Repetitions x looks x variants x kinds of users that are drawn at most."""
MOST_DAYS = 730
MOST_SESSIONS = 12.0


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong, and what changes with time; nothing unless told.

    Attributes
    ----------
    lost : float
        Share of the treatments' users that is not recorded, in [0, 0.9].
    lost_from : int
        Day from which it is so, from 1.
    lost_rate : float
        Conversions of these users by those of the others: 1 where they are lost at random, less where those go who
        convert less.
    half_life : float
        Days after which half of an effect is gone; 0: it stays.
    weekend_rate, weekend_traffic : float
        Rate and traffic of days 6 and 7 of each week by those of the other days.
    """

    lost: float = 0.0
    lost_from: int = 1
    lost_rate: float = 1.0
    half_life: float = 0.0
    weekend_rate: float = 1.0
    weekend_traffic: float = 1.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """An experiment whose truth is known.

    Attributes
    ----------
    rate : float
        Conversions per session of control, in (0, 1).
    lifts : tuple of float
        True effect of each treatment, a fraction of control's rate: 0 is none.
    shares : tuple of float
        Of the users, control first, in any scale; empty: equal.
    users_a_day : float
        New users on an ordinary day, on average, all variants together.
    days : int
        How long it runs at most.
    every : int
        Days from one look to the next; 0: one look at the end.
    sessions : float
        Of a user, on average, at least 1; all on the day on which he comes.
    correlation : float
        Of the conversions of one user's sessions (intra-class), in [0, 1).
    confidence : float
        Level of the methods, in (0.5, 1); of a Bayesian rule the chance to beat control.
    repetitions : int
        How many experiments are run.
    seed : int
        Equal scenarios with equal seeds have equal results, to the bit.
    faults : Faults
        What goes wrong.
    """

    rate: float = 0.12
    lifts: tuple[float, ...] = (0.0,)
    shares: tuple[float, ...] = ()
    users_a_day: float = 1000.0
    days: int = 20
    every: int = 1
    sessions: float = 1.0
    correlation: float = 0.0
    confidence: float = 0.95
    repetitions: int = 2000
    seed: int = 1
    faults: Faults = Faults()

    @property
    def look_days(self) -> tuple[int, ...]:
        """Days after which one looks, from 1; the last is the end."""
        step = self.every or self.days
        return (*range(step, self.days, step), self.days)

    @property
    def weights(self) -> tuple[float, ...]:
        """Shares of control and treatments; they sum to 1."""
        shares = self.shares or (1.0,) * (len(self.lifts) + 1)
        return tuple(share / sum(shares) for share in shares)

    @property
    def is_null(self) -> bool:
        """Whether no treatment differs from control."""
        return not any(self.lifts)


def check(scenario: Scenario) -> Scenario:
    """Return a scenario that can be run.

    Raises
    ------
    InputError
        Where it cannot: the first fault, in a sentence.
    """
    for holds, said in (*_numbers(scenario), *_faults(scenario.faults, scenario.days), *_sizes(scenario)):
        if not holds:
            raise InputError(said)
    return scenario


def _numbers(s: Scenario) -> tuple[tuple[bool, str], ...]:
    highest = s.rate * (1 + max((0.0, *s.lifts))) * max(s.faults.weekend_rate, 1.0)
    return (
        (0 < s.rate < 1, _said("the conversion rate", s.rate, "between 0 and 1")),
        (1 <= len(s.lifts) <= 5, _said("the number of treatments", len(s.lifts), "from 1 to 5")),
        (all(-0.95 <= lift <= 20 for lift in s.lifts), _said("an effect", s.lifts, "from -95 % to +2,000 %")),
        (highest < 1, _said("the highest rate", round(highest, 4), "below 1; take a smaller rate or effect")),
        (not s.shares or len(s.shares) == len(s.lifts) + 1, _said("shares", s.shares, "one for each variant")),
        (min(s.weights) >= 0.001, _said("the smallest share", min(s.weights), "at least 0.1 %")),
        (0.5 <= s.users_a_day <= 1e7, _said("users a day", s.users_a_day, "from 0.5 to 10,000,000")),
        (1 <= s.sessions <= MOST_SESSIONS, _said("sessions of a user", s.sessions, f"from 1 to {MOST_SESSIONS:g}")),
        (0 <= s.correlation <= 0.95, _said("the correlation", s.correlation, "from 0 to 0.95")),
        (0.5 < s.confidence <= 0.9999, _said("the confidence", s.confidence, "above 50 %, at most 99.99 %")),
    )


def _faults(f: Faults, days: int) -> tuple[tuple[bool, str], ...]:
    return (
        (0 <= f.lost <= 0.9, _said("the share of users lost", f.lost, "from 0 to 90 %")),
        (1 <= f.lost_from <= days or not f.lost, _said("the day of the loss", f.lost_from, f"from 1 to {days}")),
        (0 <= f.lost_rate * f.lost <= 1, _said("conversions of lost users", f.lost_rate, "0 or more")),
        (0 <= f.half_life <= 1000, _said("the half-life", f.half_life, "from 0 to 1,000 days")),
        (0.05 <= f.weekend_rate <= 5, _said("the rate at weekends", f.weekend_rate, "from 5 to 500 %")),
        (0.05 <= f.weekend_traffic <= 5, _said("traffic at weekends", f.weekend_traffic, "from 5 to 500 %")),
    )


def _sizes(s: Scenario) -> tuple[tuple[bool, str], ...]:
    return (
        (1 <= s.days <= MOST_DAYS, _said("days", s.days, f"from 1 to {MOST_DAYS}")),
        (0 <= s.every <= s.days, _said("days between looks", s.every, f"from 0 to {s.days}")),
        (100 <= s.repetitions <= MOST_REPETITIONS, _said("repetitions", s.repetitions, f"100 to {MOST_REPETITIONS:,}")),
        (0 <= s.seed < 2**32, _said("the seed", s.seed, "from 0 to 4,294,967,295")),
        (work_of(s) <= MOST_WORK, _too_much(s)),
    )


def work_of(scenario: Scenario) -> int:
    """Return how many numbers are drawn, about."""
    is_uneven = scenario.faults.half_life or scenario.faults.weekend_rate != 1
    n_parts = scenario.days if is_uneven else len(scenario.look_days)
    kinds = 2 if scenario.sessions == 1 else 2 * int(scenario.sessions) + 3
    return scenario.repetitions * n_parts * (len(scenario.lifts) + 1) * kinds


def _too_much(s: Scenario) -> str:
    most = max(int(s.repetitions * MOST_WORK / max(work_of(s), 1) / 100) * 100, 100)
    return (
        f"this would draw {work_of(s):,} numbers, at most {MOST_WORK:,} are; take {most:,} repetitions or fewer looks"
    )


def _said(what: str, value: Any, rule: str) -> str:
    return f"{what} must be {rule}, not {value}"
