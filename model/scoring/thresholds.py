"""Thresholds: what acting on the sessions scored highest means."""

from collections.abc import Sequence

import numpy as np

from model.report import Threshold
from model.scored import Scored
from model.scoring.confusion import RATIOS, confusion_of

_SHARES = np.r_[0.002, 0.005, np.arange(0.01, 0.1, 0.01), np.arange(0.1, 1, 0.02)]


def thresholds_of(scored: Scored, confidence: float, also: Sequence[float] = ()) -> tuple[Threshold, ...]:
    """Return what is found and missed at some sixty thresholds, ascending from 0 (everybody) to 1.

    Parameters
    ----------
    scored : Scored
        Rows with scores.
    confidence : float
        Two-sided level in (0, 1).
    also : sequence of float
        Thresholds that must be among them, such as that of the rule.
    """
    thresholds = np.unique(np.r_[0.0, _at_shares(scored), np.asarray(also, dtype=np.float64), 1.0])
    confusion = confusion_of(scored, thresholds)
    found = {name: confusion.estimates(name, confidence) for name in RATIOS}
    return tuple(
        Threshold(float(threshold), **{name: column[place] for name, column in found.items()})
        for place, threshold in enumerate(thresholds)
    )


def rule_threshold(value_of_conversion: float, cost_of_action: float) -> float:
    """Return the score from which an action is worth its cost: cost over value, at most 1.

    Notes
    -----
    Acting on a session with chance p adds ``p value - cost`` on average, see `worth_of` in `model.scoring.worth`. With
    scores that are chances this threshold is the best one, and it is not picked on the sessions that judge it.
    """
    return min(cost_of_action / value_of_conversion, 1.0)


def _at_shares(scored: Scored) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the scores down to which given shares of the sessions reach."""
    if not len(scored):
        return np.zeros(0)
    reached = np.cumsum(scored.at_levels(scored.weight)[::-1])
    places = np.searchsorted(reached, _SHARES * reached[-1] * (1 - 1e-12))
    return np.asarray(scored.levels[::-1][np.minimum(places, len(reached) - 1)])
