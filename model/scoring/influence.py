"""Influence: a number from scored rows, and what each row adds to its error."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, ndtr

from analytics.estimate import Estimate
from analytics.estimate import estimate as estimate_of
from analytics.experiment.interval import Interval, normal_quantile
from analytics.experiment.proportion import wilson
from model.examples import Floats
from model.scored import Scored

NOTHING = Estimate(None, None, None, 0)


@dataclass(frozen=True, slots=True)
class Influence:
    """A number and its influence values.

    Attributes
    ----------
    value : float
        NaN where it is not defined.
    rows : ndarray of float, shape (n,)
        Sums within users are independent between users; the sum of their squares is the variance of ``value``.
        The factor k / (k - 1) for k users is in them.
    """

    value: float
    rows: Floats

    def standard_error(self, scored: Scored) -> float:
        """Return the standard error of the value, clustered by user."""
        return float(np.sqrt(variance_of(scored, self.rows)))


def variance_of(scored: Scored, rows: Floats) -> float:
    """Return the variance that influence values give, clustered by user."""
    return float(np.square(scored.by_user(rows)).sum())


def small_sample(n_users: int) -> float:
    """Return what influence values of so many users are multiplied by: sqrt(k / (k - 1)), NaN for a single one."""
    return float(np.sqrt(n_users / (n_users - 1))) if n_users > 1 else float("nan")


def n_users_where(scored: Scored, is_in: Floats) -> int:
    """Return how many users have a row where ``is_in`` is not 0."""
    return int(np.count_nonzero(scored.by_user(np.abs(is_in) * (scored.weight > 0))))


def ratio_of(scored: Scored, numerator: Floats, denominator: Floats) -> Influence:
    """Return the ratio of two weighted sums over rows, with its influence values.

    Parameters
    ----------
    scored : Scored
        Rows with weights and users.
    numerator, denominator : ndarray of float, shape (n,)
        What each session of a row adds.

    Notes
    -----
    With r = sum w a / sum w b the influence of a row is ``w (a - r b) / sum w b``, times sqrt(k / (k - 1)) for the k
    users with any b. A mean is the ratio with b = 1.
    """
    total = float(scored.weight @ denominator)
    if total <= 0:
        return Influence(float("nan"), np.zeros(len(scored)))
    value = float(scored.weight @ numerator) / total
    factor = small_sample(n_users_where(scored, denominator)) / total
    return Influence(value, factor * scored.weight * (numerator - value * denominator))


def effective_n(value: Floats, variance: Floats, n: Floats, least: Floats) -> Floats:
    """Return how many independent sessions would give a proportion the variance that it has.

    Parameters
    ----------
    value, variance : ndarray of float
        Of proportions.
    n : ndarray of float
        Sessions behind them, which is the most.
    least : ndarray of float
        Taken where there is no variance: n² / sum of squares of the users' sessions, as if each user's were all alike.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(variance > 0, value * (1 - value) / variance, least)
    return np.minimum(found, n)


def clustered_wilson(value: Floats, effective: Floats, confidence: float) -> Interval:
    """Return proportions with Wilson's interval on their effective number of sessions."""
    known = np.where(np.isnan(value), 0.0, effective)
    found = wilson(np.where(known > 0, value, 0) * known, known, confidence)
    return Interval(value, found.low, found.high)


def proportion(scored: Scored, numerator: Floats, denominator: Floats, confidence: float) -> Estimate:
    """Return a ratio that lies in [0, 1] with Wilson's interval on its effective number of sessions.

    Parameters
    ----------
    scored : Scored
        Rows with weights and users.
    numerator, denominator : ndarray of float
        As of `ratio_of`.
    confidence : float
        Two-sided level in (0, 1).
    """
    found = ratio_of(scored, numerator, denominator)
    n = float(scored.weight @ denominator)
    return wilson_of(scored, found, denominator, (n, confidence))


def wilson_of(scored: Scored, found: Influence, denominator: Floats, limits: tuple[float, float]) -> Estimate:
    """Return the estimate of a proportion from its influence.

    Parameters
    ----------
    scored : Scored
        Rows with weights and users.
    found : Influence
        Of the proportion.
    denominator : ndarray of float
        What each session of a row adds to what the proportion is of.
    limits : (float, float)
        Most effective sessions, and confidence.
    """
    most, confidence = limits
    if np.isnan(found.value):
        return NOTHING
    effective = effective_of(scored, found, denominator, most)
    interval = clustered_wilson(np.asarray(found.value), np.asarray(effective), confidence)
    return estimate_of(interval, float(scored.weight @ denominator))


def effective_of(scored: Scored, found: Influence, denominator: Floats, most: float) -> float:
    """Return the effective number of sessions behind a proportion.

    Parameters
    ----------
    scored : Scored
        Rows with weights and users.
    found : Influence
        Of the proportion.
    denominator : ndarray of float
        What each session of a row adds to what the proportion is of.
    most : float
        The number is at most this.
    """
    sizes = scored.by_user(scored.weight * denominator)
    least = sizes.sum() ** 2 / np.square(sizes).sum()
    variance = float(np.nan_to_num(variance_of(scored, found.rows)))
    return float(effective_n(*map(np.asarray, (found.value, variance, most, least))))


def plain(found: Influence, scored: Scored, confidence: float) -> Estimate:
    """Return value ± z error; without ends where the error is 0 or unknown."""
    return _between(found.value, (found.value, found.standard_error(scored)), scored, confidence)


def on_log_scale(found: Influence, scored: Scored, confidence: float) -> Estimate:
    """Return a positive number with its interval symmetric in its logarithm."""
    if not found.value > 0:
        return _between(found.value, (0.0, np.nan), scored, confidence)
    centre = (float(np.log(found.value)), found.standard_error(scored) / found.value)
    return _between(found.value, centre, scored, confidence, np.exp)


def on_logit_scale(found: Influence, scored: Scored, confidence: float) -> Estimate:
    """Return a number within (0, 1) with its interval symmetric in its logit."""
    if not 0 < found.value < 1:
        return _between(found.value, (0.0, np.nan), scored, confidence)
    centre = (float(logit(found.value)), found.standard_error(scored) / (found.value * (1 - found.value)))
    return _between(found.value, centre, scored, confidence, expit)


def two_sided(value: float, error: float) -> float:
    """Return the p-value of a difference; 1 where its error is 0 or unknown."""
    return float(2 * ndtr(-abs(value) / error)) if error > 0 else 1.0


def _between(
    value: float,
    centre: tuple[float, float],
    scored: Scored,
    confidence: float,
    back: Callable[[float], float] = float,
) -> Estimate:
    middle, error = centre
    if np.isnan(value):
        return NOTHING
    if not error > 0:
        return Estimate(float(value), None, None, scored.n_sessions)
    half = normal_quantile(confidence) * error
    return Estimate(float(value), float(back(middle - half)), float(back(middle + half)), scored.n_sessions)
