"""The form has one control for each attribute, with its own members or range, and says what is wrong under it."""

from typing import Any

import pytest

from dashboard.sheets.predict.form import FORM, slider_of
from model.examples import Feature
from tests.dashboard.sample_model import TRAINING
from tests.dashboard.sheets.predict.conftest import Ask, block_of


def fields_of(ask: Ask, **options: str) -> dict[str, Any]:
    """Return the controls by their attribute."""
    chosen = {f"session-{name}": value for name, value in options.items()}
    return {field["option"].removeprefix("session-"): field for field in block_of(FORM, ask(chosen), "form")["fields"]}


def test_each_attribute_has_the_control_of_its_kind(ask: Ask) -> None:
    fields = fields_of(ask)
    assert {name: field["control"] for name, field in fields.items()} == {
        "age": "number", "gender": "select", "device": "select", "location": "select", "category": "select",
        "variant": "select",
    }  # fmt: skip
    assert fields["device"]["members"] == ("Mobile", "Desktop", "Tablet")


def test_what_is_not_chosen_is_usual_and_marked(ask: Ask) -> None:
    device = fields_of(ask)["device"]
    assert (device["value"], device["is_usual"], device["hint"]) == ("Mobile", True, "most frequent")


def test_what_is_chosen_is_not_marked_even_where_it_equals_the_usual(ask: Ask) -> None:
    assert not fields_of(ask, device="Mobile")["device"]["is_usual"]


def test_unknown_can_be_chosen_for_each(ask: Ask) -> None:
    names = fields_of(ask)
    unknown = fields_of(ask, **dict.fromkeys(names, "unknown"))
    assert all(field["is_unknown"] and field["value"] == "unknown" for field in unknown.values())


@pytest.mark.parametrize(
    ("name", "value", "notice"),
    [("device", "mobile", "was read as 'Mobile'"), ("device", "Moblie", "did you mean 'Mobile'"), ("age", "300", "300"),
     ("age", "old", "is no number")],
)  # fmt: skip
def test_what_was_repaired_or_is_out_of_range_is_told_under_the_control(
    ask: Ask, name: str, value: str, notice: str
) -> None:
    assert notice in fields_of(ask, **{name: value})[name]["notice"]


def test_in_session_time_and_pages_are_there_with_the_caution(ask: Ask) -> None:
    found = block_of(FORM, ask({"model-task": "retrospective"}), "form")
    assert {"session-time_spent_s", "session-pages_viewed"} <= {field["option"] for field in found["fields"]}
    assert "effects as well as causes" in found["caution"]
    assert block_of(FORM, ask(), "form")["caution"] == ""


def test_until_there_is_a_model_the_page_asks_again(ask: Ask) -> None:
    found = block_of(FORM, ask(model=TRAINING), "form")
    assert (found["fields"], found["is_waiting"]) == ([], True)
    assert "compare learners" in found["said"]


def test_a_slider_stands_on_round_numbers_within_theslider_of() -> None:
    assert slider_of(Feature("t", "T", "number", low=10.09, high=1562.72, median=151.1)) == {
        "low": 20, "high": 1560, "step": 10
    }  # fmt: skip
    assert slider_of(Feature("age", "Age", "number", low=16, high=75, median=36.0)) == {
        "low": 16,
        "high": 75,
        "step": 1,
    }
    assert slider_of(Feature("one", "One", "number", low=3, high=3, median=3.0)) is None
