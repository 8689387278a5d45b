"""segments_of_visitor: the segments in which engines were compared and that the visitor is one of."""

from bisect import bisect_right

from dashboard.sheets.predict.asked import Asked
from dashboard.visitor import Attribute
from model.report import Uplift, UpliftSegment

MOST_SEGMENTS = 4


def segments_of_visitor(found: Uplift, asked: Asked) -> list[UpliftSegment]:
    """Return the segments that hold the visitor, those first in which the effect is shown.

    Parameters
    ----------
    found : Uplift
        With its segments.
    asked : Asked
        With the visitor; bands of numbers are those of the data.
    """
    members = {one.feature.name: _member(one, asked) for one in asked.visitor.attributes}
    mine = [
        one
        for one in found.segments
        if all(members.get(name) == member for name, member in zip(one.dimensions, one.members, strict=True))
    ]
    return sorted(mine, key=lambda one: (one.direction == "not shown", one.p_adjusted))[:MOST_SEGMENTS]


def _member(one: Attribute, asked: Asked) -> str | None:
    """Return the member or the band that an attribute falls into; None where it is not known."""
    if one.feature.kind == "category" or one.value is None:
        return one.value
    domain = asked.facts.context.snapshot.domains.get(one.feature.name)
    try:
        return domain.members[bisect_right(domain.edges, float(one.value))] if domain and domain.edges else None
    except ValueError:
        return None
