"""Segments are judged against the rest, corrected for all that were looked at."""

from dataclasses import replace

from dashboard.sheets.model.segments import SEGMENTS
from model.report import SegmentScore
from tests.dashboard.sample_model import facts_of
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, plain, rows_of_table
from tests.model.sample_report import sample_report


def under(segments: tuple[SegmentScore, ...]) -> object:
    """Return a model with those segments."""
    report = sample_report()
    return facts_of(replace(report, tasks=(replace(report.tasks[0], segments=segments),)))


def test_the_segment_that_is_served_worst_is_named(tell: Tell) -> None:
    assert plain(SEGMENTS.summary(tell())) == (
        "On arrival: in 2 of 5 segments the share of conversions found differs from that of the rest; least is "
        "found in Device Tablet, −4.5 pt (−6.7 to −2.3)."
    )


def test_alike_is_said_where_nothing_differs(tell: Tell) -> None:
    even = tuple(one for one in sample_report().tasks[0].segments if one.p_adjusted > 0.5)
    assert "in none of 3 segments" in SEGMENTS.summary(tell(under(even)))
    assert "no segment is large enough" in SEGMENTS.summary(tell(under(())))


def test_each_row_has_as_many_cells_as_heads(tell: Tell) -> None:
    (table,) = blocks_of(SEGMENTS, tell(), "table")
    assert {len(row) for row in table["rows"]} == {len(table["columns"])}
    assert [row["member"] for row in rows_of_table(SEGMENTS, tell())][:2] == ["Mobile", "Desktop"]
