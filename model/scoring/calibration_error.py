"""Calibration error: how far observed rates lie from scores, what chance alone makes of it, and its interval."""

from dataclasses import dataclass

import numpy as np

from analytics.estimate import Estimate
from analytics.experiment.interval import normal_quantile
from model.examples import Floats
from model.scored import Scored
from model.scoring.bins import bin_covariance, bins_of
from model.scoring.influence import NOTHING

N_DRAWS = 1_000
SEED = 20_240


@dataclass(frozen=True, slots=True)
class CalibrationError:
    """Expected calibration error.

    Attributes
    ----------
    estimate : Estimate
        Mean over sessions of the absolute difference of mean score and observed rate in bins of equal size. The
        interval is of what it would be with endless data; it holds 0 where chance alone explains the value.
    noise_floor : float
        Mean value that would be seen were the scores exact.
    """

    estimate: Estimate
    noise_floor: float


def calibration_error(scored: Scored, confidence: float) -> CalibrationError:
    """Return the expected calibration error over bins of equal size.

    Parameters
    ----------
    scored : Scored
        Rows with scores.
    confidence : float
        Two-sided level in (0, 1).

    Notes
    -----
    Noise makes the value too large, most so where scores are exact, so that value ± error would be wrong. With true
    gaps g of the bins (times their shares), errors e and the signs s of g, ``s'e <= sum |g + e| - sum |g| <= sum |e|``.
    So the interval reaches down by the upper quantile of sum |e|, at least to 0, and up by z standard errors of s'e. It
    holds the truth at least as often as it says. e is normal with the clustered covariance of the gaps (1,000 seeded
    draws).

    References
    ----------
    Roelofs, R., Cain, N., Shlens, J., Mozer, M. C. (2022). Mitigating bias in calibration error estimation. AISTATS.
    """
    if not len(scored) or scored.weight.sum() <= 0:
        return CalibrationError(NOTHING, float("nan"))
    bins = bins_of(scored)
    gaps = bins.share * (bins.score - bins.rate)
    value = float(np.abs(gaps).sum())
    if scored.n_users < 2:
        return CalibrationError(Estimate(value, None, None, scored.n_sessions), float("nan"))
    excess = (scored.score - scored.y) - (bins.score - bins.rate)[bins.code]
    rows = scored.weight * excess / bins.weight.sum() * (scored.n_users / (scored.n_users - 1)) ** 0.5
    covariance, signs = bin_covariance(scored, bins, rows), np.sign(gaps)
    noise = np.abs(_draws(covariance)).sum(axis=1)
    low = max(value - float(np.quantile(noise, (1 + confidence) / 2)), 0.0)
    high = value + normal_quantile(confidence) * float(signs @ covariance @ signs) ** 0.5
    return CalibrationError(Estimate(value, low, high, scored.n_sessions), float(noise.mean()))


def _draws(covariance: Floats) -> Floats:
    """Return draws of the bins' errors, each with its mirror image."""
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0))
    drawn = np.random.default_rng(SEED).standard_normal((N_DRAWS // 2, len(covariance))) @ root.T
    return np.concatenate([drawn, -drawn])
