"""Arm: what each variant measured for one outcome, with all that comparing needs; users with many sessions found."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import stdtrit

from analytics.experiment.adjustment import adjusted_of, adjusted_ratio_of
from analytics.experiment.effect import Effect
from analytics.experiment.interval import Floats, Interval, normal_quantile
from analytics.experiment.proportion import wilson
from analytics.experiment.statistic import Moments, Point, Proportion, clustered_of, mean_of, ratio_of

_POOLED_COUNTS = 20.0
"""As many conversions the design effect of all variants counts for beside a variant's own."""


@dataclass(frozen=True, slots=True)
class Arm:
    """What variants measured for one outcome; the arrays have one shape, the last axis is the variants.

    Attributes
    ----------
    point : Point
        The outcome with its variance over units.
    counts : Proportion or None
        Of rates: conversions and sessions (or units), divided by the design effect.
    freedom : ndarray of float
        Degrees of freedom of the variance; infinite where it follows from the rate itself.
    n_units, n_sessions : ndarray of float
        What is behind it.
    design_effect : ndarray of float
        How many times the variance is that of as many independent sessions, at least 1; NaN for what is no rate.
    """

    point: Point
    counts: Proportion | None
    freedom: Floats
    n_units: Floats
    n_sessions: Floats
    design_effect: Floats

    def __getitem__(self, place: Any) -> "Arm":
        point, counts = self.point, self.counts
        return Arm(
            Point(point.value[place], point.variance[place], point.n[place]),
            None if counts is None else Proportion(counts.n_converted[place], counts.n[place]),
            self.freedom[place],
            self.n_units[place],
            self.n_sessions[place],
            self.design_effect[place],
        )

    def interval(self, confidence: float = 0.95) -> Interval:
        """Return the values with their own intervals, for one look: Wilson's for rates, Student's for the rest.

        Parameters
        ----------
        confidence : float
            Two-sided level in (0, 1).
        """
        if self.counts is None:
            error = np.sqrt(self.point.variance)
            return Effect(self.point.value, error, self.freedom).interval(confidence)
        with np.errstate(divide="ignore", invalid="ignore"):
            student = stdtrit(np.where(np.isinf(self.freedom), 1e9, self.freedom), (1 + confidence) / 2)
            wider = np.where(np.isinf(self.freedom), 1.0, (normal_quantile(confidence) / student) ** 2)
        found = wilson(self.counts.n_converted * wider, self.counts.n * wider, confidence)
        return Interval(self.point.value, found.low, found.high)


def arms_of(moments: Moments, n_sessions: Floats, *, is_rate: bool = False) -> Arm:
    """Return what variants measured.

    Parameters
    ----------
    moments : Moments
        The last of the leading axes is the variants. One column of each unit: its outcome, whose mean is compared. Two
        columns: the sum over its sessions, and those sessions; the mean per session is compared.
    n_sessions : ndarray of float
        Sessions of each group, the clock of sequences.
    is_rate : bool
        Each unit (one column) or session (two columns) counts 0 or 1.

    Notes
    -----
    Rates per session have the counts x / D and n / D with the design effect ``D = V / (p (1 - p) / (n - 1))``, V the
    variance over units of `clustered_of`: so the score family decides for them too, and where each unit has one session
    nothing changes. A variant's own D goes with its rate where conversions are few: 5 % tests would err in 7 %. So it
    is the mean of its own, weighted by its conversions (or others, if these are fewer) over D, and that of all variants
    together, weighted by 20. D is never below 1, since less is mostly chance; where nobody converted, or everybody, it
    is the largest possible, ``sum(b²) / sum(b)``. The freedom is G* - 1, G* as in `clustered_of`.

    References
    ----------
    Rao, J. N. K., Scott, A. J. (1992). A simple method for the analysis of clustered binary data. Biometrics 48,
    577-585.
    """
    is_ratio = moments.totals.shape[-1] == 2
    if not is_rate:
        point = clustered_of(moments) if is_ratio else mean_of(moments)
        return Arm(point, None, point.n - 1, moments.n, n_sessions, np.full_like(moments.n, np.nan))
    if not is_ratio:
        counts = Proportion(moments.totals[..., 0], moments.n)
        return _rates(counts, np.ones_like(moments.n), np.full_like(moments.n, np.inf), moments.n, n_sessions)
    converted, sessions = moments.totals[..., 0], moments.totals[..., 1]
    effect = _design_effect(moments)
    counts = Proportion(converted / effect, sessions / effect)
    with np.errstate(divide="ignore", invalid="ignore"):
        few = sessions**2 / moments.products[..., 1, 1] - 1
    freedom = np.where(_is_single(moments), np.inf, few)
    return _rates(counts, effect, freedom, moments.n, n_sessions)


def thinned(whole: Arm, converted: Floats, n_sessions: Floats) -> Arm:
    """Return what variants measured in a part of the sessions, counted with the design effect of the whole.

    Parameters
    ----------
    whole : Arm
        Rates per session of all sessions.
    converted, n_sessions : ndarray of float
        Conversions and sessions of the part, in the same order.

    Notes
    -----
    Users have fewer sessions in a part than in the whole, so the design effect is rather too large than too small.
    """
    counts = Proportion(converted / whole.design_effect, n_sessions / whole.design_effect)
    with np.errstate(divide="ignore", invalid="ignore"):
        n_units = np.minimum(whole.n_units * n_sessions / whole.n_sessions, n_sessions)
    return _rates(counts, whole.design_effect, whole.freedom, np.nan_to_num(n_units), n_sessions)


def adjusted_arms_of(moments: Moments, n_sessions: Floats, *, is_ratio: bool = False) -> Arm:
    """Return what variants measured, less what is explained by what was known before (CUPED).

    Parameters
    ----------
    moments : Moments
        As in `arms_of`, with columns behind that the variant cannot have changed; the slopes are those of all variants
        (the last leading axis) together.
    n_sessions : ndarray of float
        Sessions of each group.
    is_ratio : bool
        The first two columns are numerator and denominator; else the first is the outcome.
    """
    pooled = _pooled(moments)
    if not is_ratio:
        point = adjusted_of(moments, pooled)
        return Arm(point, None, point.n - 1, moments.n, n_sessions, np.full_like(moments.n, np.nan))
    point, plain = adjusted_ratio_of(moments, pooled), moments.leading(2)
    clustered, few = clustered_of(plain), ratio_of(plain)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(few.variance > 0, clustered.variance / few.variance, np.nan)
    point = Point(point.value, point.variance * factor, clustered.n)
    return Arm(point, None, point.n - 1, moments.n, n_sessions, np.full_like(moments.n, np.nan))


def _rates(counts: Proportion, effect: Floats, freedom: Floats, n_units: Floats, n_sessions: Floats) -> Arm:
    return Arm(counts.point, counts, freedom, n_units, n_sessions, effect)


def _design_effect(moments: Moments) -> Floats:
    """Return the variants' own design effects, drawn to that of all together where they rest on few conversions."""
    own, n = _ratio_of_variances(moments), moments.totals[..., 1]
    pooled = np.broadcast_to(_ratio_of_variances(_pooled(moments)), own.shape)
    fewer = np.minimum(moments.totals[..., 0], n - moments.totals[..., 0]) / np.maximum(np.nan_to_num(pooled), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        largest = moments.products[..., 1, 1] / n
    both = (_POOLED_COUNTS * pooled + fewer * own) / (_POOLED_COUNTS + fewer)
    found = np.where(np.isfinite(both), both, np.where(np.isfinite(pooled), pooled, largest))
    return np.where(_is_single(moments) | np.isnan(found), 1.0, np.maximum(found, 1.0))


def _ratio_of_variances(moments: Moments) -> Floats:
    """Return the variance over units by that of independent sessions; NaN where sessions are all alike."""
    converted, sessions = moments.totals[..., 0], moments.totals[..., 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = converted / sessions
        independent = rate * (1 - rate) / (sessions - 1)
        clustered = clustered_of(moments).variance
        return np.where(independent > 0, clustered / independent, np.nan)


def _is_single(moments: Moments) -> Any:
    """Return where no unit has more than one session."""
    return moments.products[..., 1, 1] == moments.totals[..., 1]


def _pooled(moments: Moments) -> Moments:
    """Return the sum over the variants, with that axis kept."""
    return Moments(
        moments.n.sum(axis=-1, keepdims=True),
        moments.totals.sum(axis=-2, keepdims=True),
        moments.products.sum(axis=-3, keepdims=True),
    )
