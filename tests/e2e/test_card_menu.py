"""The menu of a card is reached by mouse, keyboard and thumb, and offers what can be taken away."""

import io
import zipfile
from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.e2e.overview import Overview

OPTIONS = ["Show as table", "Download CSV, zipped", "Download Excel", "Download image"]
FETCH = (
    """const [url, done] = arguments; fetch(url).then(r => r.arrayBuffer()).then(b => done([...new Uint8Array(b)]))"""
)


def open_menu(overview: Overview, view: str) -> Overview:
    """Press the button of a card's menu."""
    button = overview.find(f"#card-{view} .menu-button")
    overview.run("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    overview.find(f"#card-{view} .menu")
    return overview


def choose(overview: Overview, view: str, text: str) -> Overview:
    """Choose something from a card's menu."""
    for item in open_menu(overview, view).driver.find_elements("css selector", f"#card-{view} .menu > *"):
        if item.text == text:
            item.click()
            return overview
    raise AssertionError(f"{view} does not offer {text}")


def press(overview: Overview, *keys: str) -> Overview:
    """Press keys, one after the other."""
    ActionChains(overview.driver).send_keys(*keys).perform()
    return overview


def focused(overview: Overview) -> str:
    """Return what has the focus."""
    script = "const e = document.activeElement; return e.getAttribute('aria-label') || e.textContent"
    return str(overview.run(script))


def is_open(overview: Overview) -> bool:
    return bool(overview.run("return document.querySelector('.menu:not([hidden])') !== null"))


def fetched(overview: Overview, view: str, text: str) -> bytes:
    """Return what a link of a card's menu leads to."""
    links = open_menu(overview, view).driver.find_elements("css selector", f"#card-{view} .menu a")
    url = next(link.get_attribute("href") for link in links if link.text == text)
    return bytes(overview.driver.execute_async_script(FETCH, url))


@pytest.mark.parametrize("view", ["verdict", "kpi", "trend", "location", "device"])
def test_every_card_offers_the_same(overview: Overview, view: str) -> None:
    items = open_menu(overview, view).driver.find_elements("css selector", f"#card-{view} .menu > *")
    assert [item.text for item in items] == OPTIONS
    assert {item.get_attribute("role") for item in items} == {"menuitem"}


def test_the_keyboard_moves_through_it_and_comes_back(overview: Overview) -> None:
    overview.run("document.querySelector('#card-device .menu-button').focus()")
    press(overview, Keys.ENTER)
    assert focused(overview) == OPTIONS[0]
    assert focused(press(overview, Keys.ARROW_DOWN, Keys.ARROW_DOWN)) == OPTIONS[2]
    assert focused(press(overview, Keys.END)) == OPTIONS[3]
    assert focused(press(overview, Keys.ARROW_DOWN)) == OPTIONS[0]
    assert focused(press(overview, Keys.ARROW_UP)) == OPTIONS[3]
    assert focused(press(overview, Keys.ESCAPE)) == "More on Device"
    assert not is_open(overview)


def test_escape_closes_it_and_takes_no_filter_away(overview: Overview) -> None:
    overview.click("device", "Mobile")
    press(open_menu(overview, "gender"), Keys.ESCAPE)
    assert (is_open(overview), overview.search) == (False, "?device=Mobile")


def test_a_click_elsewhere_closes_it(overview: Overview) -> None:
    open_menu(overview, "trend").find("#title").click()
    assert not is_open(overview)
    open_menu(overview, "trend")
    open_menu(overview, "device")
    assert overview.run("return document.querySelectorAll('.menu:not([hidden])').length") == 1


def test_on_a_phone_it_is_in_reach_and_large_enough(overview: Overview) -> None:
    overview.emulate(360)
    for view in ("verdict", "kpi", "trend", "device"):
        box: Any = open_menu(overview, view).run(
            """const r = document.querySelector(arguments[0]).getBoundingClientRect();
            return [r.left, r.right]""",
            f"#card-{view} .menu",
        )
        assert 0 <= box[0] < box[1] <= 360
        size = overview.find(f"#card-{view} .menu-button").size
        assert min(size.values()) >= 24


def test_downloads_are_of_the_filter_that_is_shown(overview: Overview) -> None:
    overview.click("gender", "Female")
    with zipfile.ZipFile(io.BytesIO(fetched(overview, "device", "Download CSV, zipped"))) as archive:
        assert "Filter: Gender Female\n" in archive.read("about.txt").decode()
    overview.find("#title").click()
    assert fetched(overview, "device", "Download Excel").startswith(b"PK")
