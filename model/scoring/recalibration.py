"""Recalibration: the outcome as a logistic line of the score's logit, fitted, and put behind scores."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from model.examples import Floats
from model.scored import Scored
from model.scoring.influence import small_sample
from model.trained import Sigmoid

_LEAST = 1e-12
_MAX_STEPS = 50
_SETTLED = 1e-8
_SINGULAR = 1e14


@dataclass(frozen=True, slots=True)
class Line:
    """A fitted line.

    Attributes
    ----------
    coefficients : ndarray of float, shape (2,)
        Intercept and slope.
    covariance : ndarray of float, shape (2, 2)
        Of both, clustered by user.
    """

    coefficients: Floats
    covariance: Floats


def logit_of(score: Floats) -> Floats:
    """Return the log odds of scores, which are kept off 0 and 1 by 1e-12."""
    return np.asarray(logit(np.clip(score, _LEAST, 1 - _LEAST)))


def fit_line(scored: Scored) -> Line | None:
    """Return intercept and slope of the outcome on the score's logit with their sandwich covariance by user.

    Returns
    -------
    Line or None
        None where they cannot be found: one outcome, one score, or outcomes that a score parts without overlap.

    References
    ----------
    Cox, D. R. (1958). Two further applications of a model for binary regression. Biometrika 45, 562-565. White, H.
    (1982). Maximum likelihood estimation of misspecified models. Econometrica 50, 1-25.
    """
    design = np.column_stack([np.ones(len(scored)), logit_of(scored.score)])
    coefficients = _newton(design, scored.y, scored.weight)
    if coefficients is None:
        return None
    chance = expit(design @ coefficients)
    bread = np.linalg.inv((design * (scored.weight * chance * (1 - chance))[:, None]).T @ design)
    pulls = (scored.weight * (scored.y - chance))[:, None] * design
    users = np.column_stack([scored.by_user(pulls[:, 0]), scored.by_user(pulls[:, 1])]) * small_sample(scored.n_users)
    return Line(coefficients, bread @ (users.T @ users) @ bread)


def fit_sigmoid(score: Floats, y: Floats, weight: Floats) -> Sigmoid:
    """Return what makes chances of scores; one that changes nothing where it cannot be found.

    Parameters
    ----------
    score : ndarray of float, shape (n,)
        Scores of sessions that were not learned from.
    y, weight : ndarray of float, shape (n,)
        What happened, and how many sessions each row stands for.

    References
    ----------
    Platt, J. (1999). Probabilistic outputs for support vector machines. Advances in large margin classifiers, 61-74.
    """
    found = _newton(np.column_stack([np.ones(len(score)), logit_of(score)]), y, weight)
    return Sigmoid() if found is None else Sigmoid(slope=float(found[1]), intercept=float(found[0]))


def apply_sigmoid(sigmoid: Sigmoid, score: Floats) -> Floats:
    """Return recalibrated scores; those given, to the bit, where the sigmoid changes nothing."""
    if sigmoid == Sigmoid():
        return score
    return np.asarray(expit(sigmoid.slope * logit_of(score) + sigmoid.intercept))


def _newton(design: Floats, y: Floats, weight: Floats) -> Floats | None:
    """Return the coefficients of most likelihood from (0, 1) on; None where there are none or they do not settle."""
    if not len(y) or np.ptp(design[:, 1]) == 0:
        return None
    coefficients = np.array([0.0, 1.0])
    for _ in range(_MAX_STEPS):
        chance = expit(design @ coefficients)
        curvature = (design * (weight * chance * (1 - chance))[:, None]).T @ design
        if not np.linalg.cond(curvature) < _SINGULAR:
            return None
        step = np.linalg.solve(curvature, design.T @ (weight * (y - chance)))
        taken = _downhill(lambda moved: _loss(design @ moved, y, weight), coefficients, step)
        coefficients = coefficients + taken
        if np.abs(step).max() < _SETTLED:
            return coefficients
    return None


def _loss(line: Floats, y: Floats, weight: Floats) -> float:
    return float(weight @ (np.logaddexp(0, line) - y * line))


def _downhill(loss: Callable[[Floats], float], start: Floats, step: Floats) -> Floats:
    """Return the step, halved until it does not lead uphill."""
    here = loss(start) * (1 + 1e-12)
    for halvings in range(20):
        if loss(start + step / 2**halvings) <= here:
            break
    return np.asarray(step / 2**halvings)
