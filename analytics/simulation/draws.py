"""Draws: the sums that each look of many experiments would see."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, gammaln

from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Proportion
from analytics.simulation.course import Course
from analytics.simulation.scenario import Scenario

BLOCK = 1000
"""Experiments that are drawn with one generator; whole blocks make results independent of how work is parted."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Sums so far; the arrays have the shape (experiments, looks, variants).

    Attributes
    ----------
    users : ndarray of float
        Recorded.
    sessions : Proportion
        Conversions and sessions, as if these did not depend on each other.
    independent : Proportion
        The same by the design effect of users with several sessions.
    """

    users: Floats
    sessions: Proportion
    independent: Proportion


def generator_of(seed: int, *key: int) -> np.random.Generator:
    """Return the generator of one block; blocks do not depend on each other."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))


def draw(scenario: Scenario, course: Course, block: int) -> Drawn:
    """Return one block of experiments.

    Parameters
    ----------
    scenario : Scenario
        Has the seed.
    course : Course
        Of the scenario.
    block : int
        Which, from 0.

    Notes
    -----
    Users come one by one (a Poisson process) and are assigned one by one; so the number of users of each kind (variant,
    sessions, conversions) is a Poisson number of its own, and nothing has to be drawn user by user.
    """
    size = min(BLOCK, scenario.repetitions - block * BLOCK)
    random = generator_of(scenario.seed, block)
    if scenario.sessions == 1:
        return _single(course, size, random)
    return _clustered(scenario, course, size, random)


def _single(course: Course, size: int, random: np.random.Generator) -> Drawn:
    looks, variants = course.n_planned.size, course.lifts.shape[1] + 1
    converted, others = np.zeros((2, looks, variants, size))
    for stretch in course.stretches:
        for variant, (users, rate) in enumerate(zip(stretch.users.tolist(), stretch.rates.tolist(), strict=True)):
            converted[stretch.look, variant] += random.poisson(users * rate, size)
            others[stretch.look, variant] += random.poisson(users * (1 - rate), size)
    n_converted, rest = _so_far(converted), _so_far(others)
    counts = Proportion(n_converted, n_converted + rest)
    return Drawn(counts.n, counts, counts)


def _clustered(scenario: Scenario, course: Course, size: int, random: np.random.Generator) -> Drawn:
    kinds = _kinds(scenario.sessions)
    sums = np.zeros((6, course.n_planned.size, course.lifts.shape[1] + 1, size))
    n_sessions, n_converted, weights = kinds
    columns = np.stack(
        [np.ones_like(weights), n_sessions, n_converted, n_sessions**2, n_sessions * n_converted, n_converted**2]
    )
    for stretch in course.stretches:
        for variant, (users, rate) in enumerate(zip(stretch.users.tolist(), stretch.rates.tolist(), strict=True)):
            chances = weights * _chances(n_converted, n_sessions, rate, scenario.correlation)
            drawn = random.poisson(users * chances, (size, chances.size))
            sums[:, stretch.look, variant] += columns @ drawn.T
    users, sessions, converted, *squares = (_so_far(column) for column in sums)
    counts = Proportion(converted, sessions)
    effect = design_effect(users, counts, squares)
    return Drawn(users, counts, Proportion(converted / effect, sessions / effect))


def _so_far(by_look: Floats) -> Floats:
    """Return sums by look, variant and experiment as sums so far by experiment, look and variant."""
    return np.ascontiguousarray(np.moveaxis(np.cumsum(by_look, axis=0), 2, 0))


def _kinds(sessions: float) -> tuple[Floats, Floats, Floats]:
    """Return sessions and conversions of each kind of user, and the share of users with so many sessions."""
    few = int(sessions)
    more = sessions - few
    groups = [(few, 1 - more), (few + 1, more)] if more else [(few, 1.0)]
    n_sessions = np.concatenate([np.full(m + 1, float(m)) for m, _ in groups])
    n_converted = np.concatenate([np.arange(m + 1.0) for m, _ in groups])
    weights = np.concatenate([np.full(m + 1, share) for m, share in groups])
    return n_sessions, n_converted, weights


def _chances(k: Floats, m: Floats, rate: float, correlation: float) -> Floats:
    """Return the beta-binomial chance of k conversions in m sessions."""
    ways = gammaln(m + 1) - gammaln(k + 1) - gammaln(m - k + 1)
    if correlation == 0 or rate in (0.0, 1.0):
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.exp(ways) * np.power(rate, k) * np.power(1 - rate, m - k))
    strength = 1 / correlation - 1
    a, b = rate * strength, (1 - rate) * strength
    return np.asarray(np.exp(ways + betaln(a + k, b + m - k) - betaln(a, b)))


def design_effect(users: Floats, counts: Proportion, squares: list[Floats]) -> Floats:
    """Return the variance of a rate over users by that over sessions; 1 where it does not exist.

    Parameters
    ----------
    users : ndarray of float
        How many.
    counts : Proportion
        Conversions and sessions of all of them.
    squares : list of ndarray of float
        Sums over users of sessions squared, sessions times conversions, and conversions squared.
    """
    mm, mx, xx = squares
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = counts.rate
        spread = (xx - 2 * rate * mx + rate**2 * mm) * users / (users - 1)
        effect = spread / (counts.n * rate * (1 - rate))
        return np.where(np.isfinite(effect) & (effect > 0), effect, 1.0)
