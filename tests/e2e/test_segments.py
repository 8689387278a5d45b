"""Ranked segments in the browser: one click filters by all members, and one step takes it back."""

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.e2e.overview import Overview
from tests.e2e.test_undo import press


def open_explore(overview: Overview, search: str = "") -> Overview:
    """Open the explore page with its segments drawn, in sight."""
    overview.open(search, "/explore")
    overview.run("document.querySelector('#card-segments').scrollIntoView()")
    overview.find("#card-segments .segment")
    return overview.settled()


def row(overview: Overview, nth: int = 0) -> WebElement:
    """Return the button of a row, in the middle of the window."""
    found: WebElement = overview.driver.find_elements("css selector", "#card-segments .segment")[nth]
    overview.run("arguments[0].scrollIntoView({block: 'center'})", found)
    return found


def members(overview: Overview, nth: int = 0) -> list[str]:
    """Return the members of a row."""
    return list(overview.run("return arguments[0].dataset.key.split(' · ')", row(overview, nth)))


def chosen(overview: Overview) -> list[str]:
    """Return the rows that are marked."""
    return list(
        overview.run("return [...document.querySelectorAll('.segment[aria-pressed=true]')].map(b => b.dataset.key)")
    )


def filtered(overview: Overview) -> list[str]:
    """Return the values of the filter in force."""
    return list(overview.run("return Object.values(product.state.filter).flatMap(c => c.values || [c.low])"))


def test_a_click_makes_the_segment_the_filter_in_one_step(overview: Overview) -> None:
    wanted = members(open_explore(overview, "?gender=Female"))
    row(overview).click()
    overview.settled()
    assert set(filtered(overview)) == {"Female", *wanted}
    assert chosen(overview) == [" · ".join(wanted)]
    overview.find("#undo").click()
    row(overview.settled())
    overview.until(lambda: chosen(overview) == [])
    assert overview.search == "?gender=Female"


def test_the_lists_stay_and_another_segment_takes_its_place(overview: Overview) -> None:
    said = [members(open_explore(overview), nth) for nth in range(3)]
    row(overview, 0).click()
    overview.settled()
    assert [members(overview, nth) for nth in range(3)] == said
    row(overview, 2).click()
    overview.settled()
    assert (set(filtered(overview)), chosen(overview)) == (set(said[2]), [" · ".join(said[2])])


def test_escape_and_a_second_click_take_it_back(overview: Overview) -> None:
    row(open_explore(overview)).click()
    overview.settled()
    assert (press(overview, Keys.ESCAPE).search, chosen(overview)) == ("", [])
    for _ in range(2):
        row(overview).click()
        overview.settled()
    assert (overview.search, chosen(overview)) == ("", [])


def test_a_row_is_chosen_and_opened_by_keyboard(overview: Overview) -> None:
    wanted = members(open_explore(overview))
    overview.run("arguments[0].focus()", row(overview))
    press(overview, Keys.TAB)
    press(overview, Keys.ENTER)
    assert "p, adjusted for" in overview.text(".segment-details")
    press(overview, Keys.SHIFT, Keys.TAB)
    press(overview, Keys.ENTER)
    assert set(filtered(overview)) == set(wanted)
    assert overview.run("return document.activeElement.className") == "segment"


def test_depth_and_least_sessions_are_chosen_on_the_card(overview: Overview) -> None:
    open_explore(overview)
    overview.run("const s = document.querySelector('[data-option=segments-depth]'); s.value = '3';"
                 "s.dispatchEvent(new Event('change', {bubbles: true}))")  # fmt: skip
    assert overview.settled().search == "?segments-depth=3"
    assert len(members(overview)) == 3
    assert "segments of 3 dimensions" in overview.text("#card-segments .counted")


def test_the_headline_names_the_scope_but_not_the_segment_chosen_here(overview: Overview) -> None:
    row(open_explore(overview, "?gender=Female")).click()
    overview.settled()
    assert overview.text("#card-headline .scope") == "Gender: Female"
    assert overview.text("#card-headline .headline")


def test_an_opened_breakdown_can_still_be_clicked(overview: Overview) -> None:
    overview.run("document.querySelector('#card-device').dataset.all = 'yes'")
    assert overview.click("device", "Mobile").search == "?device=Mobile"
