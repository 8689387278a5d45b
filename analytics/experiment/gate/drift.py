"""Drift: whether the share of each variant among new units stays the same over days."""

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from analytics.experiment.correction import holm
from analytics.experiment.evidence import multinomial_log_e, strength_for
from analytics.experiment.gate.looks import LEAST_EXPECTED, LEVEL, Looks
from analytics.experiment.interval import Floats

WEEK = 7
_SPREAD_OF_FOUR_WEEKS = 28**2 / 12
_SUM_OF_WEIGHTS = 2.11
"""Of 1 / (t log² t) from 2 on, rounded up."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How the shares of variants vary over time.

    Attributes
    ----------
    p_value : float
        Of "they do not", all tests together.
    by_day, by_week, trend : float
        P-values of each test alone: days differ, weeks differ, shares rise or fall from day to day.
    """

    p_value: float
    by_day: float
    by_week: float
    trend: float


def drift_of(counts: Floats, shares: Floats, looks: Looks) -> Drift:
    """Return whether shares vary over days; which share it is that stays the same does not matter.

    Parameters
    ----------
    counts : ndarray of float, shape (days, k)
        Units by the day on which they came first, for each of k variants.
    shares : ndarray of float, shape (k,)
        What was planned, all above 0: priors of evidence are put around it.
    looks : Looks
        For one look: chi-squared of homogeneity and a trend test, Holm over the three. For every look: the mean of
        four evidences, which is evidence itself.

    Notes
    -----
    Evidence against a constant share is that for a share of its own in each period over the most that a constant one
    can explain: ``sum over t of log e(x_t) - sum over i of X_i log(X_i / (N w_i))`` with the mixtures e of
    `multinomial_log_e` (universal inference). It is exact at every look. So is that for one period of its own among
    others that are alike, averaged over which one it is. The trend is the score test of the day, by variant; at every
    look a likelihood ratio averaged over slopes, with the spread of the days in place of units.

    References
    ----------
    Wasserman, L., Ramdas, A., Balakrishnan, S. (2020). Universal inference. PNAS 117, 16880-16890.
    Armitage, P. (1955). Tests for linear trends in proportions and frequencies. Biometrics 11, 375-386.
    """
    came = counts[_first_to_last(counts)]
    weeks = np.add.reduceat(came, np.arange(0, len(came), WEEK), axis=0) if len(came) else came
    statistic, freedom, spread = _trend(came)
    trend = float(looks.chi_squared_p(statistic, freedom, spread / _SPREAD_OF_FOUR_WEEKS))
    if looks.is_one:
        by_day, by_week = _homogeneity_p(came, looks), _homogeneity_p(weeks, looks)
        return Drift(float(holm([by_day, by_week, trend]).min()), by_day, by_week, trend)
    logs = [_every_period(came, shares, looks, 4 * WEEK), _every_period(weeks, shares, looks, 4)]
    one_day = _one_period(came, shares, looks, 4 * WEEK)
    log_e = _log_mean(*logs, one_day, -np.log(max(trend, 1e-300)))
    return Drift(_p(log_e), _p(_log_mean(logs[0], one_day)), _p(logs[1]), trend)


def _first_to_last(counts: Floats) -> slice:
    days = np.flatnonzero(counts.sum(axis=1))
    return slice(days[0], days[-1] + 1) if days.size else slice(0, 0)


def _homogeneity_p(counts: Floats, looks: Looks) -> float:
    """Return Pearson's p-value; neighbours are put together until enough of each variant is expected."""
    total = counts.sum()
    if not total:
        return 1.0
    pooled = counts.sum(axis=0) / total
    merged = _merged(counts, LEAST_EXPECTED / max(pooled[pooled > 0].min(), 1e-12))
    expected = merged.sum(axis=1, keepdims=True) * pooled
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.nansum((merged - expected) ** 2 / expected)
    freedom = (len(merged) - 1) * (int((pooled > 0).sum()) - 1)
    return float(looks.chi_squared_p(statistic, freedom, total))


def _merged(counts: Floats, least: float) -> Floats:
    """Return periods of at least so many units; what is left at the end belongs to the last one."""
    group = np.zeros(len(counts), dtype=np.intp)
    held, place = 0.0, 0
    for day, n in enumerate(counts.sum(axis=1).tolist()):
        place, held = (place + 1, 0.0) if held >= least else (place, held)
        group[day], held = place, held + n
    if held < least and place:
        group[group == place] = place - 1
    merged = np.zeros((int(group.max()) + 1, counts.shape[1]))
    np.add.at(merged, group, counts)
    return merged


def _every_period(counts: Floats, shares: Floats, looks: Looks, n_periods: int) -> float:
    """Return the log evidence that each period has a share of its own."""
    return float(_own(counts, shares, looks, n_periods).sum()) - _most(counts, shares)


def _one_period(counts: Floats, shares: Floats, looks: Looks, n_periods: int) -> float:
    """Return the log evidence that one period has a share of its own; weights of periods sum to at most 1 for ever."""
    if not len(counts):
        return 0.0
    place = np.arange(len(counts)) + 2.0
    weights = -np.log(place * np.log(place) ** 2 * _SUM_OF_WEIGHTS)
    rest = multinomial_log_e(counts.sum(axis=0) - counts, shares, looks.strength)
    return float(np.logaddexp.reduce(weights + _own(counts, shares, looks, n_periods) + rest)) - _most(counts, shares)


def _own(counts: Floats, shares: Floats, looks: Looks, n_periods: int) -> Floats:
    return multinomial_log_e(counts, shares, strength_for(max(looks.n_planned / n_periods, 1.0), 1 - LEVEL))


def _most(counts: Floats, shares: Floats) -> float:
    """Return the largest log likelihood ratio of a constant share over the planned one."""
    total = counts.sum(axis=0)
    n = max(float(total.sum()), 1.0)
    return float((xlogy(total, total / n) - xlogy(total, shares)).sum())


def _log_mean(*logs: float) -> float:
    return float(np.logaddexp.reduce(logs)) - float(np.log(len(logs)))


def _p(log_e: float) -> float:
    return float(np.exp(min(-log_e, 0.0)))


def _trend(counts: Floats) -> tuple[float, int, float]:
    """Return the score statistic of days by variant, its degrees of freedom, and the sum of squares of the days."""
    n = counts.sum(axis=0)
    day = np.arange(len(counts), dtype=np.float64)
    if not n.sum() or (n > 0).sum() < 2:
        return 0.0, 0, 0.0
    per_day = counts.sum(axis=1)
    mean = float(per_day @ day) / n.sum()
    spread = float(per_day @ (day - mean) ** 2)
    if not spread:
        return 0.0, 0, 0.0
    kept = n > 0
    own = (day - mean) @ counts[:, kept] / n[kept]
    return float((n[kept] * own**2).sum() / (spread / n.sum())), int(kept.sum()) - 1, spread
