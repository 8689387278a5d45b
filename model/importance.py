"""Importance: what each feature is worth on sessions that were held out, by shuffling it and by contributions."""

import lightgbm
import numpy as np
from scipy.special import expit

from analytics.estimate import Estimate
from analytics.experiment.interval import normal_quantile
from model.contributions import UNCHANGED, contributions_of
from model.examples import Examples, Floats
from model.report import Importance
from model.sampling import some_users
from model.scored import Scored
from model.scoring.auc import auc_influence
from model.scoring.influence import Influence, plain, ratio_of
from model.scoring.metrics import log_loss_influence
from model.trained import Sigmoid
from model.trees import threads_for

MOST_ROWS, MOST_EXPLAINED_ROWS = 30_000, 10_000
N_SHUFFLES = 5
_Model = tuple[lightgbm.Booster, Sigmoid]


def importance_of(
    booster: lightgbm.Booster, examples: Examples, confidence: float, seed: int, sigmoid: Sigmoid = UNCHANGED
) -> tuple[Importance, ...]:
    """Return what each feature is worth, the most important one first.

    Parameters
    ----------
    booster : lightgbm.Booster
        Trees with log loss.
    examples : Examples
        Sessions that the trees were not grown on, with both outcomes.
    confidence : float
        Two-sided level of the intervals.
    seed : int
        Of the shuffles, and of the users that are drawn where there are more than 30,000 rows.
    sigmoid : Sigmoid
        Behind the trees.

    Returns
    -------
    tuple of Importance
        By falling drop of the AUC.

    Notes
    -----
    The error of a mean over shuffles is that of the paired difference over users, from influence values averaged over
    the shuffles, and that of the shuffles themselves: the variance between them over their number.

    References
    ----------
    Breiman, L. (2001). Random forests. Machine Learning 45, 5-32, section 10.
    """
    drawn = examples.rows(some_users(examples, MOST_ROWS, seed))
    model: _Model = (booster, sigmoid)
    intact = _influences(_scored(model, drawn, drawn.x))
    contributions = _mean_contributions(model, drawn, confidence, seed)
    found = []
    for place, feature in enumerate(drawn.features):
        random = np.random.default_rng([seed, place])
        shuffled = [_influences(_scored(model, drawn, _shuffled(drawn.x, place, random))) for _ in range(N_SHUFFLES)]
        auc, loss = (_change(drawn, intact[name], [each[name] for each in shuffled], confidence) for name in (0, 1))
        found.append(Importance(feature.name, feature.label, _negative(auc), loss, contributions[place]))
    return tuple(sorted(found, key=lambda each: -(each.auc_drop.value or 0.0)))


def _scored(model: _Model, examples: Examples, x: Floats) -> Scored:
    booster, sigmoid = model
    logit = np.asarray(booster.predict(x, raw_score=True, num_threads=threads_for(len(x))))
    return Scored.of(examples, expit(sigmoid.slope * logit + sigmoid.intercept))


def _influences(scored: Scored) -> tuple[Influence, Influence]:
    return auc_influence(scored), log_loss_influence(scored)


def _shuffled(x: Floats, place: int, random: np.random.Generator) -> Floats:
    found = x.copy()
    found[:, place] = random.permutation(x[:, place])
    return found


def _change(examples: Examples, intact: Influence, shuffled: list[Influence], confidence: float) -> Estimate:
    values = np.array([each.value for each in shuffled])
    rows = np.mean([each.rows for each in shuffled], axis=0) - intact.rows
    sums = np.bincount(examples.user, rows)
    error = np.sqrt(np.square(sums).sum() + values.var(ddof=1) / len(values))
    value = float(values.mean()) - intact.value
    half = normal_quantile(confidence) * float(error)
    return Estimate(value, value - half, value + half, examples.n_sessions)


def _negative(found: Estimate) -> Estimate:
    if found.value is None or found.low is None or found.high is None:
        return found
    return Estimate(-found.value, -found.high, -found.low, found.n)


def _mean_contributions(model: _Model, examples: Examples, confidence: float, seed: int) -> tuple[Estimate, ...]:
    drawn = examples.rows(some_users(examples, MOST_EXPLAINED_ROWS, seed))
    sizes = np.abs(contributions_of(model[0], drawn.x, model[1], threads_for(len(drawn)))[:, :-1])
    scored = Scored.of(drawn, drawn.y)
    everyone = np.ones(len(drawn))
    return tuple(plain(ratio_of(scored, size, everyone), scored, confidence) for size in sizes.T)
