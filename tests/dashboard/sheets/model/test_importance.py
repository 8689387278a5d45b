"""Attributes are ranked by what is lost without them, and what is nothing is called so."""

from dataclasses import replace

from dashboard.sheets.model.importance import IMPORTANCE
from tests.dashboard.sample_model import facts_of
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, rows_of_table
from tests.model.sample_report import sample_report


def test_the_most_important_attribute_stands_first(tell: Tell) -> None:
    assert [row["attribute"] for row in rows_of_table(IMPORTANCE, tell())] == ["Device", "Age", "Location", "Gender"]
    assert IMPORTANCE.summary(tell()).endswith("3 of 4 attributes matter beyond chance.")


def test_an_interval_that_holds_zero_is_said(tell: Tell) -> None:
    rows = blocks_of(IMPORTANCE, tell(), "table")[0]["rows"]
    assert [row[0]["under"] for row in rows] == ["", "", "", "no more than chance"]


def test_consequences_come_with_their_caution(tell: Tell) -> None:
    paragraphs = blocks_of(IMPORTANCE, tell(model_task="retrospective"), "paragraph")
    assert "effects as well as causes" in paragraphs[-1]["text"]


def test_nothing_looked_at_is_said(tell: Tell) -> None:
    report = sample_report()
    bare = replace(report, tasks=(replace(report.tasks[0], importance=()),))
    assert IMPORTANCE.summary(tell(facts_of(bare))) == "On arrival: no attribute was looked at."
