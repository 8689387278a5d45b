"""Lift: how many times the base rate the best-scored tenth of the sessions converts."""

import numpy as np

from analytics.estimate import Estimate
from model.examples import Floats
from model.scored import Scored
from model.scoring.influence import NOTHING, Influence, n_users_where, small_sample, wilson_of

TOP = 0.1
_NEAR = 0.25


def gain_influence(scored: Scored, top: float = TOP) -> Influence:
    """Return the share of all conversions among the best-scored part of the sessions, with its influence values.

    Parameters
    ----------
    scored : Scored
        Rows with scores.
    top : float
        Part of the sessions; of equal scores at its edge as many as are needed, as if picked by lot.

    Notes
    -----
    With a = 1 in the part and 0 below it, a row's influence is ``w (y a - gain y - r (a - top)) / conversions``, where
    r is the rate at the edge: adding a session on top pushes another one out there. r is taken over the sessions whose
    rank is within a quarter of ``top`` of the edge.
    """
    converted = float(scored.weight @ scored.y)
    if converted <= 0:
        return Influence(float("nan"), np.zeros(len(scored)))
    sizes = scored.at_levels(scored.weight)
    reached = np.cumsum(sizes[::-1])[::-1]
    edge = top * sizes.sum()
    part = np.clip((edge - (reached - sizes)) / np.maximum(sizes, np.finfo(np.float64).tiny), 0, 1)
    inside, rate = part[scored.level], _rate_near(scored, reached, (edge, _NEAR * edge))
    value = float((scored.weight * scored.y) @ inside) / converted
    rows = scored.y * (inside - value) - rate * (inside - top)
    factor = small_sample(n_users_where(scored, scored.y)) / converted
    return Influence(value, factor * scored.weight * rows)


def lift(scored: Scored, confidence: float, top: float = TOP) -> Estimate:
    """Return the rate of the best-scored part over that of all, clustered by user.

    Parameters
    ----------
    scored : Scored
        Rows with scores.
    confidence : float
        Two-sided level in (0, 1).
    top : float
        Part of the sessions.

    Notes
    -----
    Lift is gain / top. The interval is Wilson's of the gain on its effective number of sessions, so that it stays
    between 0 and 1 / top.
    """
    gain = wilson_of(scored, gain_influence(scored, top), scored.y, (scored.n_sessions, confidence))
    if gain.value is None:
        return NOTHING
    low, high = (None if end is None else end / top for end in (gain.low, gain.high))
    return Estimate(gain.value / top, low, high, scored.n_sessions)


def _rate_near(scored: Scored, reached: Floats, edge: tuple[float, float]) -> float:
    """Return the rate where so many sessions are scored at least as high, within some sessions on both sides."""
    place, width = edge
    sizes = scored.at_levels(scored.weight)
    is_near = (reached > place - width) & (reached - sizes < place + width)
    return float(scored.converted_at[is_near].sum() / max(sizes[is_near].sum(), np.finfo(np.float64).tiny))
