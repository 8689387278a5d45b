"""Round ticks for an axis that need not start at zero."""

import math
from collections.abc import Iterable

_STEPS = (1.0, 2.0, 5.0, 10.0)


def round_ticks(values: Iterable[float], n_wanted: int = 5) -> list[float]:
    """Return round numbers that span the values; two at least.

    Parameters
    ----------
    values : iterable of float
        What the axis shall hold; empty: 0 to 1.
    n_wanted : int
        About how many ticks.

    Examples
    --------
    >>> round_ticks([0.283, 0.357])
    [0.28, 0.3, 0.32, 0.34, 0.36]
    """
    present = list(values) or [0.0, 1.0]
    low, high = min(present), max(present)
    raw = (high - low) / max(n_wanted - 1, 1) or max(abs(high), 0.1) / 10
    power = 10.0 ** math.floor(math.log10(raw))
    step = min((power * s for s in _STEPS), key=lambda s: abs(math.log(s / raw)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(place * step, 12) for place in range(first, max(last, first + 1) + 1)]


def percent_decimals(ticks: Iterable[float]) -> int:
    """Return how many decimals tell the ticks apart when they are written in percent: 0 or 1."""
    return 0 if all(abs(tick * 100 - round(tick * 100)) < 1e-9 for tick in ticks) else 1
