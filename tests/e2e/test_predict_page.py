"""The predict page in the browser: it answers while one types, the link carries the visitor, files come back scored."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from config import Config
from model.registry import Registry
from model.trained import Trained
from tests.dashboard.sample_model import TRAINING, SampleModels, answering
from tests.e2e.overview import Overview
from tests.model.sample_report import sample_report
from tests.model.trained_tasks import task_of

AGE, DEVICE = "#field-session-age", "#field-session-device"
HEADLINE = "#card-predict-headline .headline"
ROWS = "Recommendation_Engine,Device_Type,Location,Recommended_Product_Category,Gender,Age\n"


@pytest.fixture
def predict(overview: Overview) -> Overview:
    """Return the predict page with every card drawn."""
    return overview.open("", "/predict").seen()


def test_it_answers_while_one_types_and_the_caret_stays(predict: Overview) -> None:
    before, box = predict.text(HEADLINE), predict.find(AGE)
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys("61")
    predict.until(lambda: predict.search == "?session-age=61")
    predict.settled()
    assert predict.text(HEADLINE) != before
    assert predict.run("return [document.activeElement.id, document.activeElement.selectionStart]") == [AGE[1:], 2]


def test_a_late_answer_does_not_undo_what_is_typed(predict: Overview, slow_server: Callable[..., None]) -> None:
    slow_server(0.9, 0.1)
    box = predict.find(AGE)
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys("2")
    predict.until(lambda: predict.search == "?session-age=2")
    box.send_keys("9")
    time.sleep(1.2)
    assert predict.settled().search == "?session-age=29"
    assert box.get_attribute("value") == "29"


def test_back_and_forward_and_reload_restore_the_visitor(predict: Overview) -> None:
    Select(predict.find(DEVICE)).select_by_visible_text("Tablet")
    predict.settled()
    told = predict.text(HEADLINE)
    predict.driver.back()
    predict.until(lambda: predict.search == "")
    predict.until(lambda: predict.find(DEVICE).get_attribute("value") == "Mobile")
    predict.driver.forward()
    predict.until(lambda: predict.find(DEVICE).get_attribute("value") == "Tablet")
    predict.driver.refresh()
    assert predict.settled().text(HEADLINE) == told


def test_a_value_of_what_if_is_taken_over_and_keeps_the_focus(predict: Overview) -> None:
    row = predict.find('#card-predict-what-if button[data-key="session-device=Desktop"]')
    chance = row.text.replace("\u00a0", " ").splitlines()[-1]
    row.send_keys(Keys.ENTER)
    predict.until(lambda: predict.search == "?session-device=Desktop")
    assert predict.settled().text(HEADLINE).startswith(f"{chance} chance to convert")
    assert predict.run("return document.activeElement.dataset.key") == "session-device=Desktop"
    assert predict.find(DEVICE).get_attribute("value") == "Desktop"


def test_what_is_out_of_range_is_told_under_the_field(predict: Overview) -> None:
    predict.open("?session-age=300&session-device=moblie", "/predict").seen()
    assert "Age is 300" in predict.text("#field-session-age-notice")
    assert "did you mean 'Mobile'" in predict.text("#field-session-device-notice")
    assert predict.find(DEVICE).get_attribute("value") == "unknown"


def test_unknown_and_the_typical_visitor_are_one_press_away(predict: Overview) -> None:
    predict.find("[data-attribute=session-age] button").click()
    predict.until(lambda: predict.search == "?session-age=unknown")
    predict.find("#card-predict-form .form-actions button").click()
    predict.until(lambda: predict.search == "")


def test_in_session_asks_for_time_and_pages(predict: Overview) -> None:
    predict.find("#card-predict-headline button[value=retrospective]").click()
    predict.settled()
    assert predict.find("#field-session-time_spent_s")
    assert "effects as well as causes" in predict.text(".form-caution")


def test_the_page_heals_when_a_model_is_there(predict: Overview, models: SampleModels) -> None:
    models.facts = TRAINING
    predict.open("", "/predict")
    assert "compare learners" in predict.text(HEADLINE)
    models.facts = answering()
    predict.until(lambda: "chance to convert" in predict.text(HEADLINE))


def test_a_file_is_scored_and_what_cannot_be_comes_back(predict: Overview, config: Config, tmp_path: Path) -> None:
    Registry(config).save(Trained(sample_report(), (task_of(), task_of("retrospective"))), 5)
    rows = ("Old,Mobile,Delhi,Home,Male,33", "New,Watch,Delhi,Home,Male,33")
    (tmp_path / "visits.csv").write_text(ROWS + "\n".join(rows))
    predict.driver.find_element("css selector", "#batch-file").send_keys(str(tmp_path / "visits.csv"))
    predict.until(lambda: "1 of 2 rows scored, 1 could not be" in predict.text(".batch-done .batch-state"))
    assert "driver_1" in predict.text(".batch-done thead")
    links = predict.run("return [...document.querySelectorAll('.batch-done a')].map(a => a.pathname.split('/').pop())")
    assert links == ["scored.csv", "rejected.csv"]


def test_a_file_that_lacks_columns_is_refused_in_one_sentence(
    predict: Overview, config: Config, tmp_path: Path
) -> None:
    Registry(config).save(Trained(sample_report(), (task_of(),)), 5)
    (tmp_path / "short.csv").write_text("Age\n33\n")
    predict.driver.find_element("css selector", "#batch-file").send_keys(str(tmp_path / "short.csv"))
    predict.until(lambda: "are absent" in predict.text(".batch-fault"))
