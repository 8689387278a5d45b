"""Logistic regression on one-hot categories and splines of numbers: encoding and normalisation as pipelines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import xlogy
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from model.examples import Examples, Floats
from model.learners.encoding import N_KNOTS, for_lines, stored_size
from model.learners.inner_split import compact, has_both_outcomes, inner_split
from model.trees import check_outcomes

STRENGTHS = (0.001, 0.01, 0.1, 1.0)
"""Inverse penalties that are tried."""
_MOST_ITERATIONS = 2_000


@dataclass(frozen=True, slots=True)
class FittedLogistic:
    """A sum of columns."""

    pipeline: Any
    settings: Mapping[str, str]
    n_bytes: int

    def score(self, x: Floats) -> Floats:
        """Return the probability of a conversion for each row."""
        return np.asarray(self.pipeline.predict_proba(x)[:, 1], np.float64)


@dataclass(frozen=True, slots=True)
class Logistic:
    """Logistic regression with an L2 penalty chosen on an inner part of the examples."""

    name: str = "logistic"
    label: str = "Logistic regression"

    def fit(self, examples: Examples, seed: int) -> FittedLogistic:
        """Return the fitted pipeline."""
        check_outcomes(examples)
        strength = _best_strength(examples, seed)
        pipeline = Pipeline([("columns", for_lines(examples.features)), ("logistic", _regression(strength))])
        rows = compact(examples)
        pipeline.fit(rows.x, rows.y, logistic__sample_weight=rows.weight)
        settings = {"c": f"{strength:g}", "penalty": "l2", "numbers": f"cubic splines, {N_KNOTS} knots"}
        return FittedLogistic(pipeline, settings, stored_size(pipeline))


def _best_strength(examples: Examples, seed: int) -> float:
    learned, chosen = inner_split(examples, seed)
    if not (has_both_outcomes(learned) and has_both_outcomes(chosen)):
        return STRENGTHS[len(STRENGTHS) // 2]
    learned, chosen = compact(learned), compact(chosen)
    columns = for_lines(examples.features)
    columns_learned, columns_chosen = columns.fit_transform(learned.x), columns.transform(chosen.x)

    def loss(strength: float) -> float:
        fitted = _regression(strength).fit(columns_learned, learned.y, learned.weight)
        return _log_loss(fitted.predict_proba(columns_chosen)[:, 1], chosen)

    return min(STRENGTHS, key=loss)


def _regression(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=_MOST_ITERATIONS)


def _log_loss(score: Floats, examples: Examples) -> float:
    likelihood = xlogy(examples.y, score) + xlogy(1 - examples.y, 1 - score)
    return float(-(examples.weight @ likelihood) / examples.weight.sum())
