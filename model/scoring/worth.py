"""worth_of: what acting on the sessions above a threshold is worth, against acting on all and on none."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.estimate import Estimate
from model.report import Threshold

SESSIONS = 1_000
"""Worth is told per so many sessions."""

_UNKNOWN = Estimate(None, None, None, 0)
_Term = tuple[float, Estimate]


@dataclass(frozen=True, slots=True)
class Worth:
    """What acting is worth per `SESSIONS` sessions, in the currency.

    Attributes
    ----------
    over_none, over_all : Estimate
        Against acting on no session, and against acting on each.
    """

    over_none: Estimate
    over_all: Estimate


def worth_of(threshold: Threshold, value: float, cost: float) -> Worth:
    """Return what acting on all sessions scored at least a threshold is worth.

    Parameters
    ----------
    threshold : Threshold
        Shares of sessions, with intervals.
    value : float
        What an action gains with a session that converts.
    cost : float
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
    found, wasted = threshold.true_positive, threshold.false_positive
    missed, spared = threshold.false_negative, threshold.true_negative
    return Worth(
        _sum((value - cost, found), (-cost, wasted)),
        _sum((cost - value, missed), (cost, spared)),
    )


def best_of(thresholds: Sequence[Threshold], value: float, cost: float) -> Threshold:
    """Return the threshold that was worth most on the sessions held out, of equal ones the highest.

    Parameters
    ----------
    thresholds : sequence of Threshold
        At least one.
    value, cost : float
        Of a conversion, and of an action.

    Notes
    -----
    It is picked by the numbers that are shown of it, so that these are a little too good. Show it beside the rule's;
    where the two are far apart the scores are not chances.
    """
    descending = sorted(thresholds, key=lambda one: -one.threshold)
    return max(descending, key=lambda one: worth_of(one, value, cost).over_none.value or 0.0)


def _sum(one: _Term, other: _Term) -> Estimate:
    """Return a weighted sum of two parts of one whole, per `SESSIONS`."""
    if one[1].value is None or other[1].value is None:
        return _UNKNOWN
    value, n = SESSIONS * (one[0] * one[1].value + other[0] * other[1].value), one[1].n
    reaches = _reach(*one), _reach(*other)
    if reaches[0] is None or reaches[1] is None:
        return Estimate(value, None, None, n)
    correlation = _correlation(one[1].value, other[1].value) * (1 if one[0] * other[0] > 0 else -1)
    low, high = (
        SESSIONS * _joined(mine, theirs, correlation) for mine, theirs in zip(reaches[0], reaches[1], strict=True)
    )
    return Estimate(value, value - low, value + high, n)


def _reach(factor: float, share: Estimate) -> tuple[float, float] | None:
    """Return how far below and above its value a share times a factor may lie."""
    if share.value is None or share.low is None or share.high is None:
        return None
    below, above = abs(factor) * (share.value - share.low), abs(factor) * (share.high - share.value)
    return (below, above) if factor >= 0 else (above, below)


def _correlation(one: float, other: float) -> float:
    """Return the correlation of the shares of two parts of one whole."""
    scatter = one * (1 - one) * other * (1 - other)
    return float(-one * other / scatter**0.5) if scatter > 0 else 0.0


def _joined(one: float, other: float, correlation: float) -> float:
    return float(max(one**2 + other**2 + 2 * correlation * one * other, 0.0) ** 0.5)
