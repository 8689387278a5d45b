"""The Experiment page in the browser: numbers are the API's, choices change words, segments filter, doors lead on."""

import json
from typing import Any
from urllib.request import urlopen

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.e2e.overview import Overview
from tests.e2e.test_accessibility import violations
from tests.e2e.test_undo import press

SCOPE, METHOD = "#card-experiment-verdict .scope", "#card-effects .quiet"
ROW = "#card-effects tbody tr:first-child"
FOREST = "#card-heterogeneity"
PRESSED = f"return [...document.querySelectorAll('{FOREST} .pick[aria-pressed=true]')].map(b => b.textContent)"


@pytest.fixture
def experiment(overview: Overview) -> Overview:
    """Return the page with every card drawn."""
    return overview.open("", "/experiment").seen()


def answered(page: Overview, analysis: str, query: str = "") -> dict[str, Any]:
    """Return what the API answers."""
    with urlopen(f"{page.browser.server_url}/api/v1/analyses/{analysis}{query}") as answer:
        return dict(json.load(answer)["result"])


def percent(value: float) -> str:
    """Return a lift as the page writes it."""
    return f"{100 * value:+.1f} %".replace("-", "\u2212")


def shown(page: Overview, query: str = "") -> tuple[str, ...]:
    """Return users, rates and lift of the deciding outcome as the API has them, in the page's words."""
    (outcome, *_), arms = (found := answered(page, "effects", query))["outcomes"], found["arms"]
    rates = [f"{100 * arm['value']['value']:.1f} %" for arm in outcome["arms"]]
    users = [str(arm["n_users"]) for arm in arms]
    return *users, *rates, percent(outcome["effects"][0]["lift"]["value"])


def segment(page: Overview, name: str) -> WebElement:
    """Return the button of a segment, in the middle of the window."""
    page.until(lambda: page.exists(f"{FOREST} .pick"))
    found = next(b for b in page.driver.find_elements("css selector", f"{FOREST} .pick") if b.text == name)
    page.run("arguments[0].scrollIntoView({block: 'center'})", found)
    return found  # type: ignore[no-any-return]


def told(page: Overview) -> str:
    """Return all numbers of the forest."""
    return str(page.run(f"return document.querySelector('{FOREST} tbody').textContent"))


@pytest.mark.parametrize("query", ["", "?device=Mobile"])
def test_numbers_are_those_of_the_api_under_any_filter(experiment: Overview, query: str) -> None:
    experiment.open(query, "/experiment").seen()
    told = (experiment.text("#card-arms tbody") + experiment.text(ROW)).replace(",", "")
    assert [each for each in shown(experiment, query) if each not in told] == []
    assert shown(experiment) != shown(experiment, "?device=Mobile")


def test_the_method_changes_the_words_and_stands_in_the_url(experiment: Overview) -> None:
    for open_ in (lambda: experiment.find("button[value=fixed]").click(), experiment.driver.refresh):
        open_()
        experiment.until(lambda: "one planned look at 95 %" in experiment.seen().text(METHOD))
        assert experiment.search == "?experiment-method=fixed"
    experiment.run("history.back()")
    experiment.until(lambda: "always valid at 95 %" in experiment.seen().text(METHOD))
    assert experiment.search == ""


def test_what_each_check_says_unfolds_and_stays_so(experiment: Overview) -> None:
    experiment.find("#card-validity .check-more").click()
    assert experiment.text("#card-validity .check-fold .check-text")
    experiment.run("product.state.change(f => product.filter.replace(f, 'gender', {values: ['Female']}))")
    assert experiment.settled().find("#card-validity .check-fold .check-text").is_displayed()


def test_a_segment_filters_all_cards_but_its_own(experiment: Overview) -> None:
    before = told(experiment)
    segment(experiment, "Mobile").find_element("xpath", "./ancestor::tr/td[last()]").click()
    experiment.until(lambda: experiment.text(SCOPE) == "Device: Mobile")
    assert experiment.settled().search == "?device=Mobile&heterogeneity-chosen=device%3DMobile"
    assert (experiment.run(PRESSED), told(experiment)) == (["Mobile"], before)
    segment(experiment, "Desktop").click()
    assert experiment.settled().search == "?device=Desktop&heterogeneity-chosen=device%3DDesktop"
    segment(experiment, "Desktop").click()
    assert (experiment.settled().search, experiment.run(PRESSED)) == ("", [])


def test_shift_adds_a_segment_and_takes_it_away(experiment: Overview) -> None:
    before = told(experiment)
    segment(experiment, "Mobile").click()
    for name, pressed in (("Female", ["Mobile", "Female"]), ("Tablet", ["Mobile", "Tablet", "Female"])):
        chain = ActionChains(experiment.settled().driver).key_down(Keys.SHIFT)
        chain.click(segment(experiment, name)).key_up(Keys.SHIFT).perform()
        assert (experiment.settled().run(PRESSED), told(experiment)) == (pressed, before)
    assert experiment.search.startswith("?device=Mobile,Tablet&gender=Female&")
    chain = ActionChains(experiment.driver).key_down(Keys.SHIFT)
    chain.click(segment(experiment, "Female")).key_up(Keys.SHIFT).perform()
    assert experiment.settled().run(PRESSED) == ["Mobile", "Tablet"]


def test_a_segment_is_pressed_by_keyboard_and_keeps_the_focus(experiment: Overview) -> None:
    experiment.run("arguments[0].focus()", segment(experiment, "Mobile"))
    press(experiment, Keys.ENTER)
    assert experiment.run("return document.activeElement.textContent") == "Mobile"
    press(experiment, Keys.TAB)
    press(experiment, Keys.SPACE)
    assert experiment.run(PRESSED) == ["Desktop"]
    experiment.find("#undo").click()
    experiment.until(lambda: segment(experiment, "Mobile") and experiment.run(PRESSED) == ["Mobile"])


def test_pairs_filter_by_both_and_dark_can_be_read(overview: Overview) -> None:
    overview.prefer("dark")
    overview.open("?heterogeneity-depth=2", "/experiment").seen()
    pair = str(
        overview.run(f"return document.querySelectorAll('{FOREST} table')[1].querySelector('.pick').textContent")
    )
    segment(overview, pair).click()
    assert set(overview.settled().run(PRESSED)) == {pair, *pair.split(" × ")}
    assert violations(overview) == []


def test_doors_to_the_planner_keep_the_filter(experiment: Overview) -> None:
    experiment.open("?device=Mobile", "/experiment").seen()
    for door in ("#card-arms dd a", "#card-experiment-verdict .because a"):
        link = experiment.find(door)
        experiment.run("arguments[0].scrollIntoView({block: 'center'})", link)
        link.click()
        experiment.until(lambda: "users" in experiment.text("#card-plan-answer .headline"))
        assert experiment.run("return location.pathname + location.search") == "/plan?device=Mobile"
        back = experiment.settled().seen().find("#card-plan-run .sheet-actions a")
        experiment.run("arguments[0].scrollIntoView({block: 'center'})", back)
        back.click()
        experiment.until(lambda: experiment.run("return location.pathname") == "/experiment")
        assert experiment.settled().seen().search == "?device=Mobile"
