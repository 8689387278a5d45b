"""Metrics: everything that one number says of scores, each with an interval clustered by user."""

from collections.abc import Callable, Mapping

import numpy as np
from scipy.special import ndtr

from analytics.estimate import Estimate
from analytics.experiment.interval import normal_quantile
from model.examples import Floats
from model.scored import Scored
from model.scoring.auc import auc, auc_influence
from model.scoring.average_precision import pr_auc, pr_auc_influence
from model.scoring.calibration_error import calibration_error
from model.scoring.influence import NOTHING, Influence, on_log_scale, proportion, ratio_of
from model.scoring.lift import lift

METRICS = (
    "auc",
    "pr_auc",
    "log_loss",
    "brier",
    "ece",
    "accuracy",
    "base_accuracy",
    "precision",
    "recall",
    "f1",
    "lift_top_decile",
)
_LEAST = np.finfo(np.float64).eps


def log_loss_influence(scored: Scored) -> Influence:
    """Return the mean of ``-log`` of the chance given to what happened; scores are kept off 0 and 1 by 2e-16."""
    p = np.clip(scored.score, _LEAST, 1 - _LEAST)
    return ratio_of(scored, -np.log(np.where(scored.y == 1, p, 1 - p)), np.ones(len(scored)))


def brier_influence(scored: Scored) -> Influence:
    """Return the mean squared difference of score and outcome."""
    return ratio_of(scored, np.square(scored.score - scored.y), np.ones(len(scored)))


INFLUENCES: Mapping[str, Callable[[Scored], Influence]] = {
    "auc": auc_influence,
    "pr_auc": pr_auc_influence,
    "log_loss": log_loss_influence,
    "brier": brier_influence,
}
"""Metrics without threshold whose differences can be paired."""


def metrics_of(scored: Scored, threshold: float, confidence: float) -> dict[str, Estimate]:
    """Return every metric by its name in `METRICS`.

    Parameters
    ----------
    scored : Scored
        Rows with scores.
    threshold : float
        Sessions scored at least this count as predicted to convert.
    confidence : float
        Two-sided level in (0, 1).

    Returns
    -------
    dict of str to Estimate
        Value None where a metric is not defined, such as the AUC where only one outcome occurs.
    """
    found = {
        "auc": auc(scored, confidence),
        "pr_auc": pr_auc(scored, confidence),
        "log_loss": on_log_scale(log_loss_influence(scored), scored, confidence),
        "brier": on_log_scale(brier_influence(scored), scored, confidence),
        "ece": calibration_error(scored, confidence).estimate,
        **_at_threshold(scored, threshold, confidence),
        "lift_top_decile": lift(scored, confidence),
    }
    return {name: found[name] for name in METRICS}


def cross_validated_metrics(crossed: Scored, threshold: float, confidence: float) -> dict[str, Estimate]:
    """Return every metric of rows that were scored by folds of one another, with intervals that hold all the same.

    Parameters
    ----------
    crossed : Scored
        Each row scored by a model of all other folds.
    threshold, confidence : float
        As of `metrics_of`.

    Notes
    -----
    Each pair of folds counts twice, once in each role. Where nothing can be learned the variance is up to double of
    what it seems, so errors are taken sqrt(2) times: by way of the level, which serves every kind of interval.
    """
    return metrics_of(crossed, threshold, float(2 * ndtr(np.sqrt(2) * normal_quantile(confidence)) - 1))


def _at_threshold(scored: Scored, threshold: float, confidence: float) -> dict[str, Estimate]:
    """Return what needs a threshold; each is a ratio of sums, F1 too: 2 TP over conversions and selected ones."""
    y, everyone = scored.y, np.ones(len(scored))
    selected = (scored.score >= threshold).astype(np.float64)
    is_right = (selected == y).astype(np.float64)
    usual = float(2 * scored.weight @ y >= scored.weight.sum())
    ratios: dict[str, tuple[Floats, Floats]] = {
        "accuracy": (is_right, everyone),
        "base_accuracy": ((y == usual).astype(np.float64), everyone),
        "precision": (y * selected, selected),
        "recall": (y * selected, y),
        "f1": (2 * y * selected, y + selected),
    }
    found = {name: proportion(scored, *parts, confidence) for name, parts in ratios.items()}
    n = scored.n_sessions
    return found | {"f1": _with_n(found["f1"], n)}


def _with_n(found: Estimate, n: int) -> Estimate:
    return NOTHING if found.value is None else Estimate(found.value, found.low, found.high, n)
