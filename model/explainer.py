"""TreeExplainer: log odds and contributions by the trees themselves, where no table of cells holds them."""

from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from model.examples import Floats
from model.trained import TrainedTask


class Explained(NamedTuple):
    """Predictions with their reasons; ``contributions`` and ``base_log_odds`` add up to ``log_odds``.

    Attributes
    ----------
    log_odds : ndarray of float, shape (n,)
        Behind the sigmoid.
    contributions : ndarray of float, shape (n, k)
        Of each feature.
    base_log_odds : float
        Expectation of the trees, behind the sigmoid.
    """

    log_odds: Floats
    contributions: Floats
    base_log_odds: float


class TreeExplainer:
    """The trees of a task; they are read, and LightGBM imported, when they are first asked.

    Parameters
    ----------
    task : TrainedTask
        With the trees and what stands behind them.
    """

    def __init__(self, task: TrainedTask) -> None:
        self._task, self._lock = task, Lock()
        self._booster: Any = None

    def explain(self, x: Floats) -> Explained:
        """Return the predictions of rows, shape (n, k)."""
        # threads of OpenMP hang in a process that was forked
        rows = np.ascontiguousarray(x) if len(x) else np.full((1, x.shape[1]), np.nan)
        raw = self._trees().predict(rows, pred_contrib=True, num_threads=1)
        log_odds, contributions, base = behind_sigmoid(raw, self._task)
        return Explained(log_odds[: len(x)], contributions[: len(x)], base)

    def _trees(self) -> Any:
        with self._lock:
            if self._booster is None:
                import lightgbm

                self._booster = lightgbm.Booster(model_str=self._task.trees)
            return self._booster


def behind_sigmoid(raw: Floats, task: TrainedTask) -> Explained:
    """Return predictions as they are served: the slope scales all, the intercept goes to the base.

    Parameters
    ----------
    raw : ndarray of float, shape (n, k + 1)
        Contributions of the trees, their expectation last, as of ``pred_contrib``; at least one row.
    task : TrainedTask
        Whose sigmoid it is.
    """
    scaled = raw * task.sigmoid.slope
    base = float(scaled[0, -1]) + task.sigmoid.intercept
    contributions = np.ascontiguousarray(scaled[:, :-1])
    return Explained(contributions.sum(axis=1) + base, contributions, base)
