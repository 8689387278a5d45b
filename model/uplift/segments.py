"""Segments: where the treatment gains and where it loses, corrected for all segments looked at."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr

from analytics.estimate import Estimate
from analytics.experiment.correction import holm
from analytics.experiment.interval import Floats, normal_quantile
from model.report import UpliftSegment
from model.uplift.axes import Axis, Group, groups_of
from model.uplift.clustered import sums_by
from model.uplift.options import UpliftOptions
from model.uplift.trial import Trial

MAX_TOLD = 200


@dataclass(frozen=True, slots=True)
class _Parts:
    """Effects within the parts of one group that are large enough: places, difference, standard error, sessions."""

    group: Group
    place: np.ndarray
    effect: Floats
    error: Floats
    n: Floats


def segments_of(trial: Trial, axes: tuple[Axis, ...], options: UpliftOptions) -> tuple[tuple[UpliftSegment, ...], int]:
    """Return the effect in each segment of one and two dimensions by rising p, and how many were looked at.

    All of one dimension are returned, and those of two that are among the first 200.

    Parameters
    ----------
    trial : Trial
        Sessions.
    axes : tuple of Axis
        What segments are made of.
    options : UpliftOptions
        Confidence, and what a segment must have of either variant; smaller ones are not looked at.

    Notes
    -----
    The difference of the two conversion rates, with a variance clustered by user; two-sided p from the normal
    distribution, after Holm over all segments of all dimensions and pairs. A segment gains or loses where the adjusted
    p is below 1 - confidence; intervals are not corrected.
    """
    parts = [_effects(trial, group, options) for group in groups_of(axes)]
    rows = [(part, row) for part in parts for row in range(len(part.place))]
    if not rows:
        return (), 0
    p_values = 2 * ndtr(-np.abs(np.concatenate([part.effect / part.error for part in parts])))
    adjusted, half = holm(p_values), normal_quantile(options.confidence)
    segments = []
    for told, place in enumerate(np.lexsort([p_values, adjusted])):
        part, row = rows[place]
        if told < MAX_TOLD or len(part.group.axes) == 1:
            test = (float(p_values[place]), float(adjusted[place]))
            segments.append(_segment(part, row, half, test, 1 - options.confidence))
    return tuple(segments), len(rows)


def _segment(part: _Parts, row: int, half: float, test: tuple[float, float], alpha: float) -> UpliftSegment:
    members = part.group.members(int(part.place[row]))
    effect, error = float(part.effect[row]), half * float(part.error[row])
    return UpliftSegment(
        dimensions=tuple(axis.name for axis in part.group.axes),
        members=members,
        label=" · ".join(_in_words(axis, member) for axis, member in zip(part.group.axes, members, strict=True)),
        effect=Estimate(effect, effect - error, effect + error, round(float(part.n[row]))),
        p_value=test[0],
        p_adjusted=test[1],
        direction=_direction(effect, test[1] < alpha),
    )


def _in_words(axis: Axis, member: str) -> str:
    return f"{axis.label} {member}" if axis.edges else member


def _direction(effect: float, is_shown: bool) -> Literal["gains", "loses", "not shown"]:
    if not is_shown:
        return "not shown"
    return "gains" if effect > 0 else "loses"


def _effects(trial: Trial, group: Group, options: UpliftOptions) -> _Parts:
    rows = np.flatnonzero(group.code >= 0)
    code, y, weight = group.code[rows], trial.examples.y[rows], trial.examples.weight[rows]
    arm = trial.is_treated[rows].astype(np.int64)
    shape = (2, group.n_parts)
    place = arm * group.n_parts + code
    n, converted = (sums_by(place, values, 2 * group.n_parts) for values in (weight, weight * y))
    rate = np.divide(converted, n, out=np.zeros_like(n), where=n > 0)
    influence = weight * (y - rate[place]) / n[place] * (2 * arm - 1)
    error = _clustered_error(trial.examples.user[rows] * group.n_parts + code, influence, group.n_parts)
    n, rate = n.reshape(shape), rate.reshape(shape)
    kept = np.flatnonzero(trial.is_large(group.code, group.n_parts, options))
    return _Parts(group, kept, (rate[1] - rate[0])[kept], error[kept], n.sum(axis=0)[kept])


def _clustered_error(key: np.ndarray, influence: Floats, n_parts: int) -> Floats:
    """Return the standard error of each part; ``key`` is of a user within a part."""
    distinct, place = np.unique(key, return_inverse=True)
    square = sums_by(place, influence) ** 2
    n_users = np.bincount(distinct % n_parts, minlength=n_parts)
    return np.sqrt(np.bincount(distinct % n_parts, square, minlength=n_parts) * n_users / np.maximum(n_users - 1, 1))
