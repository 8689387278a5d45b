"""What the planner says of a site whose users return comes true: power and mean end, for all methods.

The plan is made from one log in which nothing differs; then experiments are run on the same kind of site, looked at
every day, decided as the Experiment page does. The full run is in docs/methods/power.md.
"""

import os
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

from analytics.analysis import Params, Request
from analytics.experiment.arm import Arm, arms_of
from analytics.experiment.group_sequential import boundaries, obrien_fleming
from analytics.experiment.interval import Floats
from analytics.experiment.plan import Plan
from analytics.experiment.power.rule import Rule
from analytics.experiment.score import score_statistic
from analytics.experiment.statistic import Moments
from analytics.planning.outlook import Outlook
from analytics.planning.traffic import traffic_of
from analytics.power import POWER
from semantic.experiment import Method
from tests.analytics.answers import catalog_of
from tests.simulation.returning_users import N_DAYS, draw

LIFT, LOG_SEED = 0.13, 11
N_RUNS = int(os.environ.get("POWER_RUNS", "250"))
WINDOWS = (7, 14, 21, 28)
CATALOG = catalog_of("user_id", "started_at")


class Told(NamedTuple):
    """What is said, or seen, of experiments that end after four weeks: their power, and days on average."""

    power: float
    days: float


def outlook(method: Method) -> Outlook:
    log = draw(1, 0.0, LOG_SEED)
    request = Request(POWER, params=Params())
    traffic = traffic_of({f"window_{day}": log.answer(day) for day in WINDOWS}, request, CATALOG)
    assert traffic is not None
    return Outlook(traffic, Rule(method, n_looks=N_DAYS if method == "sequential" else len(WINDOWS)), (0.5, 0.5))


def said(method: Method, lift: float = LIFT) -> Told:
    found = outlook(method)
    time = float(found.trial(N_DAYS).stopping(units(), lift).expected_time)
    return Told(found.trial(N_DAYS).power(units(), lift), found.days_to(time, N_DAYS, LIFT))


def units() -> float:
    return float(outlook("fixed").units_by(N_DAYS).value)


@cache
def arms(lift: float) -> Arm:
    drawn = draw(N_RUNS, lift, 12)
    order = [1, 0]
    moments = Moments(drawn.n, drawn.totals[..., order], drawn.products[..., order, :][..., order])
    return arms_of(moments, drawn.totals[..., 0], is_rate=True)


def seen(method: Method, lift: float = LIFT) -> Told:
    """Return how often experiments reject, and after how many days they end on average."""
    found = arms(lift)
    counts = found.counts
    assert counts is not None
    statistic = score_statistic(found[..., 0].counts, found[..., 1].counts)  # type: ignore[arg-type]
    rejects = np.abs(statistic) > critical(method, found)
    ends = np.where(rejects.any(axis=1), rejects.argmax(axis=1), N_DAYS - 1)
    return Told(float(rejects.any(axis=1).mean()), float(ends.mean()) + 1)


def critical(method: Method, found: Arm) -> Floats:
    """Return what the statistic must be above, by experiment and day."""
    n, sessions = found.n_units.sum(axis=-1), found.n_sessions.sum(axis=-1)
    if method == "sequential":
        return Plan(n_planned=units()).critical(sessions, n)
    never = np.full(n.shape, np.inf)
    if method == "fixed":
        never[:, -1] = Rule("fixed").fixed_critical
        return never
    fractions = n.mean(axis=0) / n.mean(axis=0)[-1]
    looks = [int(np.argmax(fractions >= part / 4 - 1e-9)) for part in range(1, 5)]
    never[:, looks] = boundaries(fractions[looks], obrien_fleming)
    return never


@pytest.mark.slow
@pytest.mark.parametrize("method", ["fixed", "group_sequential", "sequential"])
def test_experiments_on_returning_users_have_the_power_said(method: Method) -> None:
    """The Monte-Carlo error is 0.03 at 250 runs; the log that the plan is made from errs by as much."""
    told, came = said(method), seen(method)
    error = np.sqrt(told.power * (1 - told.power) / N_RUNS)
    assert came.power == pytest.approx(told.power, abs=3 * error + 0.03)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["group_sequential", "sequential"])
def test_experiments_on_returning_users_end_when_said(method: Method) -> None:
    told, came = said(method), seen(method)
    assert came.days == pytest.approx(told.days, abs=2)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["fixed", "group_sequential", "sequential"])
def test_where_nothing_differs_alarms_are_as_rare_as_said(method: Method) -> None:
    came = seen(method, 0.0).power
    assert came <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / N_RUNS)


@pytest.mark.slow
def test_the_users_of_four_weeks_are_those_said() -> None:
    came = arms(LIFT).n_units.sum(axis=-1)[:, -1].mean()
    assert units() == pytest.approx(came, rel=0.03)
