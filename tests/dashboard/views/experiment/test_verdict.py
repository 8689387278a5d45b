from typing import Any

import pytest

from analytics.decision.result import DecisionResult
from dashboard.view import Context
from dashboard.views.experiment.verdict import experiment_verdict_views
from tests.analytics.decided import decided


@pytest.fixture(scope="module")
def better() -> DecisionResult:
    return decided((1.3, 1), n=(20_000, 20_000))


@pytest.fixture(scope="module")
def alone() -> DecisionResult:
    return decided(n=(0, 500))


def sent(context: Context, result: DecisionResult) -> dict[str, Any]:
    (view,) = experiment_verdict_views(context)
    return dict(view.arrays(result, None))


def test_the_word_stands_above_a_sentence_that_does_not_repeat_it(context: Context, better: DecisionResult) -> None:
    told = sent(context, better)
    assert (told["kind"], told["word"]) == ("ship", "Ship New")
    assert told["headline"].startswith("New converts ")


def test_why_and_what_would_change_it_are_lists(context: Context, better: DecisionResult) -> None:
    told = sent(context, better)
    assert (len(told["reasons"]), len(told["changes"])) == (len(better.reasons), len(better.changes))
    assert told["reasons"][0].startswith("Conversion rate: ")


def test_what_decides_stands_beside_the_interval(context: Context, better: DecisionResult) -> None:
    told = sent(context, better)
    assert "(always valid) · 40,000 users" in told["summary"].replace("40 000", "40,000")
    assert "hold at every look" in told["detail"]


def test_the_lift_has_the_colour_of_its_engine(context: Context, better: DecisionResult) -> None:
    assert [(lift["variant"], lift["color"]) for lift in sent(context, better)["lifts"]] == [("New", 1)]


def test_what_cannot_be_compared_leaves_the_sentence_alone(context: Context, alone: DecisionResult) -> None:
    told = sent(context, alone)
    assert (told["word"], told["summary"], told["lifts"]) == ("Cannot be answered", "", [])


def test_the_table_holds_verdict_sentences_and_lift(context: Context, better: DecisionResult) -> None:
    (view,) = experiment_verdict_views(context)
    rows = view.table(better).rows
    assert rows[0][:2] == ("verdict", "Ship New")
    assert rows[-1][0] == "lift"
    assert rows[-1][3] == better.effect.lift.low
    assert view.summary(better).startswith("Ship New: ")


def test_the_reader_chooses_what_decides(context: Context) -> None:
    (view,) = experiment_verdict_views(context)
    assert [choice.option for choice in view.choices] == ["experiment-method"]
