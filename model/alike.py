"""Sessions scored alike: the interval of a score, from the rates observed among sessions held out."""

import numpy as np

from model.examples import Floats
from model.report import Neighbours


def intervals_at(neighbours: Neighbours, scores: Floats) -> tuple[Floats, Floats, Floats]:
    """Return low ends, high ends and numbers of sessions at scores, each of their shape; NaN where nothing is known.

    Parameters
    ----------
    neighbours : Neighbours
        Knots, between which all three are interpolated; beyond the outer ones they stay.
    scores : ndarray of float
        Probabilities.
    """
    if not neighbours.scores:
        return np.full(scores.shape, np.nan), np.full(scores.shape, np.nan), np.zeros(scores.shape)
    parts = (neighbours.low, neighbours.high, neighbours.n)
    low, high, n = (np.interp(scores, neighbours.scores, np.asarray(part, np.float64)) for part in parts)
    return low, high, n


def interval_at(neighbours: Neighbours, score: float) -> tuple[float | None, float | None, int]:
    """Return low end, high end and number of sessions at one score; None, None and 0 where nothing is known."""
    low, high, n = (float(part[0]) for part in intervals_at(neighbours, np.array([score])))
    return (low, high, round(n)) if n else (None, None, 0)
