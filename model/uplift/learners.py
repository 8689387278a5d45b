"""Learners of effects by visitor: doubly robust, X, T and S, each judged on users whom it did not see."""

from dataclasses import dataclass

import lightgbm
import numpy as np

from analytics.experiment.interval import Floats
from model.uplift.trial import Trial

LABELS = {"dr": "Doubly robust", "x": "X-learner", "t": "T-learner", "s": "S-learner"}
FIRST = "dr"
_COMMON = {
    "learning_rate": 0.1,
    "min_data_in_leaf": 1,
    "min_data_in_bin": 1,
    "min_data_per_group": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}
_RATE = {"objective": "cross_entropy", "max_depth": 3, "num_leaves": 8, "num_iterations": 80}
_EFFECT = {"objective": "regression", "max_depth": 2, "num_leaves": 4, "num_iterations": 20}
_LEAF_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Predictions:
    """What is predicted of each session by models that its user is not part of.

    Attributes
    ----------
    control, treatment : ndarray of float, shape (n,)
        Conversion rate under each variant, learned from all other folds.
    effects : dict of str to ndarray of float
        By learner: treatment less control; NaN in folds that are only learned from.
    """

    control: Floats
    treatment: Floats
    effects: dict[str, Floats]


def predict(trial: Trial) -> Predictions:
    """Return rates learned from all other folds, and effects learned from all earlier ones.

    Parameters
    ----------
    trial : Trial
        What to learn from.

    Notes
    -----
    Trees are grown on cells of equal visitors with their sessions as weights, which are the trees of single sessions.
    With e the share of the treatment:
    T: ``m1(x) - m0(x)``, each from its variant. S: one model with the variant as a feature. X: ``e t0 + (1 - e) t1``,
    t1 from ``y - m0(x)`` of the treated, t0 from ``m1(x) - y`` of control. Doubly robust: from
    ``m1 - m0 + T (y - m1) / e - (1 - T) (y - m0) / (1 - e)`` with m0 and m1 from the other ones of the earlier folds.
    Effects go forward, from earlier folds to the next: each pair of users is compared in one direction only. Were each
    fold predicted from all others, each pair would count twice, and the error of what is judged would be understated,
    by the root of 2 where there is nothing to learn.

    References
    ----------
    Künzel, S. R. et al. (2019). Metalearners for estimating heterogeneous treatment effects. PNAS 116, 4156-4165.
    Kennedy, E. H. (2023). Towards optimal doubly robust estimation of heterogeneous causal effects. EJS 17, 3008-3049.
    Luedtke, A. R., van der Laan, M. J. (2016). Statistical inference for the mean outcome under a possibly non-unique
    optimal treatment strategy. Annals of Statistics 44, 713-742 (folds that go forward).
    """
    n, converted = trial.counts()
    rates = np.zeros((2, trial.n_folds, len(trial.cells)))
    effects = np.full((len(LABELS), trial.n_folds, len(trial.cells)), np.nan)
    for fold in range(trial.n_folds):
        rates[:, fold] = _rates(trial, *_summed(n, converted, trial.others(fold)))
    for fold in trial.judged_folds:
        effects[:, fold] = _effects(trial, n[:fold], converted[:fold])
    control, treatment, *found = np.concatenate([rates, effects])[:, trial.fold, trial.cell]
    return Predictions(control, treatment, dict(zip(LABELS, found, strict=True)))


def allocation(trial: Trial) -> Floats:
    """Return for each session the probability of the treatment, learned from all earlier folds; NaN in the first."""
    n, _ = trial.counts()
    found = np.full((trial.n_folds, len(trial.cells)), np.nan)
    for fold in trial.judged_folds:
        control, treated = n[:fold].sum(axis=0)
        found[fold] = _fitted(trial, treated, control + treated, is_rate=True)
    return found[trial.fold, trial.cell]


def grow(trial: Trial, cells: Floats, target: Floats, weight: Floats, *, is_rate: bool) -> lightgbm.Booster:
    """Return trees for a rate or an effect.

    Parameters
    ----------
    trial : Trial
        Whose features the columns are; one more column is the variant.
    cells : ndarray of float, shape (m, k) or (m, k + 1)
        Visitors.
    target, weight : ndarray of float, shape (m,)
        Mean outcome of each, and sessions behind it; those without are passed over.
    is_rate : bool
        Whether targets are rates, else effects.
    """
    seen = weight > 0
    kinds = [feature.kind for feature in trial.examples.features]
    categories = [place for place, kind in enumerate(kinds) if kind == "category"]
    data = lightgbm.Dataset(cells[seen], target[seen], weight=weight[seen], categorical_feature=categories)
    mean = float(weight[seen] @ target[seen] / weight[seen].sum())
    least = _LEAF_SHARE * float(weight.sum()) * (mean * (1 - mean) if is_rate else 1.0)
    own = _RATE if is_rate else _EFFECT
    return lightgbm.train({**_COMMON, **own, "min_sum_hessian_in_leaf": max(least, 1e-3)}, data)


def _predicted(booster: lightgbm.Booster, cells: Floats) -> Floats:
    return np.asarray(booster.predict(cells, num_threads=1), dtype=np.float64)


def _fitted(trial: Trial, total: Floats, weight: Floats, *, is_rate: bool) -> Floats:
    """Return what trees say of every cell, learned from sums and sessions of some."""
    mean = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
    if not trial.cells.shape[1]:
        return np.full(len(mean), weight @ mean / weight.sum())
    return _predicted(grow(trial, trial.cells, mean, weight, is_rate=is_rate), trial.cells)


def _summed(n: Floats, converted: Floats, folds: list[int]) -> tuple[Floats, Floats]:
    return n[folds].sum(axis=0), converted[folds].sum(axis=0)


def _effects(trial: Trial, n: Floats, converted: Floats) -> tuple[Floats, ...]:
    """Return what each learner says of every cell, learned from the folds given."""
    given = (n.sum(axis=0), converted.sum(axis=0))
    rates = _rates(trial, *given)
    return _doubly_robust(trial, n, converted), _x(trial, *given, rates), rates[1] - rates[0], _s(trial, *given)


def _rates(trial: Trial, n: Floats, converted: Floats) -> tuple[Floats, Floats]:
    control, treatment = (_fitted(trial, converted[arm], n[arm], is_rate=True) for arm in (0, 1))
    return control, treatment


def _s(trial: Trial, n: Floats, converted: Floats) -> Floats:
    both = [np.column_stack([trial.cells, np.full(len(trial.cells), float(arm))]) for arm in (0, 1)]
    mean = np.divide(converted, n, out=np.zeros_like(n), where=n > 0)
    booster = grow(trial, np.concatenate(both), mean.ravel(), n.ravel(), is_rate=True)
    return _predicted(booster, both[1]) - _predicted(booster, both[0])


def _x(trial: Trial, n: Floats, converted: Floats, rates: tuple[Floats, Floats]) -> Floats:
    of_control = _fitted(trial, n[0] * rates[1] - converted[0], n[0], is_rate=False)
    of_treated = _fitted(trial, converted[1] - n[1] * rates[0], n[1], is_rate=False)
    return trial.share * of_control + (1 - trial.share) * of_treated


def _doubly_robust(trial: Trial, n: Floats, converted: Floats) -> Floats:
    total, weight, share = np.zeros(len(trial.cells)), np.zeros(len(trial.cells)), trial.share
    for fold in range(len(n)):
        rest = [other for other in range(len(n)) if other != fold]
        control, treatment = _rates(trial, *_summed(n, converted, rest))
        (n0, n1), (y0, y1) = n[fold], converted[fold]
        total += (n0 + n1) * (treatment - control) + (y1 - n1 * treatment) / share - (y0 - n0 * control) / (1 - share)
        weight += n0 + n1
    return _fitted(trial, total, weight, is_rate=False)
