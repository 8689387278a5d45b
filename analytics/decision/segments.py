"""The segments that a verdict may name: those whose effect is shown after correction for everything looked at."""

from collections.abc import Mapping
from math import inf

from analytics.experiment.contrast import Contrast
from analytics.heterogeneity.result import HeterogeneityResult, SegmentEffect


def shown_segments(found: HeterogeneityResult | None, treatment: str) -> tuple[Contrast, ...]:
    """Return the segments in which a treatment is shown to gain or to lose.

    Parameters
    ----------
    found : HeterogeneityResult or None
        None where the data has nothing to make segments of.
    treatment : str
        Its name.

    Notes
    -----
    A cell of two dimensions is left out where a segment of one dimension that holds it goes the same way.
    """
    if found is None:
        return ()
    segments = [s for one in found.treatments if one.treatment == treatment for s in one.segments]
    shown = [s for s in segments if s.direction != "not shown" and s.lift.value is not None]
    wide = {(m.dimension, m.member): s.direction for s in shown if len(s.members) == 1 for m in s.members}
    return tuple(_contrast(s) for s in shown if len(s.members) == 1 or not _is_told(s, wide))


def _is_told(segment: SegmentEffect, wide: Mapping[tuple[str, str], str]) -> bool:
    return any(wide.get((member.dimension, member.member)) == segment.direction for member in segment.members)


def _contrast(segment: SegmentEffect) -> Contrast:
    lift = segment.lift
    low, high = -inf if lift.low is None else lift.low, inf if lift.high is None else lift.high
    ends = (low, lift.value or 0.0, high)
    return Contrast(" × ".join(member.member for member in segment.members), ends, ends)
