"""Policy: what an engine by visitor is worth over one engine for all."""

import numpy as np
import numpy.typing as npt

from analytics.estimate import Estimate
from analytics.experiment.interval import Floats, bonferroni, normal_quantile
from model.report import Policy
from model.uplift.average import Scores
from model.uplift.axes import Axis
from model.uplift.clustered import influence_by_user, mean_of, standard_error
from model.uplift.rules import Search, Tree
from model.uplift.trial import Trial
from model.uplift.words import in_points


def value_of(
    trial: Trial, scores: Scores, treats: npt.NDArray[np.bool_], names: tuple[str, str], confidence: float
) -> Policy:
    """Return what a policy is worth.

    Parameters
    ----------
    trial, scores : Trial, Scores
        Sessions and their doubly robust scores.
    treats : ndarray of bool, shape (n,)
        Who gets the treatment, decided from other users.
    names : tuple of str
        Control and treatment.
    confidence : float
        Two-sided level.

    Notes
    -----
    The value is the mean of the score of the variant chosen; differences are paired by session and clustered by user.
    Against the better engine for all: the smaller difference of the two. Its lower end is the smaller lower end: it
    lies above the truth only where the interval of the worse difference does (an intersection-union test, Berger
    1982), so which engine is better need not be known. Its upper end is the smaller one of two at half the error.
    """
    chosen = np.where(treats, scores.treatment, scores.control)
    over = (chosen - scores.treatment, chosen - scores.control)
    over_treatment, over_control = (_mean(trial, values, confidence) for values in over)
    over_better = _over_better(trial, over, confidence)
    is_refused = not (over_better.low or 0.0) > 0
    better = names[int(trial.mean(scores.effect) >= 0)]
    return Policy(
        value=_mean(trial, chosen, confidence),
        value_all_treatment=_mean(trial, scores.treatment, confidence),
        value_all_control=_mean(trial, scores.control, confidence),
        over_treatment=over_treatment,
        over_control=over_control,
        over_better=over_better,
        share_treatment=trial.mean(treats.astype(np.float64)),
        is_refused=is_refused,
        sentence=_sentence(over_better, better, confidence, is_refused=is_refused),
    )


def _mean(trial: Trial, values: Floats, confidence: float) -> Estimate:
    return mean_of(values, trial.examples.weight, trial.examples.user, confidence)


def _over_better(trial: Trial, over: tuple[Floats, Floats], confidence: float) -> Estimate:
    found = [influence_by_user(values, trial.examples.weight, trial.examples.user) for values in over]
    means, errors = [mean for mean, _ in found], [standard_error(influence) for _, influence in found]
    narrow, wide = normal_quantile(confidence), normal_quantile(bonferroni(confidence, 2))
    low = min(mean - narrow * error for mean, error in zip(means, errors, strict=True))
    high = min(mean + wide * error for mean, error in zip(means, errors, strict=True))
    return Estimate(min(means), low, high, trial.examples.n_sessions)


def learn_rules(trial: Trial, scores: Scores, axes: tuple[Axis, ...]) -> tuple[Tree, npt.NDArray[np.bool_]]:
    """Return the best policy of at most two questions, and what such policies learned from other users decide.

    Parameters
    ----------
    trial, scores : Trial, Scores
        Sessions and their doubly robust scores.
    axes : tuple of Axis
        What may be asked.

    Returns
    -------
    tuple of (Tree, ndarray of bool)
        The tree is learned from everybody; the decisions for each fold from all earlier ones, False in the first.
    """
    weight = trial.examples.weight
    search = Search(axes, weight * scores.effect, weight, trial.fold)
    treats = np.zeros(len(weight), bool)
    for fold in trial.judged_folds:
        inside = trial.fold == fold
        decided = search.best(list(range(fold))).decide(axes)
        treats[inside] = np.broadcast_to(decided, inside.shape)[inside]
    return search.best(list(range(trial.n_folds))), treats


def _sentence(over_better: Estimate, better: str, confidence: float, *, is_refused: bool) -> str:
    figure = in_points(over_better, confidence)
    if is_refused:
        return f"Choosing the engine by visitor is not shown to convert more than {better} for all: {figure}."
    return f"Choosing the engine by visitor converts more than {better} for all: {figure}."
