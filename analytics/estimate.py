"""Estimate: a number with its interval and the n behind it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that can be defended.

    Attributes
    ----------
    value : float or None
        The point estimate; None where n is 0.
    low, high : float or None
        Ends of the confidence interval; None where it does not exist.
    n : int
        Sessions behind it.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
