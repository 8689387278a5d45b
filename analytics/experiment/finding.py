"""Finding: treatment against control under a plan; difference, lift and p-value agree at every level."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from analytics.experiment.arm import Arm
from analytics.experiment.effect import Alternative, Effect, difference_of, one_sided
from analytics.experiment.evened import evened
from analytics.experiment.fieller import fieller_lift
from analytics.experiment.hypergeometric import fisher_exact
from analytics.experiment.interval import Flags, Floats, Interval
from analytics.experiment.plan import Plan
from analytics.experiment.score import score_difference, score_lift, score_p_value, score_statistic
from analytics.experiment.skewness import bent, score_skewness, straightened
from analytics.experiment.statistic import Proportion

SMALL_COUNT = 12.0
"""Where fewer conversions (or fewer others) are expected in either variant, the exact test decides. With five the exact
coverage of the lift falls to 94.3 % at 150 users, with twelve no interval of 100 users or more is under 94.4 %."""
_AS_NORMAL = 1e5
"""Degrees of freedom from which Student's distribution is taken as normal."""
_LEAST, _FARTHEST = 1e-300, 37.0
_MOST_LIFT = 100.0
"""An end of a lift of rates beyond it is open: the interval says that control's rate may be next to nothing."""

Arms = tuple[Arm, Arm]
Counts = tuple[Proportion, Proportion]


class _Tested(NamedTuple):
    statistic: Floats
    shift: Floats
    freedom: Floats
    skewness: Floats


class _Decision(NamedTuple):
    critical: Floats
    p_value: Floats


@dataclass(frozen=True, slots=True)
class Finding:
    """Treatment against control; the arrays have one shape, NaN where nothing can be said.

    Attributes
    ----------
    difference : Interval
        Treatment minus control, in the unit of the outcome.
    lift : Interval
        The same by control's value; ends are infinite where the data do not bound it.
    p_value : ndarray of float
        Of "no effect", under the plan and for all its comparisons together; below 1 - confidence exactly where the
        intervals exclude 0.
    statistic : ndarray of float
        Value by error, before anything is taken off for small counts or few units.
    error : ndarray of float
        Standard error of the difference.
    freedom : ndarray of float
        Degrees of freedom of the statistic; infinite for the normal distribution.
    is_exact : ndarray of bool
        Where the exact test of small counts decides.
    """

    difference: Interval
    lift: Interval
    p_value: Floats
    statistic: Floats
    error: Floats
    freedom: Floats
    is_exact: Flags

    @property
    def is_significant(self) -> Flags:
        """Where the interval of the difference excludes 0."""
        return self.difference.excludes_zero


def compare(treatment: Arm, control: Arm, plan: Plan) -> Finding:
    """Return how a treatment compares with control.

    Parameters
    ----------
    treatment, control : Arm
        Of one outcome, broadcast against each other.
    plan : Plan
        Method and level.

    Notes
    -----
    Each method is one statistic s with one critical value c: it gives the p-value, and both intervals are all effects
    whose statistic is within c.

    - Rates: the score statistic of the counts. With few units of several sessions it is taken from Student's
      distribution to the normal one, ``z = Phi^-1(T(s))``, and c the other way. Where fewer than twelve conversions
      or others are expected, and looks are planned, s is brought to the exact test (Fisher, doubled) if that is
      larger in p: what the exact test takes off s is put on c. Where one looks more than once, c is far out in the
      tail, and the skewness of unequal shares matters: s is straightened and c bent (`skewness`).
    - Means and ratios: Welch's t, the smaller variant at least as unsure as if both varied alike (`evened`), brought to
      the normal distribution the same way; the lift by Fieller's theorem.

    References
    ----------
    Miettinen, O., Nurminen, M. (1985). Comparative analysis of two rates. Statistics in Medicine 4, 213-226.
    Fieller, E. C. (1954). Some problems in interval estimation. JRSS B 16, 175-185.
    """
    if treatment.counts is None or control.counts is None:
        return _means(treatment, control, plan)
    return _rates((treatment, control), (treatment.counts, control.counts), plan)


def p_value_of(treatment: Arm, control: Arm, plan: Plan) -> Floats:
    """Return the p-values of `compare` without its intervals, which take most of the time.

    Parameters
    ----------
    treatment, control : Arm
        Of one outcome, broadcast against each other.
    plan : Plan
        Method and level.
    """
    arms = (treatment, control)
    if treatment.counts is None or control.counts is None:
        return _decide(_tested_means(difference_of(*evened(treatment.point, control.point))), arms, plan).p_value
    return _decide(_tested_rates(arms, (treatment.counts, control.counts), plan), arms, plan).p_value


def _means(treatment: Arm, control: Arm, plan: Plan) -> Finding:
    points = evened(treatment.point, control.point)
    effect = difference_of(*points)
    tested = _tested_means(effect)
    decision = _decide(tested, (treatment, control), plan)
    lift = fieller_lift(*points, decision.critical)
    return Finding(
        one_sided(effect.within(decision.critical), plan.alternative),
        one_sided(lift, plan.alternative),
        decision.p_value,
        tested.statistic,
        effect.error,
        tested.freedom,
        tested.shift > 0,
    )


def _rates(arms: Arms, counts: Counts, plan: Plan) -> Finding:
    tested = _tested_rates(arms, counts, plan)
    decision = _decide(tested, arms, plan)
    difference, lift = (score(*counts, decision.critical) for score in (score_difference, score_lift))
    with np.errstate(invalid="ignore"):
        error = np.sqrt(arms[0].point.variance + arms[1].point.variance)
    return Finding(
        _one_sided(difference, plan.alternative, (-1.0, 1.0)),
        _one_sided(_opened(lift), plan.alternative, (-1.0, np.inf)),
        decision.p_value,
        tested.statistic,
        error,
        tested.freedom,
        tested.shift > 0,
    )


def _opened(lift: Interval) -> Interval:
    return Interval(lift.value, lift.low, np.where(np.asarray(lift.high) > _MOST_LIFT, np.inf, lift.high))


def _tested_means(effect: Effect) -> _Tested:
    exists = (effect.error > 0) & (effect.freedom > 0)
    statistic = np.where(exists, effect.statistic, np.nan)
    none = np.zeros_like(statistic)
    return _Tested(statistic, none, np.where(exists, effect.freedom, np.nan), none)


def _tested_rates(arms: Arms, counts: Counts, plan: Plan) -> _Tested:
    statistic = np.where(np.isnan(score_p_value(*counts)), np.nan, np.nan_to_num(score_statistic(*counts)))
    freedom = _welch_freedom(arms)
    shift = skewness = np.zeros_like(statistic)
    if plan.method != "sequential":
        shift = _exact_shift(statistic, counts, plan)
    if plan.method != "fixed":
        skewness = np.where(shift > 0, 0.0, score_skewness(*counts, statistic, plan.alternative))
    return _Tested(np.where(freedom > 0, statistic, np.nan), shift, freedom, skewness)


def _decide(found: _Tested, arms: Arms, plan: Plan) -> _Decision:
    """Return critical value and p-value of a statistic, straightened, from which a shift is taken, with its freedom."""
    statistic, shift, freedom, skewness = found
    clock = arms[0].n_sessions + arms[1].n_sessions, arms[0].n_units + arms[1].n_units
    sign = -1.0 if plan.alternative == "less" else 1.0
    size = np.abs(statistic) if plan.alternative == "two-sided" else sign * statistic
    normal = straightened(_to_normal(np.where(size > 0, np.maximum(size - shift, 0.0), size), freedom), skewness)
    p_value = plan.p_value(sign * normal, *clock)
    normal_critical = bent(np.broadcast_to(plan.critical(*clock), statistic.shape), skewness)
    critical = _from_normal(normal_critical, freedom) + shift
    return _Decision(np.where(np.isnan(statistic), np.nan, critical), p_value)


def _exact_shift(statistic: Floats, counts: Counts, plan: Plan) -> Floats:
    """Return what the exact test takes off the statistic; 0 where counts are large enough, or it takes nothing off."""
    one, two = counts
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = (one.n_converted + two.n_converted) / (one.n + two.n)
        expected = np.minimum(rate, 1 - rate) * np.minimum(one.n, two.n)
    small = np.asarray((expected < SMALL_COUNT) & (expected > 0))
    shift = np.zeros_like(statistic)
    if not small.any():
        return shift
    tables = [
        Proportion(
            np.rint(np.broadcast_to(c.n_converted, small.shape)[small]),
            np.rint(np.broadcast_to(c.n, small.shape)[small]),
        )
        for c in counts
    ]
    p_value = fisher_exact(tables[0], tables[1], plan.alternative)
    tail = p_value / 2 if plan.alternative == "two-sided" else p_value
    seen = statistic[small]
    size = np.abs(seen) if plan.alternative == "two-sided" else seen * (-1 if plan.alternative == "less" else 1)
    shift[small] = np.maximum(size - np.maximum(-ndtri(tail), 0.0), 0.0)
    return shift


def _welch_freedom(arms: Arms) -> Floats:
    """Return the degrees of freedom of a difference of rates; infinite where no unit has several sessions."""
    (v1, f1), (v2, f2) = ((arm.point.variance, arm.freedom) for arm in arms)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (v1 + v2) ** 2 / (v1**2 / f1 + v2**2 / f2)
    both = np.isinf(f1) & np.isinf(f2)
    return np.asarray(np.where(both, np.inf, np.where(np.isfinite(found), found, np.minimum(f1, f2))))


def _to_normal(size: Floats, freedom: Floats) -> Floats:
    """Return what is as far out in the normal distribution as a size in Student's."""
    few = freedom < _AS_NORMAL
    tail = stdtr(np.where(few, freedom, 1.0), -np.abs(np.where(few, size, 0.0)))
    return np.asarray(np.where(few, -np.sign(size) * ndtri(np.maximum(tail, _LEAST)), size))


def _from_normal(critical: Floats, freedom: Floats) -> Floats:
    """Return what is as far out in Student's distribution as a critical value in the normal one; infinite beyond reach.

    Far out the quantiles of scipy may be infinite with the wrong sign.
    """
    few = (freedom < _AS_NORMAL) & np.isfinite(critical)
    tail = ndtr(-np.where(few, np.minimum(critical, _FARTHEST), 0.0))
    found = np.asarray(np.where(few, -stdtrit(np.where(few, freedom, 1.0), tail), critical))
    is_beyond = few & ((critical >= _FARTHEST) | ((critical > 1) & ~(found >= critical)))
    return np.where(is_beyond, np.inf, found)


def _one_sided(interval: Interval, alternative: Alternative, limits: tuple[float, float]) -> Interval:
    """Return the interval with the end that the alternative does not bound at the limit of what is possible."""
    low, high = interval.low, interval.high
    if alternative == "less":
        low = np.where(np.isnan(high), np.nan, limits[0])
    if alternative == "greater":
        high = np.where(np.isnan(low), np.nan, limits[1])
    return Interval(interval.value, low, high)
