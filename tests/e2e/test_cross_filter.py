"""A click on a mark filters everything else, and the URL holds all of it."""

import time
from collections.abc import Callable

from semantic.filter import Filter, RangeClause
from tests.dashboard.sample import Sample, sample_frame
from tests.e2e.overview import Overview

Slow = Callable[..., None]
FRAME = sample_frame(Sample())
MOBILE = int((FRAME["device"] == "Mobile").sum())
WOMEN_ON_MOBILE = int(((FRAME["device"] == "Mobile") & (FRAME["gender"] == "Female")).sum())


def test_the_page_opens_on_all_sessions(overview: Overview) -> None:
    assert (overview.sessions, overview.search) == (len(FRAME), "")


def test_a_click_filters_all_others_and_not_its_own_card(overview: Overview) -> None:
    before = overview.numbers("device")
    overview.click("device", "Mobile")
    assert (overview.sessions, overview.search, overview.chosen("device")) == (MOBILE, "?device=Mobile", ["Mobile"])
    assert (len(before), overview.numbers("device")) == (3, before)


def test_all_breakdowns_keep_one_axis(overview: Overview) -> None:
    overview.click("device", "Tablet").click("gender", "Other")
    axes = {
        overview.run("return document.querySelector(arguments[0]).innerText", f"#card-{v} .dot-grid")
        for v in ("device", "age")
    }
    assert len(axes) == 1


def test_a_second_click_removes(overview: Overview) -> None:
    overview.click("device", "Mobile").click("device", "Mobile")
    assert (overview.sessions, overview.search) == (len(FRAME), "")


def test_a_click_elsewhere_replaces_and_shift_adds(overview: Overview) -> None:
    overview.click("device", "Mobile").click("device", "Tablet")
    assert overview.chosen("device") == ["Tablet"]
    overview.click("device", "Mobile", shift=True)
    assert overview.chosen("device") == ["Mobile", "Tablet"]
    assert overview.search == "?device=Mobile,Tablet"


def test_clicks_on_two_cards_hold_both(overview: Overview) -> None:
    overview.click("device", "Mobile").click("gender", "Female")
    assert overview.sessions == WOMEN_ON_MOBILE


def test_two_clicks_80_ms_apart_on_a_slow_server_both_count(overview: Overview, slow_server: Slow) -> None:
    slow_server(0.7, 0.7)
    overview.click_twice(("device", "Mobile"), ("gender", "Female"), pause_ms=80)
    assert overview.settled().search == "?device=Mobile&gender=Female"
    assert overview.sessions == WOMEN_ON_MOBILE


def test_a_late_answer_to_an_earlier_click_is_dropped(overview: Overview, slow_server: Slow) -> None:
    slow_server(1.2, 0.0)
    overview.click_twice(("device", "Mobile"), ("gender", "Female"), pause_ms=80)
    overview.until(lambda: overview.sessions == WOMEN_ON_MOBILE)
    overview.run("return new Promise(done => setTimeout(done, 1500))")
    assert overview.sessions == WOMEN_ON_MOBILE


def test_back_and_forward_walk_through_the_gestures(overview: Overview) -> None:
    overview.click("device", "Mobile").click("gender", "Female")
    overview.driver.back()
    overview.until(lambda: overview.sessions == MOBILE)
    assert overview.chosen("gender") == []
    overview.driver.forward()
    overview.until(lambda: overview.sessions == WOMEN_ON_MOBILE)


def test_a_reload_restores_the_page(overview: Overview) -> None:
    overview.click("device", "Mobile").click("gender", "Female")
    overview.driver.refresh()
    overview.settled()
    assert (overview.sessions, overview.chosen("device")) == (WOMEN_ON_MOBILE, ["Mobile"])


def test_a_shared_link_opens_what_was_shared(overview: Overview) -> None:
    overview.open("?gender=Female&device=Mobile")
    assert (overview.sessions, overview.chosen("gender")) == (WOMEN_ON_MOBILE, ["Female"])
    assert overview.text(".control[data-dimension=device] .pill-value") == "Mobile"


def test_a_click_on_the_map_filters_by_place_and_a_second_removes(overview: Overview) -> None:
    overview.click_place("Delhi")
    assert (overview.search, overview.sessions) == ("?location=Delhi", int((FRAME["location"] == "Delhi").sum()))
    assert overview.run("return arguments[0].data[0].selectedpoints.length", overview.figure("location")) == 1
    assert overview.click_place("Delhi").search == ""


def test_a_figure_keeps_its_newest_numbers_when_the_window_changes(overview: Overview) -> None:
    sizes = "return arguments[0].data[0].hovertext"
    before = overview.run(sizes, overview.figure("location"))
    overview.click("device", "Mobile")
    newest = overview.run(sizes, overview.figure("location"))
    overview.emulate(1100)
    time.sleep(0.5)
    assert overview.run(sizes, overview.figure("location")) == newest != before


def test_a_drag_over_the_days_chooses_a_span(overview: Overview) -> None:
    clause = Filter.from_query(overview.drag_over_days().search).clause("day")
    assert isinstance(clause, RangeClause)
    days = FRAME["day"].astype(str)
    assert overview.sessions == int(((days >= str(clause.low)) & (days < str(clause.high))).sum())
    assert 0 < overview.sessions < len(FRAME)


def test_a_click_on_a_day_chooses_it_and_shift_extends_to_another(overview: Overview) -> None:
    one = overview.click_day().search
    clause = Filter.from_query(one).clause("day")
    assert isinstance(clause, RangeClause)
    assert overview.sessions == int((FRAME["day"].astype(str) == str(clause.low)).sum())
    span = Filter.from_query(overview.click_day(shift=True, right=80).search).clause("day")
    assert isinstance(span, RangeClause)
    assert (span.low, str(span.high) > str(clause.high)) == (clause.low, True)


def test_marks_can_be_reached_and_pressed_by_keyboard(overview: Overview) -> None:
    row = overview.mark("device", "Mobile")
    overview.run("arguments[0].focus()", row)
    overview.run("return document.activeElement").send_keys("\ue007")
    overview.settled()
    assert overview.search == "?device=Mobile"
    assert overview.run("return document.activeElement.dataset.member") == "Mobile"
