"""Heterogeneity: whether the effect differs between visitors at all."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtri
from scipy.stats import chi2

from analytics.experiment.interval import Floats
from model.uplift.average import Scores
from model.uplift.axes import Axis
from model.uplift.clustered import covariance_by, influence_by_user, standard_error, sums_by
from model.uplift.options import UpliftOptions
from model.uplift.qini import Ranks
from model.uplift.trial import Trial

POWER = 0.8
WORTH_KNOWING = 0.1


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """The verdict.

    Attributes
    ----------
    verdict : {"differs", "no difference shown", "undetermined"}
        By the rule of docs/methods/uplift.md, which is fixed before any data is seen.
    p_ranking, p_features : float
        Of the Qini coefficient, and of the feature along which the effect differs most, after Bonferroni over features.
    p_value : float
        Twice the smaller one, at most 1; "differs" where it is below alpha.
    detectable : float
        Difference between two halves of the visitors that would have been shown with a power of 0.8.
    n_needed : int
        Sessions that would show a difference worth knowing, a tenth of control's rate; where none of control's sessions
        converted, of a rate of one.
    """

    verdict: Literal["differs", "no difference shown", "undetermined"]
    p_ranking: float
    p_features: float
    p_value: float
    detectable: float
    n_needed: int


def judge(
    trial: Trial, scores: Scores, ranks: Ranks, tests: tuple[float, float], options: UpliftOptions
) -> Heterogeneity:
    """Return the verdict.

    Parameters
    ----------
    trial, scores : Trial, Scores
        Sessions that effects are judged on, and their doubly robust scores.
    ranks : Ranks
        By the doubly robust learner, of which it is said what could have been seen.
    tests : tuple of float
        p of the ranking (`qini_of`) and of features (`differs_along`).
    options : UpliftOptions
        Level.
    """
    p_value = min(1.0, 2 * min(tests))
    halves = 2 * ranks.among_top(0.5) - 1
    centred = scores.effect - trial.mean(scores.effect)
    _, influence = influence_by_user(2 * centred * halves, trial.examples.weight, trial.examples.user)
    detectable = float(-ndtri(options.alpha / 2) + ndtri(POWER)) * standard_error(influence)
    worth = WORTH_KNOWING * max(trial.rate(is_treated=False), 1 / trial.examples.n_sessions)
    n_all = trial.examples.n_sessions * trial.n_folds / len(trial.judged_folds)
    n_needed = int(np.ceil(n_all * (detectable / worth) ** 2))
    if p_value < options.alpha:
        return Heterogeneity("differs", *tests, p_value, detectable, n_needed)
    verdict: Literal["no difference shown", "undetermined"]
    verdict = "no difference shown" if detectable <= worth else "undetermined"
    return Heterogeneity(verdict, *tests, p_value, detectable, n_needed)


def differs_along(trial: Trial, scores: Scores, axes: tuple[Axis, ...], options: UpliftOptions) -> float:
    """Return p of the feature along which the effect differs most, after Bonferroni over features.

    Parameters
    ----------
    trial, scores : Trial, Scores
        Sessions and their doubly robust scores.
    axes : tuple of Axis
        Features, in members.
    options : UpliftOptions
        What a member must have of either variant.

    Notes
    -----
    Wald's test that all members have one effect, clustered by user. Members that are too small are passed over.
    """
    p_values = [_differs_along_one(trial, scores.effect, axis, options) for axis in axes]
    return min(1.0, len(p_values) * min(p_values)) if p_values else 1.0


def _differs_along_one(trial: Trial, effect: Floats, axis: Axis, options: UpliftOptions) -> float:
    large = np.flatnonzero(trial.is_large(axis.code, len(axis.members), options))
    rows = np.isin(axis.code, large)
    if len(large) < 2:
        return 1.0
    part, weight = np.searchsorted(large, axis.code[rows]), trial.examples.weight[rows]
    size = sums_by(part, weight)
    means = sums_by(part, weight * effect[rows]) / size
    moved = weight * (effect[rows] - means[part]) / size[part]
    user = trial.examples.user[rows]
    contrast = np.eye(len(large))[1:] - np.eye(len(large))[0]
    covariance = contrast @ covariance_by(user, part, moved, len(large)) @ contrast.T
    away = contrast @ means
    return float(chi2.sf(away @ np.linalg.pinv(covariance, hermitian=True) @ away, len(away)))
