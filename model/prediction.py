"""Prediction: what is said of one session, with its reasons, its interval and what else it might have been."""

from dataclasses import dataclass

from analytics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to the log odds of a conversion; ``value_text`` is its value in words."""

    name: str
    label: str
    value_text: str
    log_odds: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """Probability that a session converts.

    Attributes
    ----------
    probability : float
        ``1 / (1 + exp(-(base_log_odds + sum of contributions)))``; the base rate where ``is_withheld``.
    low, high : float or None
        Interval of the conversion rate among sessions held out that were scored alike, ``n_like`` of them.
    n_like : int
        Sessions behind the interval.
    base_rate : Estimate
        Conversion rate of what was learned from.
    base_log_odds : float
        What the model says of nobody in particular.
    contributions : tuple of Contribution
        Largest first; empty where ``is_withheld``.
    notices : tuple of str
        One sentence for each value that was repaired, is missing or needs a warning.
    is_withheld : bool
        True where the data holds no useful signal: no one session can be told from another.
    """

    probability: float
    low: float | None
    high: float | None
    n_like: int
    base_rate: Estimate
    base_log_odds: float
    contributions: tuple[Contribution, ...] = ()
    notices: tuple[str, ...] = ()
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """The probability were one feature another value, all else equal; ``value`` is its code or number, NaN missing."""

    value_text: str
    probability: float
    is_current: bool
    value: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """All that one feature might have been."""

    name: str
    label: str
    value_text: str
    options: tuple[Option, ...]
