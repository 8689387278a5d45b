"""worth_of: what acting on the sessions above a threshold is worth, against acting on all and on none."""

from dataclasses import dataclass

from analytics.estimate import Estimate
from model.report import Threshold

SESSIONS = 1_000
"""Worth is told per so many sessions."""


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

    A session acted on costs ``cost``, and brings ``value`` where it converts: what selecting finds, not what the action
    causes. Shares of one sample are not independent, so the half-widths of their intervals are added up, weighted: the
    interval covers at least as often as theirs.

    Parameters
    ----------
    threshold : Threshold
        Shares of sessions, with intervals.
    value : float
        Of a conversion.
    cost : float
        Of an action.
    """
    found, wasted = threshold.true_positive, threshold.false_positive
    missed, spared = threshold.false_negative, threshold.true_negative
    return Worth(
        _sum((value - cost, found), (-cost, wasted)),
        _sum((cost - value, missed), (cost, spared)),
    )


def best_of(thresholds: tuple[Threshold, ...], value: float, cost: float) -> Threshold:
    """Return the threshold that is worth most; of equal ones the first.

    Parameters
    ----------
    thresholds : tuple of Threshold
        At least one.
    value, cost : float
        Of a conversion, and of an action.
    """
    return max(thresholds, key=lambda one: worth_of(one, value, cost).over_none.value or 0.0)


def _sum(*terms: tuple[float, Estimate]) -> Estimate:
    value = sum(weight * (share.value or 0.0) for weight, share in terms)
    down = sum(_half(weight, share) for weight, share in terms)
    up = sum(_half(-weight, share) for weight, share in terms)
    return Estimate(SESSIONS * value, SESSIONS * (value - down), SESSIONS * (value + up), terms[0][1].n)


def _half(weight: float, share: Estimate) -> float:
    """Return how far a weighted share may be below its value."""
    if share.value is None or share.low is None or share.high is None:
        return 0.0
    return weight * (share.value - share.low) if weight > 0 else -weight * (share.high - share.value)
