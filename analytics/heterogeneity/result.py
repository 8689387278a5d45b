"""Heterogeneity result: effects by segment, with everything that was looked at."""

from dataclasses import dataclass
from typing import Literal

from analytics.estimate import Estimate
from analytics.segments import SegmentMember
from semantic.experiment import Method

Direction = Literal["gains", "loses", "not shown"]


@dataclass(frozen=True, slots=True)
class SegmentEffect:
    """The effect of a treatment in one segment; None where nothing can be said.

    Attributes
    ----------
    n_users, n_sessions : int
        In control and treatment together.
    control, treatment : Estimate
        The outcome of either, each with an interval of its own.
    lift : Estimate
        Relative difference; its interval excludes 0 exactly where ``p_value`` is below 1 - confidence.
    p_value : float or None
        Of "no effect here", alone.
    members : tuple of SegmentMember
        What the segment's sessions have in common; none: everybody, who has none of the following.
    shrunken_lift : Estimate or None
        The lift pulled to what the others lead to expect, as far as the scatter of all says.
    p_holm, p_bh : float or None
        ``p_value`` corrected for every claim about any segment (Holm), and such that few of those called are wrong
        (Benjamini-Hochberg).
    beyond : Estimate or None
        How many times the ratio of treatment to control is what the others lead to expect, less 1: of one dimension the
        others' mean, of two what both dimensions explain.
    p_beyond, p_beyond_holm : float or None
        Of "as expected": alone and corrected as ``p_holm`` is.
    direction : {"gains", "loses", "not shown"}
        What ``p_holm`` shows.
    stands_out : bool
        Whether ``p_beyond_holm`` is below 1 - confidence.
    is_reversed : bool
        Whether the segment is shown to go the other way than everybody together.
    """

    n_users: int
    n_sessions: int
    control: Estimate
    treatment: Estimate
    lift: Estimate
    p_value: float | None
    members: tuple[SegmentMember, ...] = ()
    shrunken_lift: Estimate | None = None
    p_holm: float | None = None
    p_bh: float | None = None
    beyond: Estimate | None = None
    p_beyond: float | None = None
    p_beyond_holm: float | None = None
    direction: Direction = "not shown"
    stands_out: bool = False
    is_reversed: bool = False


@dataclass(frozen=True, slots=True)
class DimensionEffect:
    """Whether the effect differs along a dimension, or is more than the sum of two.

    Attributes
    ----------
    names, labels : tuple of str
        The dimension, or the two.
    n_segments : int
        Members or cells that were looked at.
    p_value, p_holm : float
        Of "it does not": alone, and corrected for all dimensions and pairs (Holm).
    differs : bool
        Whether ``p_holm`` is below 1 - confidence.
    share_in_several : float
        How many more users the segments have together than there are, a fraction: those who stand in several.
    """

    names: tuple[str, ...]
    labels: tuple[str, ...]
    n_segments: int
    p_value: float
    p_holm: float
    differs: bool
    share_in_several: float


@dataclass(frozen=True, slots=True)
class TreatmentSegments:
    """One treatment against control.

    Attributes
    ----------
    treatment : str
        Its name.
    headline : str
        What survives correction, in words.
    whole : SegmentEffect
        Everybody.
    dimensions : tuple of DimensionEffect
        Single ones in the order of the catalog, then pairs.
    segments : tuple of SegmentEffect
        Those of single dimensions in their order; then up to 200 of pairs, those that stand out first.
    n_looked_at, n_too_small : int
        Segments tested, and left out for having too few sessions.
    """

    treatment: str
    headline: str
    whole: SegmentEffect
    dimensions: tuple[DimensionEffect, ...]
    segments: tuple[SegmentEffect, ...]
    n_looked_at: int
    n_too_small: int


@dataclass(frozen=True, slots=True)
class HeterogeneityResult:
    """For whom the treatments work.

    Attributes
    ----------
    outcome, label, unit : str
        What was compared.
    control : str
        Name of control.
    method : {"sequential", "fixed", "group_sequential"}
        What decided.
    confidence : float
        Level of all claims about segments together.
    depth, min_sessions : int
        Most dimensions of a segment, and sessions that it must have.
    headline : str
        In one sentence or two.
    treatments : tuple of TreatmentSegments
        None where nothing can be compared.
    warnings : tuple of str
        What else must be known to read the numbers.
    """

    outcome: str
    label: str
    unit: str
    control: str
    method: Method
    confidence: float
    depth: int
    min_sessions: int
    headline: str
    treatments: tuple[TreatmentSegments, ...]
    warnings: tuple[str, ...]
