"""What happened on a day is noted on the page and shows in every chart over time."""

import pytest

from semantic.notes import Notes
from tests.e2e.overview import Overview
from tests.e2e.test_accessibility import violations

NOTED = ".kpi .spark .noted"


def notes_of_days(overview: Overview) -> Overview:
    """Open the popover with what is noted."""
    overview.find("#card-trend [data-popover]").click()
    overview.find(".popover input[name=text]")
    return overview


def lines(overview: Overview) -> list[str]:
    """Return the days on which the trend has a line."""
    figure = overview.figure("trend")
    shapes = "(arguments[0].layout.shapes || []).filter(s => s.type === 'line')"
    return list(overview.run(f"return {shapes}.map(s => s.x0)", figure))


def labels(overview: Overview) -> list[str]:
    """Return the texts above the trend's lines."""
    found = "arguments[0].layout.annotations.filter(a => (a.name || '').startsWith('annotation'))"
    return list(overview.run(f"return {found}.map(a => a.text)", overview.figure("trend")))


def test_a_note_is_added_and_drawn_in_every_chart_over_time(overview: Overview, notes: Notes) -> None:
    notes_of_days(overview).find(".popover input[name=text]").send_keys("Release 2")
    overview.run("document.querySelector('.popover input[name=day]').value = '2026-08-05'")
    overview.find(".popover form .button").click()
    overview.until(lambda: lines(overview) == ["2026-08-05"])
    assert labels(overview) == ["Release 2"]
    assert len(overview.driver.find_elements("css selector", NOTED)) == 5
    assert [(a.day, a.text, a.variant) for a in notes.read().annotations] == [("2026-08-05", "Release 2", None)]


def test_it_is_read_aloud_with_its_day(overview: Overview, notes: Notes) -> None:
    notes.add_annotation("2026-08-05", "Release 2", "New")
    overview.open().figure("trend")
    told = overview.run("return [...document.querySelectorAll('#card-trend .told li')].map(e => e.textContent)")
    assert told[-1] == "5 Aug 2026: Release 2 (New)"


def test_one_of_an_engine_has_its_colour(overview: Overview, notes: Notes) -> None:
    notes.add_annotation("2026-08-05", "Release 2", "New")
    figure = overview.open().figure("trend")
    color = overview.run("return arguments[0].layout.shapes[0].line.color", figure)
    assert color == overview.run("return product.theme.color('var(--variant-1)')")


def test_texts_do_not_overlap(overview: Overview, notes: Notes) -> None:
    for day in range(1, 9):
        notes.add_annotation(f"2026-08-0{day}", f"A rather long text of what happened, number {day}")
    overview.open().figure("trend")
    boxes = overview.run(
        "return [...document.querySelectorAll('#card-trend .annotation-text-g')]"
        ".map(g => g.getBoundingClientRect()).map(b => [b.left, b.right, b.top, b.bottom])"
    )
    pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :]]
    assert [p for p in pairs if _touch(*p)] == []


def _touch(one: list[float], two: list[float]) -> bool:
    wide = min(one[1], two[1]) - max(one[0], two[0])
    high = min(one[3], two[3]) - max(one[2], two[2])
    return wide > 1 and high > 3


def test_a_deleted_note_can_be_brought_back(overview: Overview, notes: Notes) -> None:
    notes.add_annotation("2026-08-05", "Release 2", "New")
    notes_of_days(overview.open()).find(".notes-list .remove").click()
    overview.until(lambda: lines(overview) == [])
    overview.find(".popover .hint .link").click()
    overview.until(lambda: lines(overview) == ["2026-08-05"])
    assert notes.read().annotations[0].variant == "New"


def test_what_others_add_appears_without_a_notice(overview: Overview, notes: Notes) -> None:
    overview.seen()
    notes.add_annotation("2026-08-05", "Release 2")
    overview.run("product.server.look()")
    overview.until(lambda: lines(overview) == ["2026-08-05"])
    assert not overview.exists("#notices .notice")


def test_a_text_is_no_markup(overview: Overview, notes: Notes) -> None:
    notes.add_annotation("2026-08-05", "<b>a</b> & 'b'")
    overview.open().figure("trend")
    drawn = "return [...document.querySelectorAll('#card-trend .annotation-text')].map(e => e.textContent)"
    assert "<b>a</b> & 'b'" in overview.run(drawn)


def test_a_refusal_is_told_in_place(overview: Overview, notes: Notes) -> None:
    notes_of_days(overview).find(".popover input[name=text]").send_keys("\u2066x")
    overview.find(".popover form .button").click()
    assert "control character" in overview.text(".popover .fault")
    assert not notes.read().annotations


def test_bars_over_days_have_its_line_too(overview: Overview, notes: Notes) -> None:
    notes.add_annotation("2026-08-05", "Release 2", "New")
    overview.open("?distribution-of=day", "/explore").seen()
    assert len(overview.driver.find_elements("css selector", "#card-distribution .noted")) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("opener", ["#card-trend [data-popover]", "#views", "#compare .pill"])
def test_axe_finds_nothing_in_what_opens(overview: Overview, notes: Notes, opener: str, width: int, theme: str) -> None:
    notes.add_annotation("2026-08-05", "Release 2", "New")
    notes.add_view("Phones", "/", "device=Mobile")
    overview.prefer(theme)
    overview.emulate(width)
    overview.open("?device=Mobile&day=2026-08-10..2026-08-20&compare-to=previous").find(opener).click()
    overview.find(".popover")
    assert violations(overview) == []
