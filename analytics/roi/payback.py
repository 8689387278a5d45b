"""Payback: after how many days what was spent once has come back; nothing where it never does."""

import math
from dataclasses import dataclass

from analytics.roi.cost import EngineCost


@dataclass(frozen=True, slots=True)
class Payback:
    """Days until what was spent once has come back.

    Attributes
    ----------
    days : float or None
        At the estimate; None where it never comes back, or nothing is known.
    soonest, latest : float or None
        At the ends of the interval; ``latest`` is None where it may never come back.
    """

    days: float | None
    soonest: float | None
    latest: float | None


def payback_of(margin_per_day: tuple[float, float, float], extra: EngineCost, requests_per_day: float) -> Payback:
    """Return when New has paid for itself.

    Parameters
    ----------
    margin_per_day : tuple of float
        Incremental margin a day: value, low and high.
    extra : EngineCost
        New less Old.
    requests_per_day : float
        Requests that New serves a day.

    Examples
    --------
    >>> payback_of((30.0, 5.0, 60.0), EngineCost(per_thousand_requests=10, one_off=1_000), 1_000)
    Payback(days=50.0, soonest=20.0, latest=None)
    """
    running = extra.running(1.0, requests_per_day)
    days, latest, soonest = (_days(extra.one_off, margin - running) for margin in margin_per_day)
    return Payback(days, soonest, latest)


def _days(one_off: float, net_per_day: float) -> float | None:
    """Return the days after which the net has paid what was spent once; None where it never does."""
    if not net_per_day > 0:
        return None
    days = max(one_off, 0.0) / net_per_day
    return days if math.isfinite(days) else None
