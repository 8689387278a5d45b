from typing import Any

from analytics.estimate import Estimate
from analytics.experiment.plan import Plan
from analytics.heterogeneity.result import DimensionEffect, SegmentEffect
from analytics.heterogeneity.words import percent, segments_headline, segments_warnings
from analytics.segments import SegmentMember
from tests.analytics.answers import catalog_of

RATE = Estimate(0.3, 0.29, 0.31, 1_000)


def segment(*members: tuple[str, str], lift: float = 0.1, **more: Any) -> SegmentEffect:
    named = tuple(SegmentMember(dimension, dimension.title(), member) for dimension, member in members)
    return SegmentEffect(
        100,
        1_000,
        RATE,
        RATE,
        Estimate(lift, lift - 0.02, lift + 0.02, 1_000),
        0.001,
        named,
        beyond=Estimate(lift, None, None, 1_000),
        p_beyond=0.001,
        p_beyond_holm=0.01,
        **more,
    )


def dimension(*names: str, differs: bool) -> DimensionEffect:
    return DimensionEffect(names, tuple(name.title() for name in names), 3, 0.001, 0.01, differs, 0.0)


def headline(*segments: SegmentEffect, differs: bool = False) -> str:
    by = [dimension("device", differs=differs)]
    return segments_headline("New", segment(), segments, by).replace("\u00a0", " ")


def test_only_what_stands_out_is_named() -> None:
    told = headline(
        segment(("device", "Mobile"), direction="gains", stands_out=True), segment(("device", "Tablet")), differs=True
    )
    assert told == (
        "The effect of New differs by device. By more than chance: Mobile (gains, lift +10.0 %, interval +8.0 to "
        "+12.0 %, more than the others). Everybody together: lift +10.0 %, interval +8.0 to +12.0 %."
    )


def test_two_members_that_say_the_same_are_told_once() -> None:
    rows = [segment(("gender", name), direction="gains", stands_out=True) for name in ("Female", "Male")]
    assert "Male" not in headline(*rows)


def test_a_gain_everywhere_is_no_difference() -> None:
    rows = [segment(("device", name), direction="gains") for name in ("Mobile", "Tablet")]
    told = "New shows a gain in 2 of 2 segments looked at, but none differs from the others by more than chance."
    assert headline(*rows) == told


def test_nothing_shown_is_said_with_what_was_looked_at() -> None:
    told = "No segment can be told from another: of 1 segment looked at, none stands out by more than chance."
    assert headline(segment(("device", "Mobile"))) == told


def test_a_segment_that_goes_the_other_way_is_named() -> None:
    told = headline(segment(("device", "Tablet"), lift=-0.2, direction="loses", is_reversed=True))
    assert "Tablet (loses, lift −20.0 %, interval −22.0 to −18.0 %, against the rest)" in told


def test_a_dimension_that_differs_without_a_segment_is_told_so() -> None:
    told = headline(segment(("device", "Mobile")), differs=True)
    assert told.startswith("The effect of New differs by device. No single segment stands out by more than chance.")


def test_a_lift_without_ends_stands_alone() -> None:
    assert percent(Estimate(0.1, None, None, 5)).replace("\u00a0", " ") == "lift +10.0 %"


def test_post_treatment_fields_are_warned_of() -> None:
    catalog = catalog_of("user_id", "time_spent_s", "category")
    told = segments_warnings(["time_spent_s", "category"], [], catalog, Plan("group_sequential"))
    assert told[0].startswith("Time spent is measured after the engine acted")
    assert told[1].startswith("Category recommended is chosen by the engine")
    assert told[2].startswith("Whether a dimension matters at all")


def test_without_users_sessions_count() -> None:
    assert "names no users" in segments_warnings([], [], catalog_of("device"), Plan())[0]
