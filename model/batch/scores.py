"""Scores: the columns that are added to each session, made once for each combination that scores alike."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from model.alike import intervals_at
from model.bins import bins_of
from model.examples import Floats, Whole
from model.explainer import Explained
from model.predictor import Predictor, probability_of

N_DRIVERS = 3
_DIGITS = 6
_EFFECT_DIGITS = 4
_MOST_CELLS = 2**62


def names_of_scores() -> tuple[str, ...]:
    """Return the names of the columns that are added."""
    drivers = [(f"driver_{number}", f"driver_{number}_effect") for number in range(1, N_DRIVERS + 1)]
    return ("score", "score_low", "score_high", *(name for pair in drivers for name in pair))


class Scores:
    """Adds scores with their drivers.

    Parameters
    ----------
    predictor : Predictor
        What predicts.
    columns : mapping of str to str
        Name of each feature's column, which drivers are called by.
    """

    def __init__(self, predictor: Predictor, columns: Mapping[str, str]) -> None:
        self._predictor = predictor
        self._names = pa.array([columns[feature.name] for feature in predictor.task.features], pa.string())
        self._bins = predictor.cells.bins if predictor.cells else bins_of(predictor.task.trees, predictor.task.features)
        self._all = self._columns(_every(predictor)) if predictor.cells or predictor.task.is_withheld else None

    def of(self, x: Floats) -> pa.Table:
        """Return the added columns of rows of features, shape (n, k)."""
        if self._all is not None:
            is_withheld = self._predictor.task.is_withheld
            return self._all.take(np.zeros(len(x), np.int64) if is_withheld else self._bins.index(x))
        first, inverse = self._alike(x)
        return self._columns(self._predictor.explainer.explain(x[first])).take(inverse)

    def _alike(self, x: Floats) -> tuple[Whole, Whole]:
        """Return the first of the rows that score alike, and which of these each row is."""
        is_small = self._bins.n_cells < _MOST_CELLS
        rows = self._bins.index(x) if is_small else np.ascontiguousarray(x).view(f"V{x.shape[1] * x.itemsize}").ravel()
        _, first, inverse = np.unique(rows, return_index=True, return_inverse=True)
        return first, inverse

    def _columns(self, explained: Explained) -> pa.Table:
        task = self._predictor.task
        probability = probability_of(explained.log_odds)
        if task.is_withheld:
            rate = task.base_rate
            ends = tuple(np.full(len(probability), np.nan if end is None else end) for end in (rate.low, rate.high))
        else:
            ends = intervals_at(task.neighbours, probability)[:2]
        columns = [pa.array(np.round(part, _DIGITS), from_pandas=True) for part in (probability, *ends)]
        order = np.argsort(-np.abs(explained.contributions), axis=1, kind="stable")[:, :N_DRIVERS]
        effects = np.round(np.take_along_axis(explained.contributions, order, axis=1), _EFFECT_DIGITS) + 0.0
        for place in range(N_DRIVERS):
            columns += self._driver(order, effects, place)
        return pa.table(columns, names=list(names_of_scores()))

    def _driver(self, order: Whole, effects: Floats, place: int) -> tuple[pa.Array, pa.Array]:
        if place >= order.shape[1]:
            return pa.nulls(len(order), pa.string()), pa.nulls(len(order), pa.float64())
        return self._names.take(pa.array(order[:, place])), pa.array(effects[:, place])


def _every(predictor: Predictor) -> Explained:
    """Return what is said of every combination; of none in particular where nothing can be told apart."""
    task, cells = predictor.task, predictor.cells
    if task.is_withheld or cells is None:
        rate = task.base_rate.value or 0.0
        odds = np.log(np.array([rate]) / (1 - rate))
        return Explained(odds, np.zeros((1, 0)), float(odds[0]))
    return Explained(cells.log_odds, cells.contributions, cells.base_log_odds)
