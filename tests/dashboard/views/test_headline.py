"""The headline claims no more than the intervals hold."""

from dataclasses import replace
from typing import Any

import pytest

from analytics.estimate import Estimate
from analytics.segments import Segment, SegmentMember, SegmentsResult
from dashboard.view import Context
from dashboard.views.headline import headline, headline_views

WHOLE = Estimate(0.33, 0.32, 0.34, 20_000)


def segment(name: str, value: float, *, half: float = 0.01, stands_out: bool = True) -> Segment:
    """Return a segment on mobile phones with that rate."""
    rate = Estimate(value, value - half, value + half, 400)
    difference = Estimate(value - 0.33, value - half - 0.33, value + half - 0.33, 400)
    members = (SegmentMember("device", "Device", "Mobile"), SegmentMember("location", "Location", name))
    return Segment(members, rate, rate, difference, 0.001, 0.01, stands_out, (rate, rate))


def result(best: tuple[Segment, ...], worst: tuple[Segment, ...], n_stand_out: int = 12) -> SegmentsResult:
    """Return these lists among 1,214 segments."""
    return SegmentsResult(
        "Of 1,214.", WHOLE, ("Old", "New"), 2, 50, best, worst, 1_214, 3, n_stand_out, 200.0, ()
    )  # fmt: skip


def told(context: Context, found: SegmentsResult) -> str:
    """Return the headline with plain spaces."""
    return headline(found, context.number_format).replace("\u00a0", " ")


def sent(context: Context, found: SegmentsResult) -> dict[str, Any]:
    """Return what the browser gets."""
    (view,) = headline_views(context)
    return dict(view.arrays(found, None))


def test_the_segment_ahead_of_all_others_is_named_with_its_interval(context: Context) -> None:
    found = result((segment("Mumbai", 0.42), segment("Delhi", 0.38)), ())
    assert told(context, found) == (
        "Mobile · Mumbai has the highest rate: 42.0 % (41.0 – 43.0 %), 9.0 points above the whole; "
        "12 of 1,214 segments stand out."
    )


def test_where_intervals_overlap_the_detail_says_that_another_may_be_best(context: Context) -> None:
    found = result((segment("Mumbai", 0.42), segment("Delhi", 0.41)), ())
    assert told(context, found).startswith("Mobile · Mumbai has the highest rate: ")
    assert "overlaps that of one other segment listed, so that another may be best" in sent(context, found)["detail"]


def test_one_with_a_higher_rate_that_does_not_stand_out_is_not_denied(context: Context) -> None:
    found = result((segment("Mumbai", 0.42, half=0.1, stands_out=False), segment("Delhi", 0.38)), ())
    assert told(context, found).startswith("Mobile · Delhi has the highest rate of those that stand out: ")


def test_the_other_end_and_the_whole_stand_below(context: Context) -> None:
    found = result((segment("Mumbai", 0.42),), (segment("Kolkata", 0.2),))
    assert sent(context, found)["summary"].replace("\u00a0", " ") == (
        "Mobile · Kolkata has the lowest rate: 20.0 % (19.0 – 21.0 %), 13.0 points below the whole. "
        "The whole: 33.0 % (32.0 – 34.0 %) of 20,000 sessions."
    )


def test_only_the_worst_is_told_where_only_that_stands_out(context: Context) -> None:
    found = result((segment("Mumbai", 0.35, stands_out=False),), (segment("Kolkata", 0.2),), 1)
    assert told(context, found).startswith("Mobile · Kolkata has the lowest rate: ")
    assert told(context, found).endswith("1 of 1,214 segments stands out.")


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (result((), (), 0), "No segment stands out by more than chance among the 1,214 looked at."),
        (result((), (), 2), "2 of 1,214 segments stand out, none of them at either end of the ranking."),
        (replace(result((), (), 0), n_looked_at=0, summary="There are none."), "There are none."),
    ],
)
def test_where_no_segment_can_be_named_it_says_so(context: Context, found: SegmentsResult, text: str) -> None:
    assert told(context, found) == text
