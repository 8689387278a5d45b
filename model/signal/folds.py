"""Folds: whether trees grown on some users tell who converts among others."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from analytics.experiment.interval import normal_quantile
from model.examples import Examples, Floats, Whole
from model.learners.inner_split import compact
from model.scored import Scored
from model.scoring.auc import auc_influence
from model.signal.rows import Rows, rows_of
from model.tree_settings import TreeSettings
from model.trees import grow, threads_for

SETTINGS = TreeSettings(trees=60, depth=3, learning_rate=0.1, min_sessions_in_leaf=200, l2=10.0)


@dataclass(frozen=True, slots=True)
class CrossFitted:
    """What was found.

    Attributes
    ----------
    p_value : float
        One-sided: that trees tell nothing of users they were not grown on.
    auc, standard_error : float
        Mean over folds, each scored by trees of all others; NaN where a fold has one outcome only.
    """

    p_value: float
    auc: float
    standard_error: float

    def half_width(self, confidence: float) -> float:
        """Return half the interval of the AUC."""
        return normal_quantile(confidence) * self.standard_error


def cross_fit(examples: Examples, fold: Whole, seed: int) -> CrossFitted:
    """Return whether trees tell who converts among users that they were not grown on.

    Parameters
    ----------
    examples : Examples
        Rows with both outcomes.
    fold : ndarray of int, shape (n,)
        Fold of each row from 0 on, users as a whole.
    seed : int
        Of the trees.

    Notes
    -----
    The test scores each fold by trees of the folds before it. Given those, its users' scores times residuals, summed
    within users, have mean 0 where nothing can be told, so each fold's sum over its standard error is standard normal
    whatever the folds before held; they are added with the square root of the number of folds behind them as weight.
    With trees of all other folds each pair of folds would count twice, once in each role, and the variance be double of
    what it seems.
    """
    z_values, aucs, variances = [], [], []
    folds = range(int(fold.max(initial=-1)) + 1)
    if not all(_has_both(examples.rows(fold == each)) for each in folds):
        return CrossFitted(1.0, np.nan, np.nan)
    for each in folds:
        rows = rows_of(examples.rows(fold == each))
        logits = _logits(examples.rows(fold != each), rows, seed)
        scored = Scored.of(rows.examples, logits)
        influence = auc_influence(scored)
        aucs.append(influence.value)
        variances.append(influence.standard_error(scored) ** 2)
        if 0 < each < folds[-1]:
            logits = _logits(examples.rows(fold < each), rows, seed)
        z_values.append(_z(rows, logits) if each else 0.0)
    weights = np.sqrt(np.arange(len(folds)))
    p_value = float(ndtr(-(weights @ z_values) / np.sqrt(weights @ weights)))
    return CrossFitted(p_value, float(np.mean(aucs)), float(np.sqrt(np.sum(variances)) / len(folds)))


def _has_both(examples: Examples) -> bool:
    return len(examples) > 0 and 0 < examples.base_rate < 1


def _logits(examples: Examples, rows: Rows, seed: int) -> Floats:
    booster, x = grow(compact(examples), SETTINGS, seed), rows.examples.x
    return np.asarray(booster.predict(x, raw_score=True, num_threads=threads_for(len(x))), dtype=np.float64)


def _z(rows: Rows, logits: Floats) -> float:
    share = rows.of_users(rows.share) * rows.examples.weight
    centred = logits - share @ logits / share.sum()
    error = float(np.sqrt(np.square(rows.by_user(rows.error * centred)).sum()))
    return float(rows.residual @ centred) / error if error > 0 else 0.0
