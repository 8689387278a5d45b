"""The model page in the browser: one choice for all its cards, sliders that answer, charts that tell their values."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.dashboard.sample_model import SampleModels, sample_model
from tests.e2e.overview import Overview

THRESHOLD = "#card-model-threshold"
DRAG = """const input = document.querySelector('[data-slider=model-threshold] input'), done = arguments[0];
    const steps = [3, 9, 15, 21, 27]; let at = 0;
    const step = () => {
        const isOver = at === steps.length, type = isOver ? 'change' : 'input';
        if (!isOver) input.value = steps[at++];
        input.dispatchEvent(new Event(type, {bubbles: true}));
        if (isOver) done(); else setTimeout(step, 140); };
    step();"""


@pytest.fixture
def model(overview: Overview) -> Overview:
    """Return the model page with every card drawn."""
    return overview.open("", "/model").seen()


def test_the_first_line_is_the_verdict(model: Overview) -> None:
    assert model.text("#card-model-headline .headline").startswith("What is known on arrival tells in part")


def test_one_choice_holds_for_every_card(model: Overview) -> None:
    model.find("#card-model-headline button[value=retrospective]").click()
    model.settled().seen()
    assert model.search == "?model-task=retrospective"
    chosen = (
        "return [...document.querySelectorAll('.card:not([hidden]) select[data-option=model-task]')].map(s => s.value)"
    )
    assert set(model.run(chosen)) == {"retrospective"}
    assert "AUC of 0.843" in model.text("#card-model-learners .sheet-text")
    pressed = model.find("#card-model-headline button[value=arrival]").get_attribute("aria-pressed")
    assert pressed == "false"


def test_a_slider_answers_by_keyboard_and_stands_in_the_url(model: Overview) -> None:
    model.open("?model-cost=20", "/model").seen()
    slider = model.find(f"{THRESHOLD} [data-slider=model-threshold] input")
    before = model.text(f"{THRESHOLD} .sheet-text")
    slider.send_keys(Keys.ARROW_RIGHT)
    model.until(lambda: "model-threshold=0.21" in model.search)
    model.until(lambda: model.text(f"{THRESHOLD} .sheet-text") != before)
    assert slider.get_attribute("aria-valuetext").replace("\u00a0", " ") == "21.0 %"
    assert model.text(f"{THRESHOLD} output") != ""


def test_a_drag_is_one_gesture_however_often_it_answers(model: Overview) -> None:
    model.driver.execute_async_script(DRAG)
    model.until(lambda: "model-threshold=0.37" in model.search)
    model.run("history.back()")
    model.until(lambda: model.search == "")


def test_values_move_the_usual_threshold(model: Overview) -> None:
    model.open("?model-cost=40", "/model").seen()
    assert model.text(f"{THRESHOLD} [data-slider=model-cost] output") == "₹ 40.0"
    assert "from a score of 40.0 %" in model.text(f"{THRESHOLD} .sheet-text").replace("\u00a0", " ")


def test_a_chart_tells_its_values_by_keyboard(model: Overview) -> None:
    chart = model.find("#card-model-curves .chart-reach")
    model.run("arguments[0].scrollIntoView({block: 'center'}); arguments[0].focus()", chart)
    ActionChains(model.settled().driver).send_keys(Keys.END, Keys.ARROW_LEFT).perform()
    said = model.text(".tooltip").splitlines()
    assert said[0] == "False positive rate 99.0 %"
    assert [line.split(":")[0] for line in said[1:]] == ["On arrival", "In session"]
    assert model.run("return document.getElementById('live').textContent").startswith("False positive rate")


def test_a_chart_tells_what_the_pointer_rests_on(model: Overview) -> None:
    chart = model.find("#card-model-threshold .chart-reach")
    model.run("arguments[0].scrollIntoView({block: 'center'})", chart)
    ActionChains(model.settled().driver).move_to_element(chart).pause(0.2).move_by_offset(3, 0).perform()
    assert model.text(".tooltip").startswith("Act on scores from ")
    assert "41,200 sessions" in model.text(".tooltip")


def test_without_a_signal_the_page_goes_without_its_claims(model: Overview, models: SampleModels) -> None:
    models.facts = sample_model("no useful signal")
    model.open("", "/model").seen()
    visible = "[...document.querySelectorAll('.sheets .card')].filter(e => e.checkVisibility())"
    shown = model.run(f"return {visible}.map(e => e.id)")
    assert "card-model-withheld" in shown
    assert not {"card-model-curves", "card-model-importance", "card-model-threshold", "card-model-policy"} & set(shown)
    models.facts = sample_model()
    model.find("#card-model-headline button[value=retrospective]").click()
    model.until(lambda: model.exists("#card-model-curves:not([hidden])"))
    assert model.seen().text("#card-model-curves .chart-of h3") == "ROC"
