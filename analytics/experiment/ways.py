"""Ways: one outcome compared by every method there is, beside the one that decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from analytics.experiment.arm import Arm
from analytics.experiment.bayes import Posterior, compare_effects, compare_rates
from analytics.experiment.effect import as_lift, difference_of, log_ratio_of, one_sided, pooled_difference
from analytics.experiment.evidence import lift_sequence, multinomial_log_e, p_of_evidence, strength_for
from analytics.experiment.finding import compare
from analytics.experiment.hypergeometric import fisher_exact
from analytics.experiment.interval import Floats, Interval
from analytics.experiment.plan import N_TUNED, Plan
from analytics.experiment.proportion import log_risk_ratio, newcombe
from analytics.experiment.statistic import Proportion
from semantic.experiment import Method

Holds = Literal["one look", "planned looks", "every look", "no error rate"]
"""How often one may look; a credible interval promises no rate of errors."""
_USUAL_RATE = 0.1
"""Conversions that a unit is expected to have, by which the exact sequence is tuned; it holds whatever they are."""


@dataclass(frozen=True, slots=True)
class Way:
    """One method; the arrays have one element for each treatment.

    Attributes
    ----------
    name : str
        One word.
    holds : {"one look", "planned looks", "every look", "no error rate"}
        How often one may look.
    difference, lift : Interval or None
        None where the method has none.
    p_value : ndarray of float or None
        Of "no effect", for all treatments together; None where the method has none.
    """

    name: str
    holds: Holds
    difference: Interval | None = None
    lift: Interval | None = None
    p_value: Floats | None = None


def ways_of(treatment: Arm, control: Arm, plan: Plan) -> tuple[Way, ...]:
    """Return every method by which an outcome can be compared, those of `compare` first.

    Parameters
    ----------
    treatment, control : Arm
        Of one outcome, on one axis, broadcast against each other.
    plan : Plan
        Level, alternative and, for planned looks, size.

    Notes
    -----
    Intervals are at the level of one of all comparisons, and p-values are times their number, as those of `compare`.
    Rates: all on the same Rao-Scott counts, Fisher's on whole numbers nearest to them. Credible intervals stay
    two-sided whatever is looked for.
    """
    deciding = _of_compare(treatment, control, plan)
    if treatment.counts is None or control.counts is None:
        return (*deciding, *_of_means(treatment, control, plan))
    return (*deciding, *_of_rates(treatment.counts, control.counts, plan))


def exact_way(converted: Floats, converted_control: float, shares: Sequence[float], plan: Plan) -> Way:
    """Return the comparison of units that convert from conversions and planned shares alone.

    Parameters
    ----------
    converted : ndarray of float
        Units of each treatment that have converted.
    converted_control : float
        The same of control.
    shares : sequence of float
        Probability with which each treatment, rather than control, was given to a unit of the two.
    plan : Plan
        Level and planned size. Two-sided whatever is looked for.

    Notes
    -----
    See `multinomial_log_e` and `lift_sequence`. NaN where a share is 0 or 1.
    """
    strength = strength_for((plan.n_planned or N_TUNED) * _USUAL_RATE)
    rows = []
    for seen, share in zip(converted.tolist(), shares, strict=True):
        if not 0 < share < 1:
            rows.append((np.nan,) * 4)
            continue
        lift = lift_sequence(seen, converted_control, share, strength, plan.level)
        p = p_of_evidence(multinomial_log_e([seen, converted_control], [share, 1 - share], strength))
        rows.append((float(lift.value), float(lift.low), float(lift.high), float(p)))
    value, low, high, p_value = np.array(rows, dtype=np.float64).reshape(-1, 4).T
    return Way("exact_sequence", "every look", lift=Interval(value, low, high), p_value=_together(p_value, plan))


def _of_compare(treatment: Arm, control: Arm, plan: Plan) -> list[Way]:
    held: dict[Method, Holds] = {"sequential": "every look", "fixed": "one look"}
    if plan.n_planned:
        held["group_sequential"] = "planned looks"
    found = {name: compare(treatment, control, replace(plan, method=name)) for name in held}
    return [Way(name, held[name], one.difference, one.lift, one.p_value) for name, one in found.items()]


def _of_rates(treatment: Proportion, control: Proportion, plan: Plan) -> list[Way]:
    pooled = pooled_difference(treatment.point, control.point).p_value(plan.alternative)
    apart = difference_of(treatment.point, control.point).as_normal
    whole = [
        Proportion(np.rint(np.nan_to_num(c.n_converted)), np.rint(np.nan_to_num(c.n))) for c in (treatment, control)
    ]
    exact, mid = (fisher_exact(whole[0], whole[1], plan.alternative, is_mid_p=is_mid) for is_mid in (False, True))
    counts = (treatment.n_converted, treatment.n, control.n_converted, control.n)
    level = plan.level if plan.alternative == "two-sided" else 2 * plan.level - 1
    difference, lift = (one_sided(of(*counts, level), plan.alternative) for of in (newcombe, log_risk_ratio))
    posterior = compare_rates(treatment, control, confidence=plan.level)
    return [
        Way("z_pooled", "one look", p_value=_together(pooled, plan)),
        Way(
            "z_unpooled",
            "one look",
            apart.interval(plan.level, plan.alternative),
            p_value=_together(apart.p_value(plan.alternative), plan),
        ),
        Way("fisher", "one look", p_value=_together(exact, plan)),
        Way("mid_p", "one look", p_value=_together(mid, plan)),
        Way("newcombe", "one look", difference),
        Way("log_ratio", "one look", lift=lift),
        _bayes(posterior, posterior.lift),
    ]


def _of_means(treatment: Arm, control: Arm, plan: Plan) -> list[Way]:
    apart = difference_of(treatment.point, control.point)
    normal, ratio = apart.as_normal, log_ratio_of(treatment.point, control.point).as_normal
    normal_p, ratio_p = (_together(effect.p_value(plan.alternative), plan) for effect in (normal, ratio))
    lift = as_lift(ratio.interval(plan.level, plan.alternative))
    return [
        Way("normal", "one look", normal.interval(plan.level, plan.alternative), p_value=normal_p),
        Way("log_ratio", "one look", lift=lift, p_value=ratio_p),
        _bayes(compare_effects(apart, confidence=plan.level), None),
    ]


def _bayes(posterior: Posterior, lift: Interval | None) -> Way:
    """Return the credible intervals; of few conversions the mean of a lift may lie outside, and is left out then."""
    if lift is not None:
        is_within = (lift.low <= lift.value) & (lift.value <= lift.high)
        lift = Interval(np.where(is_within, lift.value, np.nan), lift.low, lift.high)
    return Way("bayes", "no error rate", posterior.difference, lift)


def _together(p_value: Floats, plan: Plan) -> Floats:
    return np.asarray(np.minimum(p_value * plan.n_comparisons, 1.0))
