"""Intervals against statsmodels, Newcombe's own table, and the figures of a published experiment."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analytics.experiment.interval import Interval
from analytics.experiment.proportion import log_risk_ratio, newcombe, wilson

CASES = [
    (56, 70, 48, 80),
    (9, 10, 3, 10),
    (1, 20, 19, 20),
    (173, 1_000, 140, 1_001),
    (17_264, 145_310, 17_489, 145_274),
]
LEVELS = [0.8, 0.95, 0.99]


def ends(interval: Interval) -> tuple[float, float]:
    return float(interval.low), float(interval.high)


@pytest.mark.parametrize("confidence", LEVELS)
@pytest.mark.parametrize(("converted", "n"), [(0, 10), (10, 10), (1, 3), (3, 10), (120, 1_000), (17_264, 145_310)])
def test_wilson_is_that_of_statsmodels(converted: int, n: int, confidence: float) -> None:
    theirs = proportion_confint(converted, n, alpha=1 - confidence, method="wilson")
    assert ends(wilson(converted, n, confidence)) == pytest.approx(theirs, abs=1e-14)


@pytest.mark.parametrize("confidence", LEVELS)
@pytest.mark.parametrize("counts", CASES)
def test_newcombe_is_that_of_statsmodels(counts: tuple[int, int, int, int], confidence: float) -> None:
    theirs = confint_proportions_2indep(*counts, method="newcomb", compare="diff", alpha=1 - confidence)
    assert ends(newcombe(*counts, confidence)) == pytest.approx(theirs, abs=1e-14)


@pytest.mark.parametrize("confidence", LEVELS)
@pytest.mark.parametrize("counts", CASES)
def test_the_log_risk_ratio_is_that_of_statsmodels(counts: tuple[int, int, int, int], confidence: float) -> None:
    theirs = confint_proportions_2indep(*counts, method="log", compare="ratio", alpha=1 - confidence)
    assert ends(log_risk_ratio(*counts, confidence)) == pytest.approx(np.subtract(theirs, 1), abs=1e-12)


PRINTED = [
    ((56, 70, 48, 80), (0.0524, 0.3339)),
    ((9, 10, 3, 10), (0.1705, 0.8090)),
    ((6, 7, 2, 7), (0.0582, 0.8062)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ((10, 10, 0, 20), (0.6791, 1.0)),
    ((10, 10, 0, 10), (0.6075, 1.0)),
]


@pytest.mark.parametrize(("counts", "printed"), PRINTED)
def test_newcombe_gives_the_figures_that_he_printed(
    counts: tuple[int, int, int, int], printed: tuple[float, float]
) -> None:
    """Newcombe (1998), table II, method 10, to its four decimals."""
    assert ends(newcombe(*counts)) == pytest.approx(printed, abs=5e-5)


@pytest.fixture(scope="module")
def expected(shared_data: Path) -> dict[str, Any]:
    clean: dict[str, Any] = json.loads((shared_data / "expected.json").read_text())["udacity_ab"]["clean"]
    return clean


@pytest.fixture(scope="module")
def counts(expected: dict[str, Any]) -> tuple[int, int, int, int]:
    treatment, control = expected["treatment"], expected["control"]
    return treatment["x"], treatment["n"], control["x"], control["n"]


def test_the_published_experiment_has_its_difference(
    expected: dict[str, Any], counts: tuple[int, int, int, int]
) -> None:
    interval = newcombe(*counts)
    assert float(interval.value) == pytest.approx(expected["abs_diff"], abs=1e-15)
    assert ends(interval) == pytest.approx(expected["ci95_diff_newcombe"], abs=1e-14)


def test_the_published_experiment_has_its_lift(expected: dict[str, Any], counts: tuple[int, int, int, int]) -> None:
    interval = log_risk_ratio(*counts)
    assert float(interval.value) == pytest.approx(expected["rel_lift"], abs=1e-13)
    assert ends(interval) == pytest.approx(np.subtract(expected["ci95_ratio_log_katz"], 1), abs=1e-12)


@pytest.mark.parametrize("group", ["control", "treatment"])
def test_the_published_experiment_has_its_rates(expected: dict[str, Any], group: str) -> None:
    rate = wilson(expected[group]["x"], expected[group]["n"])
    assert ends(rate) == pytest.approx(expected[f"wilson95_{group}"], abs=1e-14)
