"""Words: effects as people read them, in percentage points."""

from analytics.estimate import Estimate


def points(fraction: float) -> str:
    """Return a difference of rates in percentage points, with its sign.

    Parameters
    ----------
    fraction : float
        Difference of two fractions.

    Examples
    --------
    >>> points(0.0138), points(-0.25), points(0.0)
    ('+1.38', '−25.00', '0.00')
    """
    text = f"{abs(100 * fraction):.2f}"
    return text if float(text) == 0 else f"{'+' if fraction > 0 else '−'}{text}"


def in_points(estimate: Estimate, confidence: float) -> str:
    """Return a difference of rates with its interval.

    Parameters
    ----------
    estimate : Estimate
        With both ends.
    confidence : float
        Of the interval.

    Examples
    --------
    >>> in_points(Estimate(0.0138, 0.009, 0.0186, 200_000), 0.95)
    '+1.38 points (95 % interval +0.90 to +1.86)'
    """
    value, low, high = (points(end or 0.0) for end in (estimate.value, estimate.low, estimate.high))
    return f"{value} points ({100 * confidence:g} % interval {low} to {high})"
