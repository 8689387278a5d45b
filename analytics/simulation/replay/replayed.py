"""REPLAY: A/A tests and injected lifts on the site's own users, looked at in every way of deciding."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analytics.experiment.statistic import Proportion
from analytics.simulation.ab_test import CONFIDENCE, LOOKS, SEED
from analytics.simulation.course import Course
from analytics.simulation.draws import Drawn, design_effect, generator_of
from analytics.simulation.fields import Field
from analytics.simulation.kind import Kind, Tell
from analytics.simulation.replay.history import History, Injection, assigned, history_of
from analytics.simulation.scenario import MOST_DAYS, Scenario, check
from analytics.simulation.simulated import Simulated, Traffic, simulated_of
from analytics.simulation.tally import Tally, joined, tally_of
from config import Config
from semantic.database import engine_for
from semantic.errors import InputError
from semantic.store import Store
from semantic.user_days import UserDays, read_user_days

BLOCK = 25
"""Assignments that are drawn with one generator."""
MOST_REPETITIONS = 5000
MOST_SESSIONS = 200_000


@dataclass(frozen=True, slots=True)
class Plan:
    """A replay that is ready to be drawn.

    Attributes
    ----------
    scenario : Scenario
        With the days of the data.
    course : Course
        Users by look, and the lifts that are expected of them.
    history : History
        Who came when.
    injections : tuple of Injection
        One for each treatment.
    """

    scenario: Scenario
    course: Course
    history: History
    injections: tuple[Injection, ...]


def plan_of(scenario: Scenario, found: UserDays) -> Plan:
    """Return a replay that is ready to be drawn; raises InputError where the data do not allow it."""
    days = min(found.n_days, MOST_DAYS)
    sessions = max(float(found.n.sum()) / max(found.n_users, 1), 1.0)
    real = replace(scenario, days=days, every=min(scenario.every, days), sessions=sessions)
    history = history_of(found, real.look_days)
    injections = tuple(Injection.of(lift, history) for lift in scenario.lifts)
    users, _, _ = history.by_look
    lifts = np.stack([injection.lifts(history) for injection in injections], axis=1)
    return Plan(real, Course((), np.maximum(users, 1.0), lifts), history, injections)


def draw(plan: Plan, block: int) -> Drawn:
    """Return one block of assignments.

    Parameters
    ----------
    plan : Plan
        What is drawn.
    block : int
        Which, from 0.
    """
    size = min(BLOCK, plan.scenario.repetitions - block * BLOCK)
    random, shares = generator_of(plan.scenario.seed, block), np.asarray(plan.scenario.weights)
    sums = np.stack([assigned(plan.history, shares, plan.injections, random) for _ in range(size)], axis=1)
    users, sessions, converted, *squares = sums
    counts = Proportion(converted, sessions)
    effect = design_effect(users, counts, squares)
    return Drawn(users, counts, Proportion(converted / effect, sessions / effect))


def tallies(plan: Plan) -> Iterator[Tally]:
    """Yield what became of each block of assignments."""
    for block in range(-(-plan.scenario.repetitions // BLOCK)):
        yield tally_of(plan.scenario, plan.course, draw(plan, block))


def replay(scenario: Scenario, found: UserDays, tell: Tell) -> Simulated:
    """Return what a scenario comes to on the site's own users.

    Parameters
    ----------
    scenario : Scenario
        Effects, shares, looks, confidence, repetitions and seed; the rest is as in the data.
    found : UserDays
        Of the data.
    tell : callable
        Told after each block.

    Notes
    -----
    In each repetition every user is assigned anew, whatever he was given in truth, and keeps his days, sessions and
    conversions: so nothing differs by construction, and traffic, weekdays, users who come back and how alike their
    sessions are stay as they are. A lift is put into the treatment's sessions: each that did not convert does with the
    chance ``lift X / (M - X)``, M sessions and X conversions of all; a negative one takes conversions away with the
    chance ``-lift``. So conversions are expected to be exactly ``1 + lift`` times as many.
    """
    plan = plan_of(scenario, found)
    done: list[Tally] = []
    for tally in tallies(plan):
        done.append(tally)
        tell(min(len(done) * BLOCK / scenario.repetitions, 1.0))
    users, sessions, converted = (float(column[-1]) for column in plan.history.by_look)
    traffic = Traffic(round(users), round(sessions), found.n_rows, plan.scenario.days, converted / sessions)
    result = simulated_of(plan.scenario, users, plan.course.lifts[-1], joined(done))
    return replace(result, traffic=traffic)


FIELDS = (
    Field("effects", "Effects put in", "percents", "0", "%", "Lift of each treatment; 0: an A/A test."),
    Field("looks", "Looked at", "choice", "1", "", "How often somebody looks and may stop.", LOOKS),
    Field("shares", "Shares", "numbers", "", "", "Of control and the others, such as 80 20; empty: equal."),
    CONFIDENCE,
    Field("repetitions", "Experiments", "number", "1000", "", "How often all users are assigned anew."),
    SEED,
)


def scenario_of(values: Mapping[str, Any]) -> Scenario:
    """Return the scenario of the values of the fields; raises InputError where it cannot be run."""
    repetitions = int(values["repetitions"])
    if repetitions > MOST_REPETITIONS:
        raise InputError(f"repetitions of a replay must be at most {MOST_REPETITIONS:,}, not {repetitions:,}")
    return check(
        Scenario(
            lifts=values["effects"],
            shares=values["shares"],
            days=MOST_DAYS,
            every=int(values["looks"]),
            confidence=values["confidence"],
            repetitions=repetitions,
            seed=int(values["seed"]),
        )
    )


def run_replay(scenario: Scenario, tell: Tell, config: Config) -> Simulated:
    """Return what a scenario comes to on the users of the configured data."""
    store = Store(engine_for(config.database_url, read_only=True), config.catalog)
    try:
        return replay(scenario, read_user_days(store, MOST_SESSIONS), tell)
    finally:
        store.disconnect()


REPLAY = Kind(
    "replay",
    "Your own traffic",
    "Your own users, assigned anew at random: what each way of deciding would have said of them.",
    FIELDS,
    scenario_of,
    run_replay,
    Simulated,
    reads_data=True,
)
