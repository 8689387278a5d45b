"""Curves: what is drawn of scores, with at most 200 points a curve."""

import numpy as np
from scipy.stats import binom

from analytics.experiment.interval import Interval
from model.examples import Floats
from model.report import Band, Curves, Point
from model.scored import Scored
from model.scoring.bins import Bins, bins_of, squares_in_bins, users_in_bins
from model.scoring.influence import clustered_wilson, effective_n
from model.scoring.simplified import simplified

N_SCORE_BINS = 40


def curves_of(scored: Scored, confidence: float) -> Curves:
    """Return what is drawn of the scores.

    Parameters
    ----------
    scored : Scored
        Rows with scores, of both outcomes.
    confidence : float
        Level of the calibration's intervals and of its noise band.
    """
    converted, others = (np.r_[0, np.cumsum(at[::-1])] for at in (scored.converted_at, scored.others_at))
    recall, missed = converted / max(converted[-1], 1e-300), others / max(others[-1], 1e-300)
    selected = converted + others
    bins = bins_of(scored)
    edges = _score_edges(scored)
    return Curves(
        roc=_points(missed, recall),
        precision_recall=_points(recall[1:], converted[1:] / np.maximum(selected[1:], 1e-300)),
        gain=_points(selected / max(selected[-1], 1e-300), recall),
        calibration=calibration_curve(scored, bins, confidence),
        calibration_noise=noise_band(scored, bins, confidence),
        scores_converted=_density(scored, edges, scored.y),
        scores_others=_density(scored, edges, 1 - scored.y),
        score_edges=tuple(edges.tolist()),
    )


def calibration_curve(scored: Scored, bins: Bins, confidence: float) -> tuple[Band, ...]:
    """Return mean score, observed rate and its interval of each bin: Wilson on the effective number of sessions."""
    interval = _observed(scored, bins, confidence)
    ends = (bins.score, interval.value, interval.low, interval.high)
    return tuple(zip(*(column.tolist() for column in ends), strict=True))


def noise_band(scored: Scored, bins: Bins, confidence: float) -> tuple[tuple[float, float, float], ...]:
    """Return mean score of each bin, and between what its observed rate would lie were the scores exact.

    Parameters
    ----------
    scored : Scored
        Rows with scores.
    bins : Bins
        Their bins.
    confidence : float
        Level of each bin by itself.

    Notes
    -----
    Quantiles of a binomial with the bin's sessions over the design effect: the variance of the outcomes about the rates
    of their bins added up within users, over that of independent outcomes, at least 1.
    """
    excess = scored.weight * (scored.y - bins.rate[bins.code])
    independent = float((bins.weight * bins.rate * (1 - bins.rate)).sum())
    clustered = float(np.square(scored.by_user(excess)).sum())
    effect = max(clustered / independent, 1.0) if independent > 0 else 1.0
    effective = np.maximum(np.rint(bins.weight / effect), 1)
    tail = (1 - confidence) / 2
    low, high = (binom.ppf(q, effective, np.clip(bins.score, 0, 1)) / effective for q in (tail, 1 - tail))
    return tuple(zip(bins.score.tolist(), low.tolist(), high.tolist(), strict=True))


def _observed(scored: Scored, bins: Bins, confidence: float) -> Interval:
    excess = scored.weight * (scored.y - bins.rate[bins.code])
    users = users_in_bins(scored, bins)
    factor = np.where(users > 1, users / np.maximum(users - 1, 1), 0)
    variance = factor * squares_in_bins(scored, bins, excess) / bins.weight**2
    least = bins.weight**2 / squares_in_bins(scored, bins, scored.weight)
    return clustered_wilson(bins.rate, effective_n(bins.rate, variance, bins.weight, least), confidence)


def _points(x: Floats, y: Floats) -> tuple[Point, ...]:
    kept = simplified(x, y)
    return tuple(zip(x[kept].tolist(), y[kept].tolist(), strict=True))


def _score_edges(scored: Scored) -> Floats:
    low, high = (float(scored.levels[0]), float(scored.levels[-1])) if len(scored) else (0.0, 1.0)
    return np.linspace(low, high, N_SCORE_BINS + 1) if high > low else np.linspace(low - 0.01, low + 0.01, 3)


def _density(scored: Scored, edges: Floats, outcome: Floats) -> tuple[float, ...]:
    weight = scored.weight * outcome
    counts = np.histogram(scored.score, edges, weights=weight)[0]
    return tuple((counts / max(float(weight.sum()), 1e-300) / np.diff(edges)).tolist())
