"""Randomisation: whether anything known of the visitors tells which variant they had."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr
from scipy.stats import chi2

from analytics.experiment.correction import holm
from model.uplift.axes import Axis
from model.uplift.clustered import covariance_by, influence_by_user, standard_error, sums_by
from model.uplift.learners import allocation
from model.uplift.options import UpliftOptions
from model.uplift.qini import rank
from model.uplift.trial import Trial
from model.wording import p_in_words

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Randomisation:
    """Whether variants were given at random.

    Attributes
    ----------
    is_randomised : bool
        Where ``p_value`` is at least alpha.
    p_value : float
        The smaller one of two tests after Bonferroni: of each feature, and of trees that guess the variant.
    sentence : str
        In words, with the features that differ.
    """

    is_randomised: bool
    p_value: float
    sentence: str


def check_randomisation(
    trial: Trial, axes: tuple[Axis, ...], names: tuple[str, str], options: UpliftOptions
) -> Randomisation:
    """Return whether the features fail to tell the variant.

    Parameters
    ----------
    trial : Trial
        Sessions.
    axes : tuple of Axis
        Features, in members; a missing value is a member of its own here.
    names : tuple of str
        Control and treatment.
    options : UpliftOptions
        Level.

    Notes
    -----
    For each feature, the score test of a logistic model of the variant on its members, clustered by user, after Holm
    over features; and the covariance of the variant with the rank of a prediction of it by earlier folds, one-sided,
    which is what its AUC exceeds 1/2 by, times the variance of the variant. Twice the smaller p is that of the whole.
    """
    by_feature = holm([_p_of_axis(trial, axis) for axis in axes]) if axes else np.ones(1)
    p_value = min(1.0, 2 * min(float(by_feature.min()), _p_of_guess(trial)))
    told = [axis.label for axis, p in zip(axes, by_feature, strict=False) if 2 * p < options.alpha]
    is_randomised = p_value >= options.alpha
    shares = f"{names[1]} served {100 * trial.share:.1f} % of {trial.examples.n_sessions:,} sessions"
    if is_randomised:
        sentence = (
            f"{shares}, and nothing known of the visitors tells which engine served them ({p_in_words(p_value)})."
        )
        return Randomisation(True, p_value, sentence)
    differing = ", ".join(told[:_NAMED]) or "a combination of features"
    sentence = (
        f"{shares}, but engines were not given at random: their visitors differ in {differing} "
        f"({p_in_words(p_value)}). "
        "A difference between engines may be one between their visitors, so no effect is shown."
    )
    return Randomisation(False, p_value, sentence)


def _p_of_axis(trial: Trial, axis: Axis) -> float:
    weight, user, n_parts = trial.examples.weight, trial.examples.user, len(axis.members) + 1
    part, residual = axis.code + 1, weight * (trial.is_treated - trial.share)
    size = sums_by(part, weight, n_parts)
    known = np.flatnonzero(size > 0)[1:]
    if not len(known):
        return 1.0
    centring = np.eye(n_parts) - np.outer(size / size.sum(), np.ones(n_parts))
    score = (centring @ sums_by(part, residual, n_parts))[known]
    covariance = (centring @ covariance_by(user, part, residual, n_parts) @ centring.T)[np.ix_(known, known)]
    return float(chi2.sf(score @ np.linalg.pinv(covariance, hermitian=True) @ score, len(score)))


def _p_of_guess(trial: Trial) -> float:
    guess = allocation(trial)
    judged = trial.rows(np.isfinite(guess))
    weight, fold = judged.examples.weight, judged.fold
    ranks = rank(guess[np.isfinite(guess)], weight, fold)
    size = sums_by(fold, weight, trial.n_folds)
    share = sums_by(fold, weight * judged.is_treated, trial.n_folds) / np.maximum(size, 1.0)
    covariance = (judged.is_treated - share[fold]) * (0.5 - ranks.middle)
    value, influence = influence_by_user(covariance, weight, judged.examples.user)
    error = standard_error(influence)
    return float(ndtr(-value / error)) if error > 0 else 1.0
