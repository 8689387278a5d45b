"""Every method that GrowthBook's gbstats has too, on 500 seeded cases that gbstats answered.

Left out on purpose: all "relative" answers. They rest on a normal error of the relative difference itself, whose fixed
interval covers as little as 76 % and whose sequence raises up to 18.7 % false alarms; ours are on the log scale or
that of the score. Absolute answers are the same methods. Their p-values end at 1e-16, hence the absolute tolerance.
"""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analytics.experiment.adjustment import adjusted_of, theta_of
from analytics.experiment.bayes import NormalPrior, Posterior, compare_effects
from analytics.experiment.effect import Effect, difference_of
from analytics.experiment.sample_ratio import sample_ratio_p
from analytics.experiment.sequential import NormalMixture, sequence_of
from analytics.experiment.statistic import Moments, Point, Proportion, mean_of, ratio_of

KINDS = {"proportion": 200, "mean": 100, "ratio": 100, "cuped": 100}
SUMS = {
    "mean": (["sum"], ["sum_squares"]),
    "ratio": (["m_sum", "d_sum"], ["m_sum_squares", "m_d_sum_of_products", "d_sum_squares"]),
    "cuped": (["post_sum", "pre_sum"], ["post_sum_squares", "post_pre_sum_of_products", "pre_sum_squares"]),
}

Cases = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def cases(shared_data: Path) -> Cases:
    text = gzip.decompress((shared_data / "gbstats_oracle" / "gbstats_cases.json.gz").read_bytes())
    every = json.loads(text)["cases"]
    return {kind: [case for case in every if case["kind"] == kind] for kind in KINDS}


def column(cases: list[dict[str, Any]], *path: str | int) -> np.ndarray:
    """Return one number of each case."""
    found: list[Any] = cases
    for step in path:
        found = [entry[step] for entry in found]
    return np.array(found, dtype=float)


def moments(cases: list[dict[str, Any]], kind: str, side: str) -> Moments:
    totals, products = SUMS[kind]
    columns = [[column(cases, side, name) for name in names] for names in (totals, products)]
    return Moments.of(column(cases, side, "n"), *columns)


def points(cases: list[dict[str, Any]], kind: str) -> tuple[Point, Point]:
    """Return treatment (b) and control (a) of all cases of a kind at once."""
    if kind == "proportion":
        sides = [Proportion.of(column(cases, side, "sum"), column(cases, side, "n")) for side in "ba"]
        return sides[0].point, sides[1].point
    one, two = (moments(cases, kind, side) for side in "ba")
    if kind == "cuped":
        return adjusted_of(one, one + two), adjusted_of(two, one + two)
    point_of = mean_of if kind == "mean" else ratio_of
    return point_of(one), point_of(two)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def given(cases: Cases, kind: str) -> list[dict[str, Any]]:
    assert len(cases[kind]) == KINDS[kind]
    return cases[kind]


@pytest.fixture
def effect(given: list[dict[str, Any]], kind: str) -> Effect:
    return difference_of(*points(given, kind))


def theirs(given: list[dict[str, Any]], method: str, *path: str | int) -> np.ndarray:
    return column(given, "gb", "absolute", method, *path)


def close(ours: np.ndarray, expected: np.ndarray, *, absolute: float = 0.0) -> None:
    np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=absolute)


def test_effects_and_their_errors(given: list[dict[str, Any]], effect: Effect) -> None:
    close(effect.value, theirs(given, "two_sided", "expected"), absolute=1e-14)
    close(effect.error, theirs(given, "two_sided", "se"))


def test_the_two_sided_test(given: list[dict[str, Any]], effect: Effect) -> None:
    interval = effect.interval()
    close(interval.low, theirs(given, "two_sided", "ci", 0), absolute=1e-8)
    close(interval.high, theirs(given, "two_sided", "ci", 1), absolute=1e-8)
    close(effect.p_value(), theirs(given, "two_sided", "p"), absolute=5e-16)


def test_the_one_sided_test(given: list[dict[str, Any]], effect: Effect) -> None:
    close(effect.interval(0.95, "greater").low, theirs(given, "one_sided_greater", "ci", 0), absolute=1e-8)
    close(effect.p_value("greater"), theirs(given, "one_sided_greater", "p"), absolute=5e-16)


@pytest.mark.parametrize("tuned_for", [5_000, 20_000])
def test_the_asymptotic_confidence_sequence(given: list[dict[str, Any]], effect: Effect, tuned_for: int) -> None:
    n, method = column(given, "a", "n") + column(given, "b", "n"), f"sequential_{tuned_for}"
    sequence = sequence_of(effect, n, NormalMixture.tuned_for(tuned_for))
    close(sequence.interval.low, theirs(given, method, "ci", 0), absolute=1e-8)
    close(sequence.interval.high, theirs(given, method, "ci", 1), absolute=1e-8)
    close(sequence.p_value, theirs(given, method, "p"))


def check_posterior(given: list[dict[str, Any]], method: str, posterior: Posterior) -> None:
    close(posterior.chance_to_beat, theirs(given, method, "chance_to_win"), absolute=5e-16)
    close(posterior.difference.value, theirs(given, method, "expected"), absolute=1e-14)
    close(posterior.difference.low, theirs(given, method, "ci", 0), absolute=1e-8)
    close(posterior.difference.high, theirs(given, method, "ci", 1), absolute=1e-8)
    for place, loss in enumerate((posterior.loss_of_control, posterior.loss_of_treatment)):
        close(loss, theirs(given, method, "risk", place), absolute=1e-15)


def test_bayes_with_a_flat_prior(given: list[dict[str, Any]], effect: Effect) -> None:
    check_posterior(given, "bayes_flat", compare_effects(effect))


def test_bayes_with_a_normal_prior(given: list[dict[str, Any]], effect: Effect, kind: str) -> None:
    """Their prior of 30 % is of the relative effect: times the plain mean of control."""
    base = points(given, kind)[1].value
    if kind == "cuped":
        base = moments(given, kind, "a").means[..., 0]
    check_posterior(given, "bayes_N0_0.3", compare_effects(effect, NormalPrior(0.0, 0.3 * np.abs(base))))


def test_the_sample_ratio(given: list[dict[str, Any]]) -> None:
    counts = np.stack([column(given, side, "n") for side in "ab"], axis=-1)
    close(sample_ratio_p(counts, [0.5, 0.5]), column(given, "srm_p_50_50"))


def test_the_slope_on_what_was_before(cases: Cases) -> None:
    given = cases["cuped"]
    pooled = moments(given, "cuped", "a") + moments(given, "cuped", "b")
    close(theta_of(pooled)[:, 0], column(given, "theta"))
