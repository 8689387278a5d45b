"""Experiments whose faults are known, and what the validity gate says of them."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from analytics.analysis import Params, Request
from analytics.checks.asked import queries_of
from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Moments
from analytics.validity import VALIDITY, ValidityResult, compute_validity
from semantic.catalog import DAY, MISSING, N_CONVERTED, N_SESSIONS, VARIANT
from semantic.filter import EVERYTHING
from semantic.query import Answer, Query
from semantic.units import EXPOSURE_DAY, FIRST_DAY, AnyAnswer, AnyQuery, UnitAnswer, UnitQuery
from tests.analytics.checks.observations import catalog_with

Codes = npt.NDArray[np.intp]
START = date(2026, 7, 6)
NEW, OLD = 0, 1
SIZES = {"device": 3, "location": 6, "age": 4, "category": 4, "time_spent_s": 8}
"""Members of each dimension; the last one is that of missing values."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An experiment and its faults; the numbers of faults are 0 where there is none.

    Attributes
    ----------
    n_users, n_days, share, rate
        Size, length, share of New, conversion rate.
    excess : float
        By how much the share of New is above the planned one.
    lost_on_mobile : float
        Part of New's users on the first device that no session is logged of.
    ramp : float
        By how much the share of New is lower in the first week.
    outage : float
        Part of New's newcomers of one day that no session is logged of.
    by_habit : float
        By how much the share of New grows with each session before the start.
    more_missing : float
        Part of New's sessions in which the location is missing, beside the 1 % of all.
    more_visits : float
        Sessions that a user of New has more.
    mixed : float
        By how much the share of New is higher on the first device, which converts less, and lower on the others.
    effect : float
        Difference of the rates.
    """

    n_users: int = 20_000
    n_days: int = 28
    share: float = 0.5
    rate: float = 0.1
    excess: float = 0.0
    lost_on_mobile: float = 0.0
    ramp: float = 0.0
    outage: float = 0.0
    by_habit: float = 0.0
    more_missing: float = 0.0
    more_visits: float = 0.0
    mixed: float = 0.0
    effect: float = 0.0


@dataclass(frozen=True)
class Log:
    """Sessions, with the unit that each is of.

    Attributes
    ----------
    n_units, n_days : int
        Users, and days.
    unit : ndarray of int
        Of each session.
    axes : dict of str to ndarray of int
        Places of each session along each axis.
    sums : dict of str to ndarray of float
        What each session adds.
    before : dict of str to ndarray of float
        What each unit did before.
    """

    n_units: int
    n_days: int
    unit: Codes
    axes: dict[str, Codes]
    sums: dict[str, Floats]
    before: dict[str, Floats]

    def until(self, day: int) -> "Log":
        """Return what had happened by the end of a day."""
        kept = self.axes[DAY] <= day
        axes = {name: part[kept] for name, part in self.axes.items()}
        sums = {name: part[kept] for name, part in self.sums.items()}
        return Log(self.n_units, self.n_days, self.unit[kept], axes, sums, self.before)

    def answer(self, query: AnyQuery) -> AnyAnswer:
        """Return the sums that a query asks for."""
        members = {axis: _members(axis, self.n_days) for axis in query.by}
        shape = tuple(len(members[axis]) for axis in query.by)
        group = np.ravel_multi_index([self.axes[axis] for axis in query.by], shape)
        n_groups = int(np.prod(shape))
        if isinstance(query, Query):
            added = (np.bincount(group, self.sums[name], n_groups) for name in query.measures)
            sums = [np.asarray(values.reshape(shape), dtype=np.float64) for values in added]
            return Answer(query.by, members, dict(zip(query.measures, sums, strict=True)), 1, "cube")
        keys, place = np.unique(self.unit * n_groups + group, return_inverse=True)
        moments = Moments.of_units(self._columns(query, keys // n_groups, place), keys % n_groups, n_groups)
        k = len(query.columns)
        totals, products = moments.totals.reshape(*shape, k), moments.products.reshape(*shape, k, k)
        return UnitAnswer(query.by, members, moments.n.reshape(shape), totals, products, 1, "index")

    def _columns(self, query: UnitQuery, unit: Codes, place: Codes) -> Floats:
        found = [
            self.before[c.measure][unit] if c.is_before else np.bincount(place, self.sums[c.measure])
            for c in query.columns
        ]
        return np.column_stack(found)


def _members(axis: str, n_days: int) -> tuple[str, ...]:
    if axis in (DAY, FIRST_DAY):
        return tuple((START + timedelta(days=place)).isoformat() for place in range(n_days))
    if axis == EXPOSURE_DAY:
        return tuple(map(str, range(n_days)))
    if axis == VARIANT:
        return ("New", "Old")
    return (*(f"{axis} {place}" for place in range(SIZES[axis] - 1)), MISSING)


def draw(plan: Plan, seed: int) -> Log:
    """Return the sessions of an experiment."""
    rng, n = np.random.default_rng(seed), plan.n_users
    habit = rng.poisson(1.5, n)
    first, device = rng.integers(0, plan.n_days, n), rng.choice(2, n, p=[0.6, 0.4])
    chance = plan.share + plan.excess - plan.ramp * (first < 7) + plan.by_habit * (habit - 1.5)
    chance = chance + plan.mixed * np.where(device == 0, 1.0, -1.5)
    is_new = rng.random(n) < np.clip(chance, 0, 1)
    lost = plan.lost_on_mobile * (device == 0) + plan.outage * (first == plan.n_days // 2)
    kept = ~(is_new & (rng.random(n) < lost))
    n_sessions = np.where(kept, 1 + rng.poisson(0.6 + plan.more_visits * is_new), 0)
    unit = np.repeat(np.arange(n), n_sessions)
    since = np.where(np.diff(unit, prepend=-1) > 0, 0, rng.geometric(0.15, unit.size))
    day = first[unit] + since
    seen = day < plan.n_days
    unit, day, since = unit[seen], day[seen], since[seen]
    axes = {VARIANT: np.where(is_new, NEW, OLD)[unit], DAY: day, FIRST_DAY: first[unit], EXPOSURE_DAY: since}
    axes |= _attributes(rng, plan, device[unit], axes[VARIANT])
    return Log(n, plan.n_days, unit, axes, _sums(rng, plan, axes), _before(rng, habit))


def _attributes(rng: np.random.Generator, plan: Plan, device: Codes, variant: Codes) -> dict[str, Codes]:
    n = device.size
    found = {name: rng.integers(0, size - 1, n) for name, size in SIZES.items()}
    found["device"] = np.where(rng.random(n) < 0.9, device, found["device"])
    for name, size in SIZES.items():
        lacks = 0.01 + plan.more_missing * (variant == NEW) * (name == "location")
        found[name] = np.where(rng.random(n) < lacks, size - 1, found[name])
    return found


def _sums(rng: np.random.Generator, plan: Plan, axes: dict[str, Codes]) -> dict[str, Floats]:
    rate = plan.rate * np.where(axes["device"] == 0, 0.7, 1.4) + plan.effect * (axes[VARIANT] == NEW)
    converted = (rng.random(rate.size) < rate).astype(np.float64)
    return {N_SESSIONS: np.ones(rate.size), N_CONVERTED: converted}


def _before(rng: np.random.Generator, habit: Codes) -> dict[str, Floats]:
    time = habit * rng.gamma(2.0, 60.0, habit.size)
    counts = {N_SESSIONS: habit, N_CONVERTED: rng.binomial(habit, 0.1), "sum_time_spent_s": time}
    return {name: values.astype(np.float64) for name, values in counts.items()}


def gate(log: Log, plan: Plan, method: str) -> ValidityResult:
    """Return what the gate says of a log."""
    shares = (("New", plan.share), ("Old", 1 - plan.share))
    catalog = catalog_with(*SIZES, started_on=START, shares=shares, planned_units=20_000)
    asked = queries_of(EVERYTHING, catalog)
    answers = {name: log.answer(query) for name, query in asked.items()}
    return compute_validity(answers, Request(VALIDITY, params=Params(method=method)), catalog)


VALID = tuple(
    Plan(n, share=share, rate=rate) for n in (2_000, 10_000, 40_000) for share in (0.5, 0.2) for rate in (0.1, 0.3)
)
"""Experiments without a fault, large enough to be judged."""


def statuses_of_valid(n_runs: int, method: str, days: tuple[int, ...] = (27,)) -> list[list[ValidityResult]]:
    """Return what the gate says of valid experiments, seeded, at the end of each of these days."""
    plans = [VALID[seed % len(VALID)] for seed in range(n_runs)]
    logs = ((draw(plan, seed), plan) for seed, plan in enumerate(plans))
    return [[gate(log.until(day), plan, method) for day in days] for log, plan in logs]


def power_of(plan: Plan, name: str, n_runs: int, method: str) -> tuple[float, float]:
    """Return how often a check fails, and how often it fails or warns, where there is a fault."""
    found = [gate(draw(plan, 10_000 + seed), plan, method).checks for seed in range(n_runs)]
    statuses = [next(check.status for check in checks if check.name == name) for checks in found]
    n_failed, n_warned = statuses.count("failed"), statuses.count("warning")
    return n_failed / n_runs, (n_failed + n_warned) / n_runs


FAULTS: dict[str, tuple[str, Plan]] = {
    "50.5 for 50 % of 200,000 users": ("sample_ratio", Plan(200_000, excess=0.005)),
    "52 for 50 % of 20,000 users": ("sample_ratio", Plan(20_000, excess=0.02)),
    "a tenth of New's mobile users lost, of 20,000": ("member_ratios", Plan(20_000, lost_on_mobile=0.1)),
    "40 % instead of 50 % in the first week": ("drift", Plan(20_000, ramp=0.1)),
    "half of New's newcomers lost on one of 28 days": ("drift", Plan(20_000, outage=0.5)),
    "share of New + 2 points a session before the start": ("balance", Plan(20_000, by_habit=0.02)),
    "New has 60 % of mobile, 35 % of other users, and converts 1 point better": (
        "reversal",
        Plan(20_000, mixed=0.1, effect=0.01),
    ),
    "location missing in 2 % instead of 1 % of New's sessions": ("missing", Plan(20_000, more_missing=0.01)),
    "users of New come 5 % more often": ("visits", Plan(20_000, more_visits=0.08)),
}
"""A fault by its words: the check that is about it, and the plan."""
