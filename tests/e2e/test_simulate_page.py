"""The simulator in the browser: it runs, tells its progress, can be cancelled, and a link shows the same result."""

import pytest
from selenium.webdriver.common.keys import Keys

from tests.e2e.overview import Overview

HEADLINE, STATE, RUN = "#card-simulate-headline .headline", ".simulate-state", ".simulate .primary"
SMALL = "?simulate-days=5&simulate-repetitions=400&simulate-run=1"
LONG = "?simulate-days=300&simulate-repetitions=16000&simulate-half-life=500&simulate-effects=1"


@pytest.fixture
def simulator(overview: Overview) -> Overview:
    """Return the simulator with a result."""
    page = overview.open(SMALL, "/simulate")
    page.until(lambda: "calls a winner in" in page.text(HEADLINE))
    return page


def test_a_first_visit_is_answered_by_itself(overview: Overview) -> None:
    page = overview.open("", "/simulate")
    page.until(lambda: "Looking every day with a fixed 95" in page.text(HEADLINE))
    assert page.search == ""


def test_a_link_shows_the_same_result_without_another_run(simulator: Overview) -> None:
    said = simulator.text(HEADLINE)
    simulator.driver.refresh()
    simulator.until(lambda: simulator.text(HEADLINE) == said)
    assert simulator.text(STATE).startswith("Done.")


def test_what_is_set_anew_waits_for_the_run(simulator: Overview) -> None:
    box = simulator.find("#field-simulate-seed")
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys("7", Keys.TAB)
    simulator.until(lambda: simulator.text(STATE).startswith("Not run with these settings yet."))
    assert "simulate-run" not in simulator.search
    assert simulator.find("#card-simulate-methods.outdated .ladder").is_displayed()
    simulator.find(RUN).click()
    simulator.until(lambda: simulator.text(STATE).startswith("Done."))
    assert "simulate-run=1" in simulator.search
    assert "simulate-seed=7" in simulator.search
    assert not simulator.driver.find_elements("css selector", ".outdated")


def test_a_run_tells_its_progress_and_can_be_cancelled(overview: Overview) -> None:
    page = overview.open(LONG, "/simulate")
    page.until(lambda: page.text(STATE).startswith("Not run"))
    page.find(RUN).click()
    page.until(lambda: page.text(STATE) not in ("", "0 %") and page.text(STATE).endswith("%"))
    page.find(".simulate-foot .button:not(.primary)").click()
    page.until(lambda: page.text(STATE) == "Cancelled.")
    assert page.find(RUN).is_enabled()


def test_what_cannot_be_run_is_told_beside_the_button(overview: Overview) -> None:
    page = overview.open("?simulate-rate=many", "/simulate")
    page.until(lambda: "must be a number such as 12" in page.text(".simulate .batch-fault"))
    assert not page.find(RUN).is_enabled()


def test_a_question_is_answered_with_one_press(simulator: Overview) -> None:
    simulator.find(".simulate-presets button:nth-child(2)").click()
    simulator.until(lambda: "once at the end, calls a winner" in simulator.text(HEADLINE))
    assert simulator.search == "?simulate-looks=0&simulate-run=1"
