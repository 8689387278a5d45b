"""How often uplift is seen where there is none, and how often its intervals hold what is true.

Here are 40 logs of 20,000 sessions of each kind and 2 of 200,000, and three standard errors of Monte Carlo are
allowed (at a coverage of 95 % one is 3.4 percentage points). The full results are told in docs/methods/uplift.md.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from etl.sources.synthetic.truth import truth
from tests.model.planted import planted
from tests.simulation.uplift_runs import Run, run, shuffled_run

SESSIONS, MANY_SESSIONS = 20_000, 200_000
PARTS, N_IN_PART, N_LARGE = range(8), 5, 2
N = len(PARTS) * N_IN_PART
LOWEST = 0.95 - 3 * (0.95 * 0.05 / N) ** 0.5
Draw = Callable[[int], Run]


def null(seed: int) -> Run:
    return run(planted(SESSIONS, seed, "null"), seed)


def shuffled(seed: int) -> Run:
    return shuffled_run(planted(SESSIONS, seed), seed)


@cache
def part_of(draw: Draw, part: int) -> list[Run]:
    return [draw(seed) for seed in range(part * N_IN_PART + 1, (part + 1) * N_IN_PART + 1)]


def runs_of(draw: Draw) -> list[Run]:
    return [one for part in PARTS for one in part_of(draw, part)]


@cache
def large_run(seed: int) -> Run:
    return run(planted(MANY_SESSIONS, seed), seed)


def most(level: float) -> float:
    """Return the largest share of runs that is not more than chance above a level."""
    return level + 3 * (level * (1 - level) / N) ** 0.5


@pytest.mark.slow
@pytest.mark.parametrize("draw", [null, shuffled])
@pytest.mark.parametrize("part", PARTS)
def test_averages_of_a_few_logs_hold_the_truth(draw: Draw, part: int) -> None:
    assert sum(one.holds["average"] for one in part_of(draw, part)) >= N_IN_PART - 2


@pytest.mark.slow
@pytest.mark.parametrize("draw", [null, shuffled])
def test_chance_is_called_uplift_in_at_most_5_of_100_shuffles(draw: Draw) -> None:
    assert sum(one.verdict == "differs" for one in runs_of(draw)) <= 0.05 * N
    assert sum(one.p_values["ranking"] < 0.01 for one in runs_of(draw)) <= 0.05 * N


@pytest.mark.slow
def test_engines_given_at_random_are_seldom_said_not_to_be() -> None:
    assert np.mean([one.p_values["randomised"] < 0.01 for one in runs_of(null)]) <= most(0.01)


@pytest.mark.slow
@pytest.mark.parametrize("draw", [null, shuffled])
def test_a_policy_is_seldom_told_where_there_is_none(draw: Draw) -> None:
    assert np.mean([not one.is_refused for one in runs_of(draw)]) <= most(0.025)
    assert np.mean([not one.are_rules_refused for one in runs_of(draw)]) <= most(0.025)


@pytest.mark.slow
@pytest.mark.parametrize("draw", [null, shuffled])
def test_intervals_hold_the_truth_as_often_as_they_say(draw: Draw) -> None:
    shares = {name: np.mean([one.holds[name] for one in runs_of(draw)]) for name in runs_of(draw)[0].holds}
    assert {name: share for name, share in shares.items() if share < LOWEST} == {}


@pytest.mark.slow
def test_segments_without_an_effect_seldom_gain_or_lose() -> None:
    told = [any(direction != "not shown" for direction in one.directions.values()) for one in runs_of(null)]
    assert np.mean(told) <= most(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, N_LARGE + 1))
def test_the_planted_difference_is_seen_and_its_large_segments_gain(seed: int) -> None:
    found = large_run(seed)
    assert found.verdict == "differs"
    assert found.directions["Mobile"] == found.directions["Mobile · Bangalore"] == "gains"
    assert found.directions["Desktop"] == found.directions["Tablet"] == "not shown"
    assert min(found.correlation[name] for name in ("dr", "x")) > 0.5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, N_LARGE + 1))
def test_the_value_of_the_policy_holds_that_of_the_truth_file(seed: int) -> None:
    cells = truth("planted", MANY_SESSIONS, seed)["cells"]
    best = sum(cell["share"] * max(cell["conversion_rate"].values()) for cell in cells)
    value = large_run(seed).value
    assert value.low < best < value.high
