"""Words of the predict page: a chance beside its interval, and what a step changes, in points."""

from analytics.estimate import Estimate
from dashboard.format import NO_BREAK, NumberFormat
from model.prediction import Prediction


def span(low: float | None, high: float | None, write: NumberFormat) -> str:
    """Return both ends of an interval, such as ``33.0 to 35.6 %``; empty where there is none."""
    if low is None or high is None:
        return ""
    return f"{write.rate(low).partition(NO_BREAK)[0]} to {write.rate(high)}"


def observed(found: Prediction, write: NumberFormat) -> str:
    """Return what was seen of sessions that were scored like this one; empty where nothing was."""
    ends = span(found.low, found.high, write)
    return f"among {write.count(found.n_like)} held-out sessions scored like this, {ends} converted" if ends else ""


def rate_of(estimate: Estimate, write: NumberFormat) -> str:
    """Return a rate with its interval, such as ``31.5 % (31.3 – 31.7 %)``."""
    ends = write.interval(estimate.low, estimate.high, "fraction")
    return write.value(estimate.value, "fraction") + (f" ({ends})" if ends else "")


def points(change: float, write: NumberFormat) -> str:
    """Return a change of a probability in percentage points, with its sign.

    Examples
    --------
    >>> points(0.0123, NumberFormat("₹", "indian"))
    '+1.2\\xa0pt'
    """
    return write.difference(change, "fraction")
