"""Segment search: for whom the treatment gains or loses, and who differs from the rest; corrected for all looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from analytics.experiment.additive import Codes, Homogeneity, design_of, fit, log_effects
from analytics.experiment.arm import Arm
from analytics.experiment.correction import benjamini_hochberg, holm
from analytics.experiment.effect import Effect
from analytics.experiment.effect_shrinkage import shrink
from analytics.experiment.finding import p_value_of
from analytics.experiment.interval import Flags, Floats, Interval
from analytics.experiment.plan import N_TUNED, Plan

MOST_SEGMENTS = 400
"""Parts of more segments are not fitted."""
_N_COLUMNS = 9
_LEAST, _AS_NORMAL = 1e-300, 1e5


@dataclass(frozen=True, slots=True)
class Part:
    """Segments that part the sessions among them: the members of a dimension, or the cells of two.

    Attributes
    ----------
    places : ndarray of int, shape (k,)
        Where they stand in the arms.
    codes : ndarray of int, shape (k, depth)
        The member of each along each dimension.
    """

    places: Codes
    codes: Codes


@dataclass(frozen=True, slots=True)
class Segments:
    """What is known of each segment; the arrays have the arms' shape (k,), NaN where nothing can be said.

    Attributes
    ----------
    p_value : ndarray of float
        Of "no effect in this segment", under the plan of `segment_plan`.
    p_holm : ndarray of float
        The same such that not one claim about any segment is wrong, but in 1 - confidence of all data sets; corrected
        for both questions over all segments.
    p_bh : ndarray of float
        The same such that of those below alpha at most the part alpha is wrong, on average (Benjamini-Hochberg).
    beyond : Effect
        The log ratio less what all other segments of the part lead to expect of it (`fit`).
    p_beyond, p_beyond_holm : ndarray of float
        Of "as expected", alone, and corrected as ``p_holm`` is.
    direction : ndarray of int
        1 where the treatment gains after Holm, -1 where it loses, 0 where neither is shown.
    stands_out : ndarray of bool
        Whether the effect differs from what is expected, after Holm.
    shrunken : Interval
        Log ratios shrunk to what is expected.
    differs : tuple of Homogeneity
        Of each part: whether its effects differ, or are more than the sums of two dimensions' effects.
    p_differs, p_differs_holm : ndarray of float, shape (parts,)
        Of "they do not", alone and corrected for all parts.
    """

    p_value: Floats
    p_holm: Floats
    p_bh: Floats
    beyond: Effect
    p_beyond: Floats
    p_beyond_holm: Floats
    direction: Codes
    stands_out: Flags
    shrunken: Interval
    differs: tuple[Homogeneity, ...]
    p_differs: Floats
    p_differs_holm: Floats


def find_segments(treatment: Arm, control: Arm, plan: Plan, parts: Sequence[Part]) -> Segments:
    """Return where the effect is there, and where it differs, corrected for everything that was looked at.

    Parameters
    ----------
    treatment, control : Arm, shape (k,)
        Of one outcome, in every segment.
    plan : Plan
        That of the whole experiment. Both sides are always looked at.
    parts : sequence of Part
        Each segment is in one of them. A user may be in several segments.

    Notes
    -----
    Two questions are asked of each segment: is there an effect, and does it differ from what the others lead to expect?
    Holm's correction is over both and over all segments, so the chance of a single wrong claim is at most 1 -
    confidence where nothing differs. Under a sequence all p-values hold at every look.
    """
    found = [_judged(treatment[part.places], control[part.places], segment_plan(plan, part), part) for part in parts]
    places = [part.places for part in parts]
    columns = _put(len(treatment.n_units), places, [one.columns for one in found])
    p_value, value, error, freedom, p_beyond, shrunk, low, high, sign = columns
    p_holm, p_beyond_holm = np.split(_known(holm, np.r_[p_value, p_beyond]), 2)
    alpha = 1 - plan.confidence
    p_differs = np.array([one.p_differs for one in found])
    return Segments(
        p_value=p_value,
        p_holm=p_holm,
        p_bh=_known(benjamini_hochberg, p_value),
        beyond=Effect(value, error, freedom),
        p_beyond=p_beyond,
        p_beyond_holm=p_beyond_holm,
        direction=np.where(p_holm < alpha, np.sign(sign), 0).astype(np.intp),
        stands_out=np.asarray(p_beyond_holm < alpha),
        shrunken=Interval(shrunk, low, high),
        differs=tuple(one.differs for one in found),
        p_differs=p_differs,
        p_differs_holm=holm(p_differs) if len(parts) else p_differs,
    )


def segment_plan(plan: Plan, part: Part) -> Plan:
    """Return the plan by which the segments of a part are compared.

    Parameters
    ----------
    plan : Plan
        Of the whole experiment.
    part : Part
        What is looked at.

    Notes
    -----
    Two-sided. A segment has only a share of the planned units, so its sequence is tuned for the planned units by the
    number of segments in its part; it is valid whatever the shares are. What else is looked at does not matter, so a
    segment has one interval wherever it is shown.
    """
    if plan.method != "sequential":
        return replace(plan, alternative="two-sided")
    return replace(plan, alternative="two-sided", n_planned=(plan.n_planned or N_TUNED) / max(len(part.places), 1))


@dataclass(frozen=True, slots=True)
class _Judged:
    """The segments of one part: a row for each column of `Segments`, and whether they differ at all."""

    columns: Floats
    differs: Homogeneity
    p_differs: float


def _judged(treatment: Arm, control: Arm, plan: Plan, part: Part) -> _Judged:
    effect = log_effects(treatment, control)
    columns = np.full((_N_COLUMNS, len(part.places)), np.nan)
    columns[0] = p_value_of(treatment, control, plan)
    columns[-1] = effect.value
    known = np.isfinite(effect.value) & (effect.error > 0) & (effect.freedom > 0)
    if not 2 <= np.count_nonzero(known) <= MOST_SEGMENTS:
        return _Judged(columns, Homogeneity(0.0, 0.0), 1.0)
    effect = Effect(effect.value[known], effect.error[known], effect.freedom[known])
    clock = _clock(treatment, control, known)
    design = design_of(part.codes[known])
    fitted = fit(effect, design)
    columns[1:4, known] = fitted.beyond.value, fitted.beyond.error, fitted.beyond.freedom
    columns[4, known] = plan.p_value(_as_normal(fitted.beyond), *clock)
    shrunken = shrink(effect, design, plan.critical(*clock))
    columns[5:8, known] = shrunken.value, shrunken.low, shrunken.high
    return _Judged(columns, fitted.homogeneity, _p_differs(fitted.homogeneity, plan, float(clock[0].mean())))


def _clock(treatment: Arm, control: Arm, known: Flags) -> tuple[Floats, Floats]:
    return (treatment.n_sessions + control.n_sessions)[known], (treatment.n_units + control.n_units)[known]


def _p_differs(homogeneity: Homogeneity, plan: Plan, n_sessions: float) -> float:
    """Return the p-value of a part; where many looks are planned, one that holds at every look."""
    if plan.method == "fixed":
        p_value = homogeneity.p_value
    else:
        p_value = homogeneity.always_valid_p(plan.mixture.spread * n_sessions)
    return min(p_value * plan.n_comparisons, 1.0)


def _as_normal(effect: Effect) -> Floats:
    """Return the statistic as far out in the normal distribution as it is in Student's."""
    tail = np.maximum(effect.p_value() / 2, _LEAST)
    few = effect.freedom < _AS_NORMAL
    return np.where(few, -np.sign(effect.statistic) * ndtri(tail), effect.statistic)


def _put(k: int, places: list[Codes], columns: list[Floats]) -> Floats:
    """Return the columns of all parts where their segments stand among k."""
    whole = np.full((_N_COLUMNS, k), np.nan)
    for place, values in zip(places, columns, strict=True):
        whole[:, place] = values
    return whole


def _known(correct: Callable[[Floats], Floats], p_values: Floats) -> Floats:
    """Return corrected p-values of the tests that could be made; NaN for the others."""
    corrected, known = np.full_like(p_values, np.nan), ~np.isnan(p_values)
    corrected[known] = correct(p_values[known])
    return corrected
