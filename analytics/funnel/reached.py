"""Reached: how many units came to each step, by group, each rate with its interval; and Old against New."""

from dataclasses import dataclass

import numpy as np

from analytics.experiment.arm import Arm, arms_of
from analytics.experiment.interval import Flags, Floats, Interval
from analytics.experiment.proportion import wilson
from analytics.experiment.statistic import Moments
from analytics.funnel.log import Codes, Places
from analytics.funnel.progress import Progress
from analytics.funnel.spec import FunnelSpec


@dataclass(frozen=True, slots=True)
class StepRates:
    """How many units reached each step; the arrays have the shape (steps, groups).

    Attributes
    ----------
    n : ndarray of float
        Units that reached the step.
    n_dropped : ndarray of float
        Units that reached the required step before and not this one; 0 at the first.
    of_first : Interval
        Share of those that reached the first step.
    of_previous : Interval
        Share of those that reached the required step before: descriptive, since who got there is a consequence of
        what they were shown.
    """

    n: Floats
    n_dropped: Floats
    of_first: Interval
    of_previous: Interval


@dataclass(frozen=True, slots=True)
class Exposure:
    """Everybody who was exposed, funnel or not.

    Attributes
    ----------
    group : ndarray of int, shape (users,)
        Variant of each user by his code; -1 where he has none.
    n_sessions : ndarray of float, shape (users,)
        His sessions.
    n_groups : int
        Variants.
    """

    group: Places
    n_sessions: Floats
    n_groups: int


def rates_of(progress: Progress, group: Codes, n_groups: int, confidence: float = 0.95) -> StepRates:
    """Return how many units of each group reached each step.

    Parameters
    ----------
    progress : Progress
        How far each unit came.
    group : ndarray of int, shape (units,)
        Group of each unit, such as the device of its first event; -1 leaves it out.
    n_groups : int
        How many there are.
    confidence : float
        Two-sided level in (0, 1).

    Notes
    -----
    Users are independent: Wilson's interval. Sessions and totals of one user are not: counts are divided by the design
    effect of users (Rao and Scott 1992), so that their intervals are those of the users behind them.
    """
    reached = progress.is_reached[group >= 0]
    known, users = group[group >= 0], progress.user[group >= 0]
    n = np.stack([np.bincount(known[column], minlength=n_groups) for column in reached.T]).astype(float)
    before = _required_before(progress.spec)
    if progress.spec.counted == "users":
        of_first, of_previous = wilson(n, n[:1], confidence), wilson(n, n[before], confidence)
    else:
        counts = _sums_by_user(reached, users, known, n_groups)
        of_first = _clustered(counts, np.zeros_like(before), n_groups, confidence)
        of_previous = _clustered(counts, before, n_groups, confidence)
    return StepRates(n, n[before] - n, of_first, of_previous)


def exposed_arms(progress: Progress, exposure: Exposure) -> Arm:
    """Return how many of all exposed units reached each step, ready to be compared.

    Parameters
    ----------
    progress : Progress
        How far each unit came.
    exposure : Exposure
        All exposed users, who reached the first step or not.

    Returns
    -------
    Arm
        Of the shape (steps, groups): share of exposed users, share of their sessions, or mean total per user.

    Notes
    -----
    A rate among those who came as far compares people whom the variants themselves have chosen; over all exposed units
    it compares what was randomised.
    """
    is_exposed = exposure.group >= 0
    n_users, group = exposure.group.size, exposure.group[is_exposed]
    n_sessions = np.bincount(group, exposure.n_sessions[is_exposed], exposure.n_groups).astype(np.float64)
    moments = []
    for column in progress.is_reached.T:
        reached = np.bincount(progress.user, column, n_users)[is_exposed]
        values = [reached] if progress.spec.counted != "sessions" else [reached, exposure.n_sessions[is_exposed]]
        moments.append(Moments.of_units(np.stack(values, axis=1), group.astype(np.intp), exposure.n_groups))
    stacked = Moments(*(np.stack([getattr(m, part) for m in moments]) for part in ("n", "totals", "products")))
    sessions = np.broadcast_to(n_sessions, stacked.n.shape)
    return arms_of(stacked, sessions, is_rate=progress.spec.counted != "totals")


def _required_before(spec: FunnelSpec) -> Places:
    """Return the place of the required step before each step; the first stands for itself."""
    required = np.array(spec.required)
    return np.asarray(required[np.maximum(np.searchsorted(required, np.arange(len(spec.steps))) - 1, 0)])


def _sums_by_user(reached: Flags, users: Codes, group: Codes, n_groups: int) -> tuple[Floats, Codes]:
    """Return how often each user of each group reached each step, and his group."""
    _, dense = np.unique(users, return_inverse=True)
    cells, row = np.unique(dense * n_groups + group, return_inverse=True)
    sums = np.stack([np.bincount(row, column, cells.size).astype(np.float64) for column in reached.T], axis=1)
    return sums, cells % n_groups


def _clustered(counts: tuple[Floats, Codes], base: Places, n_groups: int, confidence: float) -> Interval:
    """Return the share of each step in its base with the interval of users who repeat."""
    sums, group = counts
    columns = [sums[:, [step, of]] for step, of in enumerate(base)]
    moments = [Moments.of_units(values, group.astype(np.intp), n_groups) for values in columns]
    stacked = Moments(*(np.stack([getattr(m, part) for m in moments]) for part in ("n", "totals", "products")))
    return arms_of(stacked, stacked.totals[..., 1], is_rate=True).interval(confidence)
