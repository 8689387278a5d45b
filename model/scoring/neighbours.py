"""Neighbours: what happened to sessions with like scores, the interval of a prediction."""

import numpy as np
from scipy.special import expit, logit

from model.examples import Floats, Whole
from model.report import Neighbours
from model.scored import Scored
from model.scoring.influence import clustered_wilson, effective_n

N_KNOTS = 80
MIN_SESSIONS = 200
_WIDEST = 0.025
_NEARNESS = 0.25
_ROUNDING = 1e-12
_STEPS = np.array([0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0])


def neighbours_of(scored: Scored, confidence: float) -> Neighbours:
    """Return the rates observed in overlapping windows of sessions with like scores.

    Parameters
    ----------
    scored : Scored
        Rows that the scores were not learned from.
    confidence : float
        Two-sided level in (0, 1).

    Notes
    -----
    Windows lie about ranks that are denser towards both ends. Each reaches a quarter of the way to the nearer end, at
    most 2.5 % and at least 100 sessions to each side, so that the highest scores are judged by the 200 sessions scored
    highest. Sessions of equal score are all in it or none. A window stands at its mean score. Beyond the outermost ones
    their ends are moved by as much as the score, in log odds: they are as far off as their nearest neighbours.
    """
    total = float(scored.weight.sum())
    if not total:
        return Neighbours((), (), (), ())
    order = np.argsort(scored.level, kind="stable")
    row = np.r_[0, np.cumsum(np.bincount(scored.level))]
    found = [_window(scored, order[row[start] : row[end]]) for start, end in _spans(scored, total)]
    weight, score, value, effective = (np.array(column) for column in zip(*found, strict=True))
    interval = clustered_wilson(value, effective, confidence)
    rows = _beyond(np.column_stack([score, interval.low, interval.high, np.rint(weight)]))
    scores, low, high = (tuple(column.tolist()) for column in rows.T[:3])
    return Neighbours(scores, low, high, tuple(rows[:, 3].astype(int).tolist()))


def _beyond(inside: Floats) -> Floats:
    """Return rows of (score, low, high, sessions) with some before the first and after the last one."""
    before, after = inside[[0] * len(_STEPS)].copy(), inside[[-1] * len(_STEPS)].copy()
    with np.errstate(divide="ignore"):
        before[:, :3] = expit(logit(before[:, :3]) - _STEPS[::-1, None])
        after[:, :3] = expit(logit(after[:, :3]) + _STEPS[:, None])
    return np.concatenate([before, inside, after])


def _spans(scored: Scored, total: float) -> list[tuple[int, int]]:
    """Return the windows as first level and the one after the last, each once, ascending."""
    reached = np.r_[0, np.cumsum(scored.at_levels(scored.weight))] / total
    least = min(MIN_SESSIONS / 2 / total, 0.5)
    rank = expit(np.linspace(logit(least), logit(1 - least), N_KNOTS))
    half = np.clip(_NEARNESS * np.minimum(rank, 1 - rank), least, max(_WIDEST, least))
    rank = np.clip(rank, half, 1 - half)
    start = np.searchsorted(reached, rank - half + _ROUNDING, side="right") - 1
    end = np.searchsorted(reached, rank + half - _ROUNDING, side="left")
    return sorted(set(zip(np.maximum(start, 0).tolist(), end.tolist(), strict=True)))


def _window(scored: Scored, order: Whole) -> tuple[float, float, float, float]:
    """Return sessions, mean score, observed rate and effective sessions of some rows."""
    weight, y = scored.weight[order], scored.y[order]
    total = float(weight.sum())
    value = float(weight @ y) / total
    users = _sums(scored, order, np.column_stack([weight, weight * (y - value)]))
    n_users = int(np.count_nonzero(users[:, 0]))
    least, variance = total**2 / float(np.square(users[:, 0]).sum()), float(np.square(users[:, 1]).sum()) / total**2
    variance *= n_users / (n_users - 1) if n_users > 1 else 0.0
    effective = effective_n(*map(np.asarray, (value, variance, total, least)))
    return total, float(weight @ scored.score[order]) / total, value, float(effective)


def _sums(scored: Scored, order: Whole, values: Floats) -> Floats:
    """Return sums of the values of some rows within their users, one line for each who has any."""
    if scored.n_users == len(scored):
        return values
    cluster = scored.cluster[order]
    by_user = np.argsort(cluster, kind="stable")
    starts = np.flatnonzero(np.diff(cluster[by_user], prepend=-1))
    return np.add.reduceat(values[by_user], starts, axis=0)
