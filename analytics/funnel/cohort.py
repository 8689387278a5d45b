"""Cohorts: units by when they began, and which of these cannot be judged yet."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.interval import Flags, Floats, Interval
from analytics.experiment.proportion import wilson
from analytics.funnel.log import Places
from analytics.funnel.progress import Progress
from analytics.funnel.spec import FunnelSpec

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Units by the period in which their chain began; the arrays have the shape (periods,).

    Attributes
    ----------
    begins : ndarray of int
        When each period begins, in milliseconds since 1970; all between first and last are there.
    n, n_converted, n_open : ndarray of float
        Units that began, that reached the last required step, and that still may.
    rate : Interval
        Share that converted; of an immature cohort it can only grow.
    is_mature : ndarray of bool
        Every window of the period was over when the data end. Without a window there is none to wait for.
    """

    begins: Places
    n: Floats
    n_converted: Floats
    n_open: Floats
    rate: Interval
    is_mature: Flags


def cohorts_of(progress: Progress, period_ms: int = DAY_MS, confidence: float = 0.95) -> Cohorts:
    """Return what became of the units of each period.

    Parameters
    ----------
    progress : Progress
        How far each unit came.
    period_ms : int
        Length of a period; weeks of seven days begin on Mondays.
    confidence : float
        Two-sided level in (0, 1).
    """
    started = progress.log.time[progress.start[:, 0]].astype(np.int64)
    shift = 3 * DAY_MS if period_ms % (7 * DAY_MS) == 0 else 0  # 1970 began on a Thursday
    period = (started + shift) // period_ms
    first, last = (int(period.min()), int(period.max()) + 1) if period.size else (0, 0)
    begins = np.arange(first, last) * period_ms - shift
    cells = period - first
    n, n_converted, n_open = (
        np.bincount(cells, weight, last - first).astype(np.float64)
        for weight in (np.ones(period.size), progress.has_converted, progress.is_open)
    )
    longest = _longest_ms(progress.spec)
    is_mature = begins + period_ms + longest <= progress.log.until if longest is not None else n >= 0
    return Cohorts(begins, n, n_converted, n_open, wilson(n_converted, n, confidence), np.asarray(is_mature))


def _longest_ms(spec: FunnelSpec) -> int | None:
    """Return how long a chain of the required steps may take."""
    if spec.window_ms is None or spec.window_from == "start":
        return spec.window_ms
    return spec.window_ms * (sum(spec.steps[place].times for place in spec.required) - 1)
