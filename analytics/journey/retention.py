"""Retention: which users of each week come back in the weeks after it."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.interval import Flags, Floats, Interval
from analytics.experiment.proportion import wilson
from analytics.funnel.log import Codes, EventLog, Places

WEEK_MS = 7 * 86_400_000
_MONDAY_MS = 3 * 86_400_000  # 1970 began on a Thursday


@dataclass(frozen=True, slots=True)
class Retention:
    """A triangle of weeks.

    Attributes
    ----------
    begins : ndarray of int, shape (cohorts,)
        Monday of each week, in milliseconds since 1970; all between first and last are there.
    n : ndarray of float, shape (groups, cohorts)
        Users whose first event was in that week.
    n_active : ndarray of float, shape (groups, cohorts, ages)
        Of these, those with an event so many weeks after; NaN beyond the data.
    rate : Interval
        Of the same shape.
    is_complete : ndarray of bool, shape (cohorts, ages)
        The week was over when the data end; one that was not can only grow.
    """

    begins: Places
    n: Floats
    n_active: Floats
    rate: Interval
    is_complete: Flags


def retention_of(log: EventLog, group: Codes, n_groups: int, confidence: float = 0.95) -> Retention:
    """Return who came back, by week of the first event and weeks since.

    Parameters
    ----------
    log : EventLog
        Events by user.
    group : ndarray of int, shape (users,)
        Group of each user by his code, such as his engine; -1 leaves him out.
    n_groups : int
        How many there are.
    confidence : float
        Two-sided level in (0, 1).

    Notes
    -----
    Weeks are those of the calendar, so the week of the first event is shorter for those who came late in it. "First"
    is first in the log: who came before it counts as new in its first weeks.
    """
    log = log.in_order.taken(np.flatnonzero(group[log.in_order.user] >= 0))
    week = (log.time + _MONDAY_MS) // WEEK_MS
    first, last = (int(week.min()), int(week.max())) if week.size else (0, -1)
    n_weeks = last - first + 1
    is_first = np.ones(week.size, dtype=np.bool_)
    is_first[1:] = log.user[1:] != log.user[:-1]
    own = week[is_first][np.cumsum(is_first) - 1]
    is_new = is_first.copy()
    is_new[1:] |= week[1:] != week[:-1]
    cohort, age = (own - first)[is_new], (week - own)[is_new]
    cells = (group[log.user[is_new]] * n_weeks + cohort) * n_weeks + age
    n_active = np.bincount(cells, minlength=n_groups * n_weeks**2).reshape(n_groups, n_weeks, n_weeks).astype(float)
    weeks = np.arange(n_weeks)
    exists = weeks[:, None] + weeks < n_weeks
    n = n_active[:, :, 0] if n_weeks else np.zeros((n_groups, 0))
    begins = (first + weeks) * WEEK_MS - _MONDAY_MS
    is_complete = exists & (begins[:, None] + (weeks + 1) * WEEK_MS <= log.until)
    n_active = np.where(exists, n_active, np.nan)
    found = wilson(np.where(exists, n_active, 0), n[..., None], confidence)
    rate = Interval(*(np.where(exists, part, np.nan) for part in (found.value, found.low, found.high)))
    return Retention(begins, n, n_active, rate, is_complete)
