from analytics.decision.segments import shown_segments
from tests.analytics.decided import segment, segmented


def test_segments_that_are_shown_to_go_some_way_are_named() -> None:
    found = segmented(segment("Mobile", "gains"), segment("Tablet", "loses"), segment("Desktop", "not shown"))
    shown = shown_segments(found, "New")
    assert [(s.name, s.is_better, s.is_worse) for s in shown] == [("Mobile", True, False), ("Tablet", False, True)]


def test_a_cell_is_left_out_where_one_of_its_dimensions_says_it_already() -> None:
    cell, other = segment("Mobile", "gains", "Delhi"), segment("Tablet", "loses", "Delhi")
    assert [s.name for s in shown_segments(segmented(segment("Mobile", "gains"), cell, other), "New")] == [
        "Mobile",
        "Tablet × Delhi",
    ]


def test_without_segments_or_the_treatment_none_is_named() -> None:
    assert shown_segments(None, "New") == ()
    assert shown_segments(segmented(segment("Mobile", "gains")), "Third") == ()
