"""What a page is compared with is chosen in the bar and named wherever its ghosts are."""

from selenium.webdriver.common.keys import Keys

from semantic.notes import Notes
from tests.e2e.overview import Overview

AUGUST = "?day=2026-08-01..2026-08-21"


def content(overview: Overview, selector: str) -> str:
    """Return the text of an element that is shown, whatever its layout."""
    return str(overview.find(selector).get_attribute("textContent"))


def choose(overview: Overview, name: str) -> Overview:
    """Choose a baseline by its name."""
    overview.find("#compare .pill").click()
    rows = overview.find("#compare .popover").find_elements("css selector", ".preset")
    next(row for row in rows if row.text.startswith(name)).click()
    return overview.settled()


def test_the_previous_period_is_one_click_and_named(overview: Overview) -> None:
    choose(overview.open(AUGUST), "Previous period")
    assert overview.search == AUGUST + "&compare-to=previous"
    assert overview.text("#compare .pill-value") == "prior 20 days"
    assert content(overview, "#pale") == "pale: prior 20 days"
    assert "prior 20 days: " in overview.numbers("device")[0]


def test_its_line_lies_over_the_days_that_are_compared(overview: Overview) -> None:
    figure = choose(overview.open(AUGUST), "Previous period").figure("trend")
    ghost = overview.run("return arguments[0].data[4].x", figure)
    assert (ghost[0], ghost[-1], len(ghost)) == ("2026-08-01", "2026-08-20", 20)


def test_without_dates_there_is_no_previous_period_to_choose(overview: Overview) -> None:
    overview.find("#compare .pill").click()
    row = overview.find("#compare .preset:disabled")
    assert row.text.startswith("Previous period")


def test_a_link_to_no_previous_period_says_why(overview: Overview) -> None:
    overview.open("?compare-to=previous")
    assert "choose dates" in overview.text(".notice")


def test_a_saved_view_is_compared_with(overview: Overview, notes: Notes) -> None:
    notes.add_view("Phones", "/", "device=Mobile")
    choose(overview.open("?gender=Female"), "Phones")
    assert content(overview, "#pale") == "pale: saved view Phones"
    assert overview.text("[data-metric=conversion_rate] .change").endswith("on Phones")


def test_the_cross_takes_the_comparison_back(overview: Overview) -> None:
    overview.open(AUGUST + "&compare-to=previous").find("#compare > .remove").click()
    assert overview.settled().search == AUGUST
    assert overview.text("#compare .pill-value") == "all sessions"


def test_escape_closes_gives_the_focus_back_and_keeps_the_filter(overview: Overview) -> None:
    overview.open(AUGUST).find("#compare .pill").click()
    overview.find("#compare .preset").send_keys(Keys.ESCAPE)
    assert not overview.exists("#compare .popover:not([hidden])")
    assert overview.run("return document.activeElement.matches('#compare .pill')")
    assert overview.search == AUGUST
