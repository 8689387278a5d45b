import numpy as np
import pytest
from scipy.special import expit, logit
from scipy.stats import chi2

from model.scored import Scored
from model.scoring.calibration import calibration_of
from model.scoring.recalibration import fit_line
from tests.model.scoring.scored_rows import scored_rows


def bent(slope: float, shift: float) -> Scored:
    rows = scored_rows(n=8_000)
    return rows.rescored(expit(slope * logit(rows.score) + shift))


def test_exact_scores_are_not_faulted() -> None:
    found = calibration_of(scored_rows(n=8_000), 0.95)
    assert found.p_value > 0.05
    assert found.slope.low < 1 < found.slope.high
    assert found.sentence.startswith("Scores hold as rates: ")


@pytest.mark.parametrize(
    ("slope", "shift", "words"),
    [(2, 0.0, "too far from"), (0.5, 0.0, "too near to"), (1, 0.5, "too high"), (1, -0.5, "too low")],
)
def test_the_sentence_names_the_fault(slope: float, shift: float, words: str) -> None:
    found = calibration_of(bent(slope, shift), 0.95)
    assert found.p_value < 1e-6
    assert words in found.sentence


def test_with_many_sessions_the_test_is_the_usual_one() -> None:
    rows = scored_rows(n=50_000)
    line = fit_line(rows)
    distance = line.coefficients - [0, 1]
    expected = chi2.sf(distance @ np.linalg.inv(line.covariance) @ distance, 2)
    assert calibration_of(rows, 0.95).p_value == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize(("score", "is_off"), [(0.5, True), (scored_rows().y.mean(), False)])
def test_equal_scores_are_held_against_the_rate(score: float, is_off: bool) -> None:
    found = calibration_of(scored_rows().rescored(np.full(400, score)), 0.95)
    assert (found.slope.value, found.p_value < 0.05) == (None, is_off)


def test_conversions_that_never_come_fault_the_scores() -> None:
    rows = Scored(np.full(500, 0.1), np.zeros(500), np.ones(500), np.arange(500))
    assert calibration_of(rows, 0.95).p_value < 0.001


def test_it_is_told_whether_scores_were_recalibrated() -> None:
    assert calibration_of(scored_rows(), 0.95, is_recalibrated=True).is_recalibrated
    assert not calibration_of(scored_rows(), 0.95).is_recalibrated


def test_without_sessions_nothing_is_faulted() -> None:
    found = calibration_of(scored_rows().rows(np.zeros(400, bool)), 0.95)
    assert (found.p_value, found.ece.value, found.intercept.value) == (1, None, None)
    assert "unknown" in found.sentence
