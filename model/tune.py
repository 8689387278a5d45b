"""Tuning: a bounded, seeded search for better settings of the trees, where there is a signal to find."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import optuna
from scipy.special import xlogy

from model.examples import Examples, Floats, Whole
from model.learners.inner_split import compact
from model.sampling import some_users
from model.trees import TreeSettings, grow, threads_for

MOST_ROWS = 60_000
_STARTUP_TRIALS = 5


@dataclass(frozen=True, slots=True)
class _Fold:
    learned: Examples
    judged: Examples


def tune(examples: Examples, fold: Whole, base: TreeSettings, trials: int, seed: int) -> TreeSettings:
    """Return the settings with the least cross-validated log loss, or ``base`` where the gain is within chance.

    Parameters
    ----------
    examples : Examples
        To learn from; never the final hold-out.
    fold : ndarray of int, shape (n,)
        Of each row; rows of one user have one fold.
    base : TreeSettings
        What is usual; its number of trees, its one-hot limit and its early stopping are kept.
    trials : int
        Settings that are tried; 0 returns ``base``.
    seed : int
        Equal arguments give equal settings: the search is bounded by trials, never by time.

    Notes
    -----
    Tree-structured Parzen estimator (Bergstra et al. 2011) in memory; a trial whose folds so far are worse than the
    median of earlier trials ends early. The gain over ``base`` must exceed one standard error of the paired
    difference, clustered by user. Of more than 60,000 rows as many are searched on, of users drawn as a whole.
    """
    if not trials:
        return base
    drawn = some_users(examples, MOST_ROWS, seed)
    examples, fold = examples.rows(drawn), fold[drawn]
    parts = [_part(examples, fold == number) for number in np.unique(fold)]
    usual = np.concatenate([_losses(part, base, seed) for part in parts])
    best = _search(parts, base, trials, seed)
    gain = usual - np.concatenate([_losses(part, best, seed) for part in parts])
    judged = [part.judged for part in parts]
    weight, user = (np.concatenate([getattr(part, name) for part in judged]) for name in ("weight", "user"))
    mean, error = _mean_and_error(gain, weight, user)
    return best if mean > error else base


def _search(parts: list[_Fold], base: TreeSettings, trials: int, seed: int) -> TreeSettings:
    def loss(trial: optuna.Trial) -> float:
        settings, losses = _drawn(trial, base), []
        for step, part in enumerate(parts):
            losses.append(float(np.average(_losses(part, settings, seed), weights=part.judged.weight)))
            trial.report(float(np.mean(losses)), step)
            if trial.should_prune():
                raise optuna.TrialPruned
        return float(np.mean(losses))

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(
        sampler=optuna.samplers.TPESampler(seed=seed, n_startup_trials=_STARTUP_TRIALS),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=_STARTUP_TRIALS),
    )
    study.optimize(loss, n_trials=trials)
    return _drawn(optuna.trial.FixedTrial(study.best_params), base)


def _drawn(trial: optuna.Trial | optuna.trial.FixedTrial, base: TreeSettings) -> TreeSettings:
    return replace(
        base,
        depth=trial.suggest_int("depth", 2, 6),
        learning_rate=trial.suggest_float("learning_rate", 0.03, 0.2, log=True),
        min_sessions_in_leaf=trial.suggest_float("min_sessions_in_leaf", 20, 1000, log=True),
        l2=trial.suggest_float("l2", 0.1, 100, log=True),
        feature_share=trial.suggest_float("feature_share", 0.5, 1.0),
    )


def _part(examples: Examples, is_judged: npt.NDArray[np.bool_]) -> _Fold:
    return _Fold(compact(examples.rows(~is_judged)), examples.rows(is_judged))


def _losses(part: _Fold, settings: TreeSettings, seed: int) -> Floats:
    """Return the log loss of each row of a fold by trees that stop growing where that fold is served best."""
    booster = grow(part.learned, settings, seed, valid=part.judged)
    score = np.asarray(booster.predict(part.judged.x, num_threads=threads_for(len(part.judged))), np.float64)
    y = part.judged.y
    return np.asarray(-(xlogy(y, score) + xlogy(1 - y, 1 - score)), np.float64)


def _mean_and_error(value: Floats, weight: Floats, user: Whole) -> tuple[float, float]:
    """Return the weighted mean and its standard error, clustered by user."""
    mean = float(np.average(value, weights=weight))
    by_user = np.bincount(user, weight * (value - mean))
    return mean, float(np.sqrt(by_user @ by_user) / weight.sum())
