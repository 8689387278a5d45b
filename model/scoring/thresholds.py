"""Thresholds: what acting on the sessions scored highest means, and what it is worth."""

from collections.abc import Sequence

import numpy as np

from analytics.estimate import Estimate
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
    Acting on a session with chance p adds ``p value - cost`` on average, see `worth_of`. With scores that are chances
    this threshold is the best one, and it is not picked on the sessions that judge it, as that of `best_threshold` is.
    """
    return min(cost_of_action / value_of_conversion, 1.0)


def best_threshold(thresholds: Sequence[Threshold], value_of_conversion: float, cost_of_action: float) -> Threshold:
    """Return the threshold that was worth most on the sessions held out, of equal ones the highest.

    Notes
    -----
    It is picked by the numbers that are shown of it, so that these are a little too good. Show it beside
    `rule_threshold`; where the two are far apart the scores are not chances.
    """
    ascending = sorted(thresholds, key=lambda one: one.threshold)
    return max(reversed(ascending), key=lambda one: worth_of(one, value_of_conversion, cost_of_action).value or 0.0)


def worth_of(threshold: Threshold, value_of_conversion: float, cost_of_action: float) -> Estimate:
    """Return what acting on the selected sessions is worth per session, against acting on none.

    Parameters
    ----------
    threshold : Threshold
        Which sessions are selected.
    value_of_conversion : float
        What an action gains with a session that converts.
    cost_of_action : float
        Of acting on one session.

    Notes
    -----
    ``value TP - cost (TP + FP)`` in shares of all sessions. It takes for granted that acting secures the whole value of
    a session that would convert and nothing of another one, such as holding an item in stock for it. How much an action
    changes conversions is another question, which only an experiment answers (see the uplift of engines). The interval
    joins those of the two shares by squares, which move against each other as parts of one whole do.

    References
    ----------
    Zou, G. Y., Donner, A. (2008). Construction of confidence limits about effect measures: a general approach.
    Statistics in Medicine 27, 1693-1702.
    """
    gain, loss = threshold.true_positive, threshold.false_positive
    if gain.value is None or loss.value is None:
        return Estimate(None, None, None, gain.n)
    factors = (value_of_conversion - cost_of_action, -cost_of_action)
    value = factors[0] * gain.value + factors[1] * loss.value
    ends = [_reach(share, factor) for share, factor in zip((gain, loss), factors, strict=True)]
    if any(end is None for pair in ends for end in pair):
        return Estimate(value, None, None, gain.n)
    correlation = _correlation(gain.value, loss.value) * float(np.sign(factors[0] * factors[1]))
    low, high = (_joined(ends[0][side] or 0.0, ends[1][side] or 0.0, correlation) for side in (0, 1))
    return Estimate(value, value - low, value + high, gain.n)


def _at_shares(scored: Scored) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the scores down to which given shares of the sessions reach."""
    if not len(scored):
        return np.zeros(0)
    reached = np.cumsum(scored.at_levels(scored.weight)[::-1])
    places = np.searchsorted(reached, _SHARES * reached[-1] * (1 - 1e-12))
    return np.asarray(scored.levels[::-1][np.minimum(places, len(reached) - 1)])


def _reach(share: Estimate, factor: float) -> tuple[float | None, float | None]:
    """Return how far below and above its value a share times a factor may lie."""
    if share.value is None or share.low is None or share.high is None:
        return None, None
    below, above = abs(factor) * (share.value - share.low), abs(factor) * (share.high - share.value)
    return (below, above) if factor >= 0 else (above, below)


def _correlation(one: float, other: float) -> float:
    """Return the correlation of the shares of two parts of one whole."""
    scatter = one * (1 - one) * other * (1 - other)
    return float(-one * other / scatter**0.5) if scatter > 0 else 0.0


def _joined(one: float, other: float, correlation: float) -> float:
    return float(np.sqrt(max(one**2 + other**2 + 2 * correlation * one * other, 0.0)))
