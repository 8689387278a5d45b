"""Segments of the visitor: members as they are, numbers by the bands of the data."""

from dataclasses import replace

from dashboard.sheets.predict.segments import MOST_SEGMENTS, segments_of_visitor
from model.report import Uplift, UpliftSegment
from tests.dashboard.sheets.predict.conftest import Ask, answering, asked
from tests.model.sample_report import around


def segment(dimension: str, member: str, direction: str = "gains", p: float = 0.01) -> UpliftSegment:
    """Return a segment of one dimension."""
    return UpliftSegment((dimension,), (member,), member, around(0.02), p, p, direction)  # type: ignore[arg-type]


def found_of(ask: Ask, segments: tuple[UpliftSegment, ...], **options: str) -> list[str]:
    """Return the labels of those that hold the visitor."""
    facts = ask({f"session-{name}": value for name, value in options.items()})
    report = answering().report
    assert report
    assert isinstance(report.uplift, Uplift)
    uplift = replace(report.uplift, segments=segments)
    return [one.label for one in segments_of_visitor(uplift, asked(facts))]


def test_bands_of_numbers_are_those_of_the_data(ask: Ask) -> None:
    segments = (segment("age", "26–35"), segment("age", "36–50"))
    assert found_of(ask, segments, age="30") == ["26–35"]
    assert found_of(ask, segments, age="unknown") == found_of(ask, segments, age="old") == []


def test_those_that_are_shown_come_first(ask: Ask) -> None:
    segments = (segment("device", "Mobile", "not shown", 0.001), segment("location", "Delhi", "gains", 0.02))
    assert found_of(ask, segments) == ["Delhi", "Mobile"]


def test_only_some_are_told(ask: Ask) -> None:
    segments = tuple(segment("device", "Mobile", p=0.001 * place) for place in range(9))
    assert len(found_of(ask, segments)) == MOST_SEGMENTS
