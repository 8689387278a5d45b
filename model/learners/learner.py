"""Learner: what makes scores of examples; and the two ways to ask several of them for scores."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

import numpy as np

from model.examples import Examples, Floats, Whole


class Fitted(Protocol):
    """A learner that has learned."""

    @property
    def settings(self) -> Mapping[str, str]:
        """How it was set, and what it chose by itself."""

    @property
    def n_bytes(self) -> int:
        """Its size when stored."""

    def score(self, x: Floats) -> Floats:
        """Return the probability of a conversion for rows as in `Examples.x`."""


class Learner(Protocol):
    """A way to learn; all take weights, categories as codes, and missing values as NaN.

    Attributes
    ----------
    name, label : str
        Such as ``lightgbm``, LightGBM.
    """

    @property
    def name(self) -> str:
        """The same in files, URLs and the API."""

    @property
    def label(self) -> str:
        """What people read."""

    def fit(self, examples: Examples, seed: int) -> Fitted:
        """Return what was learned; InputError without sessions of both outcomes."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One learner after its training, which took ``seconds``."""

    learner: Learner
    fitted: Fitted
    seconds: float


def fit_all(learners: Iterable[Learner], examples: Examples, seed: int) -> tuple[Fit, ...]:
    """Return each learner trained on all examples, in the order given."""
    return tuple(_timed(learner, examples, seed) for learner in learners)


def cross_score(learner: Learner, examples: Examples, fold: Whole, seed: int) -> Floats:
    """Return scores of each row by a model that has not seen its fold.

    Parameters
    ----------
    learner : Learner
        Trained once for each fold.
    examples : Examples
        All rows.
    fold : ndarray of int, shape (n,)
        Of each row; rows of one user have one fold.
    seed : int
        Of whatever is drawn.

    Returns
    -------
    ndarray of float, shape (n,)
        In the order of the rows.
    """
    scores = np.empty(len(examples))
    for part in np.unique(fold):
        is_out = fold == part
        scores[is_out] = learner.fit(examples.rows(~is_out), seed).score(examples.x[is_out])
    return scores


def _timed(learner: Learner, examples: Examples, seed: int) -> Fit:
    begin = perf_counter()
    fitted = learner.fit(examples, seed)
    return Fit(learner, fitted, perf_counter() - begin)
