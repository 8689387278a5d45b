"""packed: many estimates as columns of short numbers, of which the browser makes sentences."""

from collections.abc import Iterable
from typing import Any

from analytics.estimate import Estimate

_DIGITS = 5


def packed(estimates: Iterable[Estimate]) -> dict[str, list[Any]]:
    """Return value, low, high and n of each estimate.

    Examples
    --------
    >>> packed([Estimate(1 / 3, 0.25, None, 12)])
    {'value': [0.33333], 'low': [0.25], 'high': [None], 'n': [12]}
    """
    known = list(estimates)
    return {
        "value": [shortened(one.value) for one in known],
        "low": [shortened(one.low) for one in known],
        "high": [shortened(one.high) for one in known],
        "n": [one.n for one in known],
    }


def shortened(number: float | None) -> float | None:
    """Return a number with as many decimals as a drawing can show."""
    return None if number is None else round(number, _DIGITS)
