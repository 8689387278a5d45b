"""Trend: the conversion rate by day for each variant, with its interval."""

from dataclasses import dataclass

from analytics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """One variant over time; the tuples run along ``TrendResult.days``.

    Attributes
    ----------
    variant : str
        Its name.
    daily : tuple of Estimate
        Conversion rate of each single day, Wilson interval.
    smoothed : tuple of Estimate
        Conversion rate of the seven days up to each day (sums divided last), Wilson interval; what the chart draws.
    """

    variant: str
    daily: tuple[Estimate, ...]
    smoothed: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class TrendResult:
    """The course of the conversion rate.

    Attributes
    ----------
    days : tuple of str
        ISO days of the data, without gaps.
    window_days : int
        Length of the smoothing window; 1 where the data is too short for 7.
    series : tuple of TrendSeries
        Control first.
    """

    days: tuple[str, ...]
    window_days: int
    series: tuple[TrendSeries, ...]
