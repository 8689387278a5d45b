"""Comparison: how each variant converts against control, and how sure that is, in one sentence."""

from dataclasses import dataclass

from analytics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class VariantComparison:
    """One variant against control.

    Attributes
    ----------
    variant : str
        Its name.
    rate, control_rate : Estimate
        Conversion rates with Wilson intervals, fractions.
    difference : Estimate
        Variant minus control, a fraction, Newcombe's hybrid score interval (method 10).
    lift : Estimate
        Relative difference, a fraction; interval on the log risk ratio scale (Katz).
    is_significant : bool
        True where the interval of the difference does not hold zero; corrected for the number of variants (Bonferroni).
    """

    variant: str
    rate: Estimate
    control_rate: Estimate
    difference: Estimate
    lift: Estimate
    is_significant: bool


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """How the variants compare.

    Attributes
    ----------
    control : str
        Name of control.
    confidence : float
        Level of the intervals.
    headline : str
        The answer in one sentence, such as "New converts 4.1 % more than Old." or "No difference between New and Old
        can be shown." It never says more than the interval does.
    detail : str
        Rates, interval, n and what the method takes for granted, in words.
    comparisons : tuple of VariantComparison
        One for each variant but control that has sessions, best first.
    """

    control: str
    confidence: float
    headline: str
    detail: str
    comparisons: tuple[VariantComparison, ...]
