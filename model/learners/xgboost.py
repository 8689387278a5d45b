"""XGBoost, given what LightGBM is given: the same depth, number of trees, least leaf and early stopping."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import xgboost

from model.examples import Examples, Floats
from model.learners.inner_split import compact, has_both_outcomes, inner_split
from model.tree_settings import TreeSettings
from model.trees import check_outcomes, threads_for


@dataclass(frozen=True, slots=True)
class FittedXGBoost:
    """Trees of XGBoost."""

    booster: xgboost.Booster
    kinds: list[str]
    settings: Mapping[str, str]
    n_bytes: int

    def score(self, x: Floats) -> Floats:
        """Return the probability of a conversion for each row."""
        data = xgboost.DMatrix(x, feature_types=self.kinds, enable_categorical=True)
        self.booster.set_param({"nthread": threads_for(len(x))})
        return np.asarray(self.booster.predict(data), np.float64)


@dataclass(frozen=True, slots=True)
class XGBoost:
    """Histogram trees; ``tree_settings`` are those of `LightGBM`."""

    tree_settings: TreeSettings = field(default_factory=TreeSettings)
    name: str = "xgboost"
    label: str = "XGBoost"

    def fit(self, examples: Examples, seed: int) -> FittedXGBoost:
        """Return the trees."""
        check_outcomes(examples)
        settings = replace(self.tree_settings, trees=self._best_number(examples, seed))
        booster = _grown(compact(examples), settings, seed)
        text = settings.as_text() | {"tree_method": "hist"}
        return FittedXGBoost(booster, _kinds(examples), text, len(booster.save_raw("ubj")))

    def _best_number(self, examples: Examples, seed: int) -> int:
        learned, chosen = inner_split(examples, seed)
        if not (has_both_outcomes(learned) and has_both_outcomes(chosen)):
            return self.tree_settings.trees
        return int(_grown(compact(learned), self.tree_settings, seed, compact(chosen)).best_iteration) + 1


def _grown(examples: Examples, settings: TreeSettings, seed: int, valid: Examples | None = None) -> xgboost.Booster:
    stopping = {} if valid is None else {"early_stopping_rounds": settings.stop_after}
    judged_on = [] if valid is None else [(_matrix(valid), "valid")]
    parameters = _parameters(settings, examples.base_rate, seed) | {"nthread": threads_for(len(examples))}
    return xgboost.train(parameters, _matrix(examples), settings.trees, evals=judged_on, verbose_eval=False, **stopping)


def _parameters(settings: TreeSettings, base_rate: float, seed: int) -> dict[str, Any]:
    return {
        "objective": "binary:logistic",
        "eval_metric": "logloss",
        "tree_method": "hist",
        "max_depth": settings.depth,
        "eta": settings.learning_rate,
        "min_child_weight": settings.min_sessions_in_leaf * base_rate * (1 - base_rate),
        "lambda": settings.l2,
        "colsample_bytree": settings.feature_share,
        "max_cat_to_onehot": settings.one_hot_up_to,
        "base_score": base_rate,
        "seed": seed,
    }


def _matrix(examples: Examples) -> xgboost.DMatrix:
    return xgboost.DMatrix(
        examples.x, examples.y, weight=examples.weight, feature_types=_kinds(examples), enable_categorical=True
    )


def _kinds(examples: Examples) -> list[str]:
    return ["c" if feature.kind == "category" else "q" for feature in examples.features]
