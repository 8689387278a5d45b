"""Engine against engine: the model's difference without an interval, and what was measured with one."""

from dataclasses import replace
from typing import Any, Literal

import pytest

from dashboard.model_facts import ModelFacts
from dashboard.sheets.predict.engines import ENGINES
from tests.dashboard.sheets.predict.conftest import Ask, answering, block_of, told


def with_uplift(**changes: Any) -> ModelFacts:
    """Return a model whose uplift is another one; none where a reason is given."""
    model = answering()
    assert model.report
    assert model.report.uplift
    uplift = None if "reason" in changes else replace(model.report.uplift, **changes)
    return replace(model, report=replace(model.report, uplift=uplift, uplift_withheld=changes.get("reason", "")))


def said_of(ask: Ask, model: ModelFacts) -> str:
    """Return all sentences of the card with plain spaces."""
    texts = [block["text"] for block in ENGINES.blocks(ask(model=model)) if block["kind"] == "paragraph"]
    return " ".join(texts).replace("\u00a0", " ")


def test_both_engines_stand_in_their_colours(ask: Ask) -> None:
    rows = block_of(ENGINES, ask(), "ladder")["rows"]
    assert [(row["label"], row["tone"]) for row in rows] == [("Old", "variant-0"), ("New", "variant-1")]


def test_the_difference_of_the_model_has_no_interval(ask: Ask) -> None:
    assert told(ask(), ENGINES).startswith("The model scores this visitor New ")
    assert "has no interval" in said_of(ask, answering())


def test_segments_that_hold_the_visitor_stand_with_their_effect(ask: Ask) -> None:
    rows = block_of(ENGINES, ask({"session-device": "Mobile"}), "table")["rows"]
    assert "Device Mobile" in [row[0]["text"] for row in rows]
    assert all(row[2]["under"] for row in rows)


@pytest.mark.parametrize("verdict", ["no difference shown", "undetermined"])
def test_without_a_shown_difference_the_effect_is_that_of_everybody(
    ask: Ask, verdict: Literal["no difference shown", "undetermined"]
) -> None:
    said = said_of(ask, with_uplift(verdict=verdict))
    assert "No difference between visitors is shown, so this holds for this one too." in said
    assert not [block for block in ENGINES.blocks(ask(model=with_uplift(verdict=verdict))) if block["kind"] == "table"]


def test_engines_that_were_not_given_at_random_are_not_compared(ask: Ask) -> None:
    assert "Not measured: " in said_of(ask, with_uplift(verdict="not randomised"))


def test_where_engines_were_not_compared_the_reason_stands(ask: Ask) -> None:
    assert "One engine only." in said_of(ask, with_uplift(reason="One engine only."))
