"""Segment arms: what each variant measured in everybody and in every segment that is large enough."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.experiment.arm import Arm
from analytics.experiment.interval import Flags
from analytics.experiment.segment_search import Part
from analytics.outcome import SESSIONS, Outcome, arms_of_outcome, columns_of
from analytics.segments import SegmentMember
from semantic.catalog import MISSING, VARIANT, Catalog
from semantic.units import UnitAnswer


@dataclass(frozen=True, slots=True)
class Group:
    """The segments of one dimension or pair.

    Attributes
    ----------
    by, labels : tuple of str
        Names and labels of the dimensions.
    part : Part
        Where they stand among all segments.
    members : tuple of tuple of SegmentMember
        What each has in common.
    share_in_several : float
        How many more users they have together than there are, a fraction.
    """

    by: tuple[str, ...]
    labels: tuple[str, ...]
    part: Part
    members: tuple[tuple[SegmentMember, ...], ...]
    share_in_several: float


@dataclass(frozen=True, slots=True)
class SegmentArms:
    """Everything that was looked at.

    Attributes
    ----------
    variants : tuple of str
        Control first.
    whole : Arm, shape (1, variants)
        Everybody.
    arm : Arm, shape (segments, variants)
        Segments, group by group.
    groups : tuple of Group
        Those of two segments and more.
    n_too_small : int
        Segments with some sessions, but not enough.
    """

    variants: tuple[str, ...]
    whole: Arm
    arm: Arm
    groups: tuple[Group, ...]
    n_too_small: int


def segment_arms(
    outcome: Outcome, answers: Sequence[UnitAnswer], whole: UnitAnswer, catalog: Catalog, least: int
) -> SegmentArms:
    """Return what was measured in every segment.

    Parameters
    ----------
    outcome : Outcome
        What is compared.
    answers : sequence of UnitAnswer
        By the dimensions of each group, then the variant.
    whole : UnitAnswer
        By variant, control first; its variants count.
    catalog : Catalog
        Labels of dimensions.
    least : int
        Sessions that a segment must have; missing members make none.
    """
    columns, names = columns_of([outcome]), whole.members[VARIANT]
    at = columns.index(SESSIONS)
    rows, groups, start, n_too_small = [_flat(whole, names)], [], 0, 0
    for answer in answers:
        flat, by = _flat(answer, names), answer.by[:-1]
        sessions, usable = flat.totals[..., at].sum(axis=1), _is_known(answer)
        kept = np.flatnonzero(usable & (sessions >= least))
        n_too_small += int(np.count_nonzero(usable & (sessions > 0))) - kept.size
        if kept.size < 2:
            continue
        codes = np.stack(np.unravel_index(kept, answer.n.shape[:-1]), axis=1)
        labels = tuple(catalog.dimension(name).label for name in by)
        members = tuple(_members(answer, labels, code) for code in codes.tolist())
        several = float(max(flat.n.sum() / max(whole.n.sum(), 1.0) - 1, 0.0))
        groups.append(Group(by, labels, Part(np.arange(start, start + kept.size), codes), members, several))
        rows.append(_Sums(flat.n[kept], flat.totals[kept], flat.products[kept]))
        start += kept.size
    arm = arms_of_outcome(outcome, _together(rows, whole), columns)
    return SegmentArms(names, arm[:1], arm[1:], tuple(groups), n_too_small)


@dataclass(frozen=True, slots=True)
class _Sums:
    n: npt.NDArray[np.float64]
    totals: npt.NDArray[np.float64]
    products: npt.NDArray[np.float64]


def _flat(answer: UnitAnswer, names: tuple[str, ...]) -> _Sums:
    """Return the sums with one axis of segments before that of the variants, which stand in the order of the names."""
    places = [answer.members[VARIANT].index(name) for name in names]
    n, totals, products = answer.n[..., places], answer.totals[..., places, :], answer.products[..., places, :, :]
    k = len(names)
    return _Sums(
        n.reshape(-1, k), totals.reshape(-1, k, totals.shape[-1]), products.reshape(-1, k, *products.shape[-2:])
    )


def _together(rows: Sequence[_Sums], whole: UnitAnswer) -> UnitAnswer:
    n, totals, products = (np.concatenate([getattr(one, name) for one in rows]) for name in _Sums.__slots__)
    members = {"segment": (), VARIANT: whole.members[VARIANT]}
    return UnitAnswer(("segment", VARIANT), members, n, totals, products, whole.version, whole.origin)


def _is_known(answer: UnitAnswer) -> Flags:
    """Return which cells have no missing member, flattened."""
    known = np.ones(answer.n.shape[:-1], dtype=np.bool_)
    for axis, name in enumerate(answer.by[:-1]):
        flags = np.array([member != MISSING for member in answer.members[name]], dtype=np.bool_)
        known &= flags.reshape([-1 if axis == place else 1 for place in range(known.ndim)])
    return known.ravel()


def _members(answer: UnitAnswer, labels: Sequence[str], code: Sequence[int]) -> tuple[SegmentMember, ...]:
    named = zip(answer.by[:-1], labels, code, strict=True)
    return tuple(SegmentMember(name, label, answer.members[name][place]) for name, label, place in named)
