"""Each chart has a table twin that follows the filter."""

import json
import time
from collections.abc import Callable

import pytest

from tests.e2e.overview import Overview
from tests.e2e.test_card_menu import choose

SHOWN = """return [...document.querySelectorAll(arguments[0] + ' .twin tbody tr')].map(
    row => [...row.cells].map(cell => cell.textContent.replaceAll('\\u00a0', ' ')))"""
SERVE_LATE = """const [delays, plain] = [[...arguments[0]], window.fetch];
    window.fetch = (url, ...rest) => String(url).startsWith('/cards/') && delays.length
        ? new Promise(done => setTimeout(done, delays.shift())).then(() => plain(url, ...rest)) : plain(url, ...rest)"""


def as_table(overview: Overview, view: str) -> Overview:
    """Show a card as a table, and wait for it."""
    choose(overview, view, "Show as table").find(f"#card-{view} .twin tbody tr")
    return overview


def rows(overview: Overview, view: str) -> list[list[str]]:
    """Return the cells of a card's table."""
    return list(overview.run(SHOWN, f"#card-{view}"))


def caption(overview: Overview, view: str) -> str:
    return overview.text(f"#card-{view} .twin caption")


@pytest.mark.parametrize("view", ["verdict", "kpi", "trend", "location", "device"])
def test_a_card_becomes_a_table_and_a_chart_again(overview: Overview, view: str) -> None:
    as_table(overview, view)
    drawn = "return [...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility())"
    chart = f"#card-{view} :is(.paint, .lift, .kpi)"
    assert not overview.run(drawn, chart)
    choose(overview, view, "Show as chart")
    assert overview.run(drawn, chart)
    assert not overview.exists(f"#card-{view} .twin")


def test_it_holds_the_numbers_of_the_chart(overview: Overview) -> None:
    said = overview.numbers("device")
    cells = rows(as_table(overview, "device"), "device")
    assert [row[0] for row in cells] == ["Mobile", "Desktop", "Tablet"]
    old = f"{cells[0][5]} convert ({cells[0][6].removesuffix(' %')} – {cells[0][7]}), {cells[0][8]} sessions"
    assert old in said[0].replace("\u00a0", " ")


def test_its_headers_say_what_they_head_and_its_caption_the_filter(overview: Overview) -> None:
    overview.click("gender", "Female")
    as_table(overview, "device")
    scopes = "return [...document.querySelectorAll('#card-device .twin th')].map(e => e.scope)"
    assert set(overview.run(scopes)) == {"col", "colgroup", "row"}
    assert caption(overview, "device") == "Device: Gender Female"
    align = "return getComputedStyle(document.querySelector('#card-device .twin td.number')).textAlign"
    assert overview.run(align) == "right"


def test_units_are_those_of_each_row(overview: Overview) -> None:
    by_metric = {row[0]: row for row in rows(as_table(overview, "kpi"), "kpi") if row[1] == "New"}
    assert by_metric["Conversion rate"][2].endswith(" %")
    assert by_metric["Conversion rate"][6].endswith(" pt")
    assert by_metric["Revenue per session"][2].startswith("₹ ")
    assert by_metric["Revenue per session"][6].startswith("+₹ ")
    assert rows(as_table(overview, "trend"), "trend")[0][0] == "1 Jul 2026"


def test_it_follows_the_filter_and_keeps_its_place(overview: Overview) -> None:
    before = rows(as_table(overview, "trend"), "trend")
    overview.run("document.querySelector('#card-trend .twin-rows').scrollTop = 200")
    overview.click("gender", "Female")
    overview.until(lambda: caption(overview, "trend") == "Conversion by day: Gender Female")
    assert rows(overview, "trend") != before
    assert overview.run("return document.querySelector('#card-trend .twin-rows').scrollTop") == 200


def test_a_late_answer_is_dropped(overview: Overview) -> None:
    as_table(overview, "device")
    overview.run(SERVE_LATE, [900, 0])
    overview.click_twice(("gender", "Female"), ("gender", "Male"), 80)
    overview.settled()
    time.sleep(1)
    assert caption(overview, "device") == "Device: Gender Male"


def test_it_is_remembered_from_page_to_page(overview: Overview) -> None:
    as_table(overview, "device").find("nav a[data-page=explore]").click()
    overview.settled().find("nav a[data-page=overview]").click()
    overview.settled()
    assert rows(overview, "device")


def test_a_long_table_scrolls_within_its_card(overview: Overview) -> None:
    as_table(overview, "trend")
    box = overview.find("#card-trend .twin-rows")
    shown, whole, tab = overview.run(
        "return ['clientHeight', 'scrollHeight', 'tabIndex'].map(k => arguments[0][k])", box
    )
    assert shown < 500 < whole
    assert tab == 0


def test_rows_that_are_not_drawn_are_told(overview: Overview) -> None:
    overview.run("""const plain = window.fetch; window.fetch = async (url, ...rest) => {
        const answer = await plain(url, ...rest);
        if (!String(url).startsWith('/cards/')) return answer;
        return Response.json({...await answer.json(), n_rows: 1234}); }""")
    as_table(overview, "device")
    assert overview.text("#card-device .twin-note") == "The first 3 of 1,234 rows; a download holds all."


def test_a_fault_is_told_and_heals(overview: Overview, console: Callable[[], list[str]]) -> None:
    answer = json.dumps({"error": "the database does not answer"})
    overview.run(f"""const plain = window.fetch; let n = 0; window.fetch = (url, ...rest) =>
        String(url).startsWith('/cards/') && !n++ ? Promise.resolve(new Response('{answer}', {{status: 503}}))
            : plain(url, ...rest)""")
    choose(overview, "device", "Show as table")
    overview.until(lambda: "does not answer" in overview.text("#card-device .twin-note"))
    overview.click("gender", "Female")
    overview.until(lambda: bool(rows(overview, "device")))
    assert not overview.run("return document.querySelector('#card-device .twin-note').textContent")
    assert console() == []


def test_a_chart_that_was_a_table_is_drawn_for_the_filter_of_now(overview: Overview) -> None:
    as_table(overview, "device")
    overview.click("gender", "Female")
    choose(overview, "device", "Show as chart").settled()
    shown = overview.numbers("device")
    overview.open("?gender=Female")
    assert overview.numbers("device") == shown
