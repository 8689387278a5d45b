import json

import pytest

from analytics.decision.result import DecisionResult
from dashboard.view import Context, View
from dashboard.views.experiment.record import record_views
from tests.analytics.decided import decided


@pytest.fixture(scope="module")
def better() -> DecisionResult:
    return decided((1.3, 1), n=(20_000, 20_000))


@pytest.fixture
def view(context: Context) -> View:
    (found,) = record_views(context)
    return found


def test_the_record_is_asked_for_with_the_question_of_the_verdict(view: View, better: DecisionResult) -> None:
    text = json.dumps(view.arrays(better, None))
    assert f"/api/v1/decisions/record?{better.question}" in text
    assert better.question == "confidence=0.95"


def test_the_method_is_told_in_plain_words(view: View, better: DecisionResult) -> None:
    text = json.dumps(view.arrays(better, None))
    assert "hold at every look" in text
    assert "Always valid" in text


def test_what_was_planned_stands_in_the_table(view: View, better: DecisionResult) -> None:
    rows = {row[0]: row[1] for row in view.table(better).rows}
    assert (rows["Verdict"], rows["Guardrails"]) == ("Ship New", "none")
    assert rows["Smallest lift worth acting on"] == "any"
    assert view.summary(better).startswith("Ship New, decided at ")
