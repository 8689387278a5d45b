"""Calibration: whether scores are chances, tested, with what is to be said of it."""

import numpy as np
from scipy.special import fdtrc

from analytics.estimate import Estimate
from analytics.experiment.interval import normal_quantile
from model.report import Calibration
from model.scored import Scored
from model.scoring.calibration_error import CalibrationError, calibration_error
from model.scoring.influence import n_users_where, ratio_of, two_sided
from model.scoring.recalibration import Line, fit_line
from model.wording import p_in_words

LEAST_USERS = 2
"""More users than this of either outcome are needed to test the line."""


def calibration_of(scored: Scored, confidence: float, *, is_recalibrated: bool = False) -> Calibration:
    """Return the test that scores are chances, the line that would make them so, and the calibration error.

    Parameters
    ----------
    scored : Scored
        Rows that the scores were not learned from.
    confidence : float
        Two-sided level of the intervals; the sentence speaks of a finding where the p-value is below 1 - confidence.
    is_recalibrated : bool
        Whether a sigmoid stands behind the scores.

    Returns
    -------
    Calibration
        Without slope and intercept where they cannot be found, such as of equal scores.

    Notes
    -----
    With d the distance of the fitted intercept and slope from 0 and 1 and S their clustered covariance,
    ``d' S⁻¹ d / 2`` is held against F with 2 and k - 2 degrees of freedom, k the users of the rarer outcome: the usual
    chi-squared test where there are many, and nearly right with few. Where no line can be fitted the mean score is
    tested against the rate instead.
    """
    line, error = fit_line(scored), calibration_error(scored, confidence)
    p_value = _p_value(line, scored)
    slope, intercept = (_coefficient(line, place, scored, confidence) for place in (1, 0))
    gap = float(scored.weight @ (scored.score - scored.y))
    sentence = _sentence((p_value, 1 - confidence), slope, gap, error)
    return Calibration(p_value, slope, intercept, error.estimate, error.noise_floor, is_recalibrated, sentence)


def _p_value(line: Line | None, scored: Scored) -> float:
    n_users = min(n_users_where(scored, scored.y), n_users_where(scored, 1 - scored.y))
    if line is None or n_users <= LEAST_USERS or not np.isfinite(line.covariance).all():
        return _p_of_mean(scored)
    distance = line.coefficients - np.array([0.0, 1.0])
    return float(fdtrc(2, n_users - 2, distance @ np.linalg.solve(line.covariance, distance) / 2))


def _p_of_mean(scored: Scored) -> float:
    if not len(scored):
        return 1.0
    gap = ratio_of(scored, scored.score - scored.y, np.ones(len(scored)))
    spread = float(np.square(scored.weight) @ (scored.score * (1 - scored.score))) ** 0.5 / scored.weight.sum()
    return two_sided(gap.value, float(np.fmax(gap.standard_error(scored), spread)))


def _coefficient(line: Line | None, place: int, scored: Scored, confidence: float) -> Estimate:
    if line is None:
        return Estimate(None, None, None, scored.n_sessions)
    value, half = line.coefficients[place], normal_quantile(confidence) * line.covariance[place, place] ** 0.5
    if not np.isfinite(half):
        return Estimate(float(value), None, None, scored.n_sessions)
    return Estimate(float(value), float(value - half), float(value + half), scored.n_sessions)


def _sentence(test: tuple[float, float], slope: Estimate, gap: float, error: CalibrationError) -> str:
    p_value, alpha = test
    size = f"The calibration error is {_points(error.estimate.value)}; chance alone makes {_points(error.noise_floor)}."
    if p_value >= alpha:
        return f"Scores hold as rates: observed ones differ by no more than chance ({p_in_words(p_value)}). {size}"
    return f"Scores are {_fault(slope, gap)} ({p_in_words(p_value)}). {size}"


def _fault(slope: Estimate, gap: float) -> str:
    if slope.low is not None and slope.low > 1:
        return "too near to the base rate"
    if slope.high is not None and slope.high < 1:
        return "too far from the base rate"
    return "too high" if gap > 0 else "too low"


def _points(value: float | None) -> str:
    return "unknown" if value is None or np.isnan(value) else f"{100 * value:.2f} points"
