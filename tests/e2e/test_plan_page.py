"""The Planner in the browser: what is asked stands in the URL, and its numbers are the API's under any filter."""

import pytest
from selenium.webdriver.common.keys import Keys

from tests.e2e.overview import Overview
from tests.e2e.test_experiment_page import answered

HEADLINE, ASKED = "#card-plan-answer .headline", "#card-plan-asked"
EFFECT = f"{ASKED} [data-slider=plan-effect]"


@pytest.fixture
def planner(overview: Overview) -> Overview:
    """Return the page with every card drawn."""
    return overview.open("", "/plan").seen()


def needed(page: Overview, query: str = "") -> str:
    """Return how many users the API says it takes, in words."""
    return f"{answered(page, 'power', query)['n_units']} users"


def headline(page: Overview) -> str:
    """Return the answer, its digits not grouped."""
    return page.text(HEADLINE).replace(",", "")


@pytest.mark.parametrize("query", ["", "?device=Mobile"])
def test_users_are_those_of_the_api_under_any_filter(planner: Overview, query: str) -> None:
    assert needed(planner, query) in headline(planner.open(query, "/plan"))
    assert needed(planner) != needed(planner, "?device=Mobile")


def test_what_is_asked_changes_the_words_and_stands_in_the_url(planner: Overview) -> None:
    before = planner.text(HEADLINE)
    for open_ in (lambda: planner.find("button[value=no_loss]").click(), planner.driver.refresh):
        open_()
        planner.until(lambda: planner.text(HEADLINE).startswith("To rule out a loss of"))
        assert planner.search == "?plan-goal=no_loss"
    assert "loss" in planner.settled().seen().text("#card-plan-weeks .chart-of h3")
    planner.run("history.back()")
    planner.until(lambda: planner.text(HEADLINE) == before)


def test_a_larger_lift_takes_fewer_users_at_once(planner: Overview) -> None:
    slider = planner.find(f"{EFFECT} input")
    slider.send_keys(Keys.ARROW_RIGHT)
    planner.until(lambda: "plan-effect=0.025" in planner.search)
    planner.until(lambda: needed(planner, "?effect=0.025") in headline(planner))
    assert planner.text(f"{EFFECT} output") == "2.5 %"


def test_the_method_is_chosen_on_the_card_and_marked_among_all(planner: Overview) -> None:
    planner.run(
        "const s = document.querySelector('#card-plan-asked [data-option=plan-method]'); s.value = 'fixed';"
        "s.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    planner.settled().seen()
    assert planner.search == "?plan-method=fixed"
    assert needed(planner, "?method=fixed") in headline(planner)
    chosen = planner.run("return document.querySelector('#card-plan-methods .status.good').closest('tr').textContent")
    assert chosen.startswith("One planned look")
