"""Calibration error: how far observed rates lie from scores, what chance alone makes of it, and its interval."""

from dataclasses import dataclass

import numpy as np

from analytics.estimate import Estimate
from model.examples import Floats
from model.scored import Scored
from model.scoring.bins import bin_covariance, bins_of
from model.scoring.influence import NOTHING

N_DRAWS = 1_000
SEED = 20_240
_STRETCHES = np.linspace(0, 4, 201)


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
    Noise makes the value too large, most so where scores are exact, so that value ± error would be wrong. The gaps of
    the bins have a normal error with the clustered covariance. The interval holds those multiples of the gaps as found
    under which the value found is not in either tail of what would be seen (1,000 seeded draws); its ends are the
    calibration errors of these multiples.

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
    noise = _draws(bin_covariance(scored, bins, rows))
    low, high = _ends(gaps, noise, confidence)
    estimate = Estimate(value, min(low, value), max(high, value), scored.n_sessions)
    return CalibrationError(estimate, float(np.abs(noise).sum(axis=1).mean()))


def _draws(covariance: Floats) -> Floats:
    """Return draws of the bins' errors, each with its mirror image."""
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0))
    drawn = np.random.default_rng(SEED).standard_normal((N_DRAWS // 2, len(covariance))) @ root.T
    return np.concatenate([drawn, -drawn])


def _ends(gaps: Floats, noise: Floats, confidence: float) -> tuple[float, float]:
    value, tail = np.abs(gaps).sum(), (1 - confidence) / 2
    seen = np.array([np.abs(stretch * gaps + noise).sum(axis=1) for stretch in _STRETCHES])
    lowest, highest = np.quantile(seen, [tail, 1 - tail], axis=1)
    fits = _STRETCHES[(lowest <= value) & (value <= highest)]
    return (float(fits[0] * value), float(fits[-1] * value)) if len(fits) else (0.0, float(highest[0]))
