"""Gestures can be taken back and made again; Escape takes the newest filter away."""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.e2e.overview import Overview


def press(overview: Overview, *keys: str) -> Overview:
    """Press keys together on the page."""
    *held, last = keys
    chain = ActionChains(overview.driver)
    for key in held:
        chain.key_down(key)
    chain.send_keys(last)
    for key in held:
        chain.key_up(key)
    chain.perform()
    return overview.settled()


def test_undo_and_redo_walk_through_the_gestures(overview: Overview) -> None:
    overview.click("device", "Mobile").click("gender", "Female")
    overview.find("#undo").click()
    assert overview.settled().search == "?device=Mobile"
    overview.find("#redo").click()
    assert overview.settled().search == "?device=Mobile&gender=Female"


def test_a_new_gesture_forgets_what_was_undone(overview: Overview) -> None:
    overview.click("device", "Mobile")
    overview.find("#undo").click()
    overview.settled().click("gender", "Other")
    assert not overview.find("#redo").is_enabled()


def test_the_keyboard_undoes_too(overview: Overview) -> None:
    overview.click("device", "Mobile")
    press(overview, Keys.CONTROL, "z")
    assert overview.search == ""
    press(overview, Keys.CONTROL, Keys.SHIFT, "z")
    assert overview.search == "?device=Mobile"


def test_fifty_gestures_can_be_taken_back_and_no_more(overview: Overview) -> None:
    overview.run("for (let i = 0; i < 60; i++) product.undo.record('?age=' + i)")
    assert overview.run("return JSON.parse(sessionStorage.getItem('gestures')).past.length") == 50


def test_gestures_survive_a_reload(overview: Overview) -> None:
    overview.click("device", "Mobile")
    overview.driver.refresh()
    overview.settled().find("#undo").click()
    assert overview.settled().search == ""


def test_escape_takes_the_newest_filter_away(overview: Overview) -> None:
    overview.click("device", "Mobile").click("gender", "Female")
    assert press(overview, Keys.ESCAPE).search == "?device=Mobile"
