"""The session of a URL: what is not chosen is usual, and what the model cannot say is said in a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from dashboard.model_facts import ModelFacts
from dashboard.visitor import Visitor, attribute_of, number_text, visitor_of
from model.errors import ModelError
from model.examples import Feature
from model.predictor import Predictor
from tests.dashboard.sample_model import sample_model
from tests.dashboard.sheets.predict.conftest import answering

DEVICE = Feature("device", "Device", "category", ("Mobile", "Desktop"), has_missing=True)
AGE = Feature("age", "Age", "number", low=18, high=64, unit="years", median=36.0)


class Damaged(Mapping[str, Predictor]):
    """Predictors that cannot be made."""

    def __getitem__(self, name: str) -> Predictor:
        raise ModelError("the trees are damaged; roll back")

    def __iter__(self) -> Iterator[str]:
        return iter(["arrival"])

    def __len__(self) -> int:
        return 1


@pytest.mark.parametrize(
    ("feature", "options", "text", "value"),
    [
        (DEVICE, {}, "Desktop", "Desktop"),
        (DEVICE, {"session-device": "mobile"}, "Mobile", "Mobile"),
        (DEVICE, {"session-device": "unknown"}, "unknown", None),
        (DEVICE, {"session-device": "Watch"}, "Watch", "Watch"),
        (AGE, {}, "36", "36"),
        (AGE, {"session-age": "300"}, "300", "300"),
        (AGE, {"session-age": "unknown"}, "unknown", None),
    ],
)
def test_an_attribute_is_what_the_url_says_or_usual(
    feature: Feature, options: Mapping[str, str], text: str, value: str | None
) -> None:
    found = attribute_of(feature, options, {"device": "Desktop"})
    assert (found.text, found.value, found.is_usual) == (text, value, not options)


def test_a_member_called_unknown_is_a_member() -> None:
    feature = replace(DEVICE, members=("unknown", "Mobile"))
    assert attribute_of(feature, {"session-device": "unknown"}, {}).value == "unknown"


def test_a_usual_member_that_the_model_does_not_know_is_replaced() -> None:
    assert attribute_of(DEVICE, {}, {"device": "Watch"}).text == "Mobile"


def test_a_visitor_is_predicted_with_what_stands_in_the_form() -> None:
    found = visitor_of(answering(), "arrival", {"session-device": "Tablet"}, {})
    assert isinstance(found, Visitor)
    assert found.prediction == found.predictor.predict(found.values)
    assert [name for name, _ in found.engines] == ["Old", "New"]


@pytest.mark.parametrize("model", [ModelFacts(), sample_model()])
def test_without_a_predictor_the_state_of_the_model_is_told(model: ModelFacts) -> None:
    assert visitor_of(model, "arrival", {}, {}) == model.sentence


def test_a_damaged_model_is_told_in_one_sentence() -> None:
    found = visitor_of(replace(sample_model(), predictors=Damaged()), "arrival", {}, {})
    assert found == "the trees are damaged; roll back."


def test_numbers_are_written_without_exponents() -> None:
    assert [number_text(number) for number in (1e7, 0.1 + 0.2)] == ["10000000", "0.3"]
