"""The headline of the explore page: whose rates are the highest and lowest seen, and how many segments stand out."""

from dataclasses import dataclass, replace
from functools import partial

from analytics.segments import Segment, SegmentsResult
from dashboard.format import NumberFormat
from dashboard.view import Arrays, Context, View
from dashboard.views.segments import away, segments_table, segments_views, words

_HOW = (
    "Rates are shrunk towards the whole with their credible intervals. A segment stands out where it differs from the "
    "rest after correction for all segments looked at."
)


def headline_views(context: Context) -> tuple[View, ...]:
    """Return the sentence that answers the page's question, from the numbers of the segments' card."""
    write = context.number_format
    return tuple(
        replace(
            view,
            name="headline",
            title="",
            dimensions=(),
            painter="headline",
            arrays=partial(_arrays, write=write),
            table=segments_table,
            summary=partial(headline, write=write),
            choices=(),
            help="",
        )
        for view in segments_views(context)
    )


def headline(result: SegmentsResult, write: NumberFormat) -> str:
    """Return whose rate is the highest, or lowest where only that is known, and how many segments stand out."""
    if not result.n_looked_at:
        return write.regrouped(result.summary)
    looked_at = write.count(result.n_looked_at)
    if not result.n_stand_out:
        return f"No segment stands out by more than chance among the {looked_at} looked at."
    count = f"{write.count(result.n_stand_out)} of {looked_at} segments {_stand(result.n_stand_out)} out"
    told = [_told(end, write) for end in _ends(result)]
    return f"{told[0]}; {count}." if told else f"{count}, none of them at either end of the ranking."


@dataclass(frozen=True, slots=True)
class _End:
    """The segment at one end of the ranking that stands out, and those that may be further out."""

    segment: Segment
    rivals: tuple[Segment, ...]
    is_best: bool
    is_first: bool


def _ends(result: SegmentsResult) -> list[_End]:
    """Return both ends of the ranking, the best first; an end is absent where none of its list stands out."""
    ends = []
    for ranked, is_best in ((result.best, True), (result.worst, False)):
        found = next((segment for segment in ranked if segment.stands_out), None)
        if found:
            rivals = tuple(s for s in ranked if s is not found and _overlap(s, found))
            ends.append(_End(found, rivals, is_best, found is ranked[0]))
    return ends


def _overlap(one: Segment, other: Segment) -> bool:
    first, second = one.shrunken_rate, other.shrunken_rate
    return (first.low or 0.0) <= (second.high or 0.0) and (second.low or 0.0) <= (first.high or 0.0)


def _stand(n: int) -> str:
    return "stands" if n == 1 else "stand"


def _told(end: _End, write: NumberFormat) -> str:
    """Return whose rate is the highest or lowest seen: a wide interval may hide one that converts better."""
    seen, among = "highest" if end.is_best else "lowest", "" if end.is_first else " of those that stand out"
    return f"{words(end.segment)} has the {seen} rate{among}: {_numbers(end.segment, write)}"


def _numbers(segment: Segment, write: NumberFormat) -> str:
    rate = segment.shrunken_rate
    ends = write.interval(rate.low, rate.high, "fraction")
    return f"{write.value(rate.value, 'fraction')} ({ends}), {away(segment.difference, write)}"


def _arrays(result: SegmentsResult, _: None, write: NumberFormat) -> Arrays:
    ends, whole = _ends(result), result.whole
    of_whole = f"{write.value(whole.value, 'fraction')} ({write.interval(whole.low, whole.high, 'fraction')})"
    told = [*(_told(end, write) for end in ends[1:]), f"The whole: {of_whole} of {write.count(whole.n)} sessions"]
    return {
        "headline": headline(result, write),
        "summary": f"{'. '.join(told)}." if whole.n else "",
        "detail": " ".join([*(_doubt(end) for end in ends if end.rivals), _HOW]) if ends else "",
    }


def _doubt(end: _End) -> str:
    n, most = len(end.rivals), "best" if end.is_best else "worst"
    others = "one other segment" if n == 1 else f"{n} other segments"
    return (
        f"The interval of {words(end.segment)} overlaps {_those(n)} of {others} listed, so that another may be {most}."
    )


def _those(n: int) -> str:
    return "that" if n == 1 else "those"
