"""Words that several sheets share: counts of things, small shares with their intervals, and what a run did."""

from analytics.estimate import Estimate
from dashboard.format import NO_BREAK, NumberFormat
from semantic.provenance import Run

_SIMULATED = " simulated sessions (profile "
_TENTH, _HUNDREDTH = 0.01, 0.001

STATUSES = {
    "succeeded": ("Succeeded", "good"),
    "failed": ("Failed", "bad"),
    "interrupted": ("Interrupted", "bad"),
    "running": ("Running", "wait"),
}
"""What people read for a run's status, and the mark beside it."""


def counted(n: int, thing: str, write: NumberFormat) -> str:
    """Return how many there are of something.

    Examples
    --------
    >>> counted(1, "row", NumberFormat("₹", "indian")), counted(100_000, "row", NumberFormat("₹", "indian"))
    ('1 row', '1,00,000 rows')
    """
    return f"{write.count(n)} {thing}{'' if n == 1 else 's'}"


def small_rate(fraction: float, write: NumberFormat) -> str:
    """Return a fraction in percent, with more decimals where it is near none or all."""
    away = min(fraction, 1 - fraction)
    return write.rate(fraction, 1 if away <= 0 or away >= _TENTH else 2 if away >= _HUNDREDTH else 3)


def ends(estimate: Estimate, write: NumberFormat) -> str:
    """Return the interval of a share, such as ``2.5 – 2.7 %``."""
    if estimate.low is None or estimate.high is None:
        return ""
    low = small_rate(estimate.low, write).partition(NO_BREAK)[0]
    return f"{low} – {small_rate(estimate.high, write)}"


def source(run: Run, write: NumberFormat) -> str:
    """Return what a run read; the numbers in our own words as configured, names of files as they are."""
    return write.regrouped(run.source) if _SIMULATED in run.source else run.source


def share(estimate: Estimate, write: NumberFormat) -> str:
    """Return a share with its interval, such as ``2.6 % (2.5 – 2.7 %)``."""
    return "" if estimate.value is None else f"{small_rate(estimate.value, write)} ({ends(estimate, write)})"
