"""Qini: what is gained where the visitors with the largest predicted effects are served first."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import ndtr

from analytics.estimate import Estimate
from analytics.experiment.interval import Floats, normal_quantile
from model.examples import Whole
from model.report import Band
from model.uplift.average import Scores
from model.uplift.clustered import around, influence_by_user, mean_of, standard_error
from model.uplift.trial import Trial

N_POINTS = 50
N_DECILES = 10


@dataclass(frozen=True, slots=True)
class Ranks:
    """Where each session stands by falling predicted effect within its fold; equal predictions share their span.

    Attributes
    ----------
    first, last : ndarray of float, shape (n,)
        The span, as shares of the fold's sessions in [0, 1].
    """

    first: Floats
    last: Floats

    @property
    def middle(self) -> Floats:
        """Mean place of the session."""
        return (self.first + self.last) / 2

    def among_top(self, share: float) -> Floats:
        """Return the part of each session that is among the first ``share`` of all."""
        return np.clip((share - self.first) / (self.last - self.first), 0.0, 1.0)


def rank(effect: Floats, weight: Floats, fold: Whole) -> Ranks:
    """Return ranks within folds.

    Parameters
    ----------
    effect, weight : ndarray of float, shape (n,)
        What to rank by, and sessions that each stands for.
    fold : ndarray of int, shape (n,)
        Scores of one fold are compared with each other alone: levels of models that were learned from different
        sessions would else rank what they were learned from against what they were not.
    """
    first, last = np.empty(len(effect)), np.empty(len(effect))
    for part in np.unique(fold):
        rows = np.flatnonzero(fold == part)
        level = np.unique(-effect[rows], return_inverse=True)[1]
        size = np.bincount(level, weight[rows])
        end = np.cumsum(size) / size.sum()
        first[rows], last[rows] = np.r_[0.0, end[:-1]][level], end[level]
    return Ranks(first, last)


def qini_of(trial: Trial, scores: Scores, effect: Floats, confidence: float) -> tuple[Estimate, Estimate, float]:
    """Return the Qini coefficient, the area under the uplift curve, and how likely such a coefficient is by chance.

    Parameters
    ----------
    trial, scores : Trial, Scores
        Sessions and their doubly robust scores.
    effect : ndarray of float, shape (n,)
        Cross-fitted predictions.
    confidence : float
        Two-sided level.

    Returns
    -------
    tuple of (Estimate, Estimate, float)
        Coefficient and area in conversions per visitor; p is one-sided, of a coefficient above 0.

    Notes
    -----
    With G the score of the effect and u the place in [0, 1], the curve is ``Q(q) = E[G; u <= q]``, its area
    ``E[G (1 - u)]`` and its area above the straight line ``E[(G - E G) (1/2 - u)]``.

    References
    ----------
    Radcliffe, N. J. (2007). Using control groups to target on predicted lift. Direct Marketing Analytics Journal,
    14-21.
    Yadlowsky, S. et al. (2025). Evaluating treatment prioritization rules via rank-weighted average treatment effects.
    JASA 120, 38-51.
    """
    weight, user = trial.examples.weight, trial.examples.user
    ranks = rank(effect, weight, trial.fold)
    centred = scores.effect - trial.mean(scores.effect)
    area = mean_of(scores.effect * (1 - ranks.middle), weight, user, confidence)
    coefficient, influence = influence_by_user(centred * (0.5 - ranks.middle), weight, user)
    error = standard_error(influence)
    p_value = float(ndtr(-coefficient / error)) if error > 0 else 1.0
    return around(coefficient, error, confidence, float(weight.sum())), area, p_value


def curve_of(trial: Trial, scores: Scores, ranks: Ranks, confidence: float) -> tuple[Band, ...]:
    """Return the Qini curve with its pointwise band.

    Parameters
    ----------
    trial, scores : Trial, Scores
        Sessions and their doubly robust scores.
    ranks : Ranks
        Order in which visitors are served.
    confidence : float
        Two-sided level of each point.
    """
    half = normal_quantile(confidence)
    points: list[Band] = [(0.0, 0.0, 0.0, 0.0)]
    for share in np.arange(1, N_POINTS + 1) / N_POINTS:
        gained = scores.effect * ranks.among_top(float(share))
        value, influence = influence_by_user(gained, trial.examples.weight, trial.examples.user)
        error = half * standard_error(influence)
        points.append((float(share), value, value - error, value + error))
    return tuple(points)


def deciles_of(trial: Trial, scores: Scores, ranks: Ranks, confidence: float) -> tuple[Estimate, ...]:
    """Return the effect within each tenth of the visitors.

    Parameters
    ----------
    trial, scores, ranks, confidence
        As for `curve_of`.

    Notes
    -----
    Sorted group average effects of Chernozhukov et al. (2018), Generic machine learning inference on heterogeneous
    treatment effects in randomized experiments, of these visitors in this order.
    """
    tops = [ranks.among_top(tenth / N_DECILES) for tenth in range(N_DECILES + 1)]
    inside = [upper - lower for lower, upper in pairwise(tops)]
    weight, user = trial.examples.weight, trial.examples.user
    return tuple(mean_of(scores.effect, weight * part, user, confidence) for part in inside)
