"""Trend: the conversion rate by day for each variant, with its interval."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.analysis import Analysis, Request
from analytics.estimate import Estimate, estimates
from analytics.experiment.proportion import wilson
from analytics.variants import control_first
from semantic.catalog import DAY, MISSING, N_CONVERTED, N_SESSIONS, VARIANT, Catalog
from semantic.query import Answer, Query


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


WINDOW_DAYS = 7


def _is_available(catalog: Catalog) -> bool:
    return catalog.has_dimension(DAY)


def _queries(request: Request, _catalog: Catalog) -> Mapping[str, Query]:
    return {"days": Query((N_SESSIONS, N_CONVERTED), (DAY, VARIANT), request.where)}


def compute_trend(answers: Mapping[str, Answer], request: Request, catalog: Catalog) -> TrendResult:
    """Return the conversion rate of each variant on each day, alone and over the seven days up to it.

    Parameters
    ----------
    answers : mapping of str to Answer
        ``days``: sessions and conversions by day and variant.
    request : Request
        Its confidence.
    catalog : Catalog
        Names control.

    Notes
    -----
    The smoothed rate divides the conversions of the window by its sessions, so that busy days count more; the first
    days have the shorter window that the data allows. Wilson's interval throughout; see `wilson`.
    """
    cells = answers["days"]
    days, variants = cells.members[DAY], cells.members[VARIANT]
    n_days = len(days) - (MISSING in days)
    window = WINDOW_DAYS if n_days >= WINDOW_DAYS else 1
    series = []
    for place in control_first(variants, catalog):
        n, converted = cells[N_SESSIONS][:n_days, place], cells[N_CONVERTED][:n_days, place]
        n_window, converted_window = _trailing(n, window), _trailing(converted, window)
        daily = estimates(wilson(converted, n, request.params.confidence), n)
        smoothed = estimates(wilson(converted_window, n_window, request.params.confidence), n_window)
        series.append(TrendSeries(variants[place], daily, smoothed))
    return TrendResult(days[:n_days], window, tuple(series))


def _trailing(values: npt.NDArray[np.float64], window: int) -> npt.NDArray[np.float64]:
    """Return the sum of the values up to each place, at most ``window`` of them."""
    totals: npt.NDArray[np.float64] = np.concatenate([np.zeros(window), np.cumsum(values)])
    return np.subtract(totals[window:], totals[: len(values)])


TREND = Analysis(
    "trend",
    "Conversion rate by day",
    is_available=_is_available,
    queries=_queries,
    compute=compute_trend,
    result=TrendResult,
    needs="the day on which each session began (fields.started_at)",
)
