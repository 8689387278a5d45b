"""Contributions: what each feature adds to the log odds of a prediction, exact for trees."""

import lightgbm
import numpy as np

from model.examples import Floats
from model.trained import Sigmoid

UNCHANGED = Sigmoid()


def contributions_of(booster: lightgbm.Booster, x: Floats, sigmoid: Sigmoid = UNCHANGED, threads: int = 1) -> Floats:
    """Return contributions in log odds; a row's sum is the logit of its prediction.

    Parameters
    ----------
    booster : lightgbm.Booster
        Trees with log loss.
    x : ndarray of float, shape (n, k)
        Rows, features in the order of training.
    sigmoid : Sigmoid
        Recalibration behind the trees: its slope stretches all contributions, its intercept goes to the base.
    threads : int
        0: as many as OpenMP gives, which hang in a process that was forked.

    Returns
    -------
    ndarray of float, shape (n, k + 1)
        One column a feature, last the base: the mean logit of what was learned from.

    References
    ----------
    Lundberg, S. M., et al. (2020). From local explanations to global understanding with explainable AI for trees.
    Nature Machine Intelligence 2, 56-67, algorithm 2.
    """
    rows = np.asarray(x, dtype=np.float64)
    if not len(rows):
        return np.zeros((0, booster.num_feature() + 1))
    found = np.asarray(booster.predict(rows, pred_contrib=True, num_threads=threads), dtype=np.float64) * sigmoid.slope
    found[:, -1] += sigmoid.intercept
    return found
