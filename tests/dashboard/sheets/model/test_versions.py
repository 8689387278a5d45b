"""Versions stand newest first, and the one that answers is marked."""

from dashboard.model_facts import ModelFacts
from dashboard.sheets.model.versions import VERSIONS
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, rows_of_table


def test_the_served_one_is_marked(tell: Tell) -> None:
    rows = blocks_of(VERSIONS, tell(), "table")[0]["rows"]
    assert [row[0] for row in rows if row[0]] == [{"text": "2", "under": "served", "mark": "good"}, "1"]
    assert VERSIONS.summary(tell()) == "2 versions on record; version 2 answers."


def test_each_of_its_models_has_a_row(tell: Tell) -> None:
    rows = rows_of_table(VERSIONS, tell())
    assert [(row["version"], row["model"]) for row in rows][:2] == [(2, "On arrival"), (2, "In session")]
    assert rows[0]["trained_at"] == "2026-09-21T15:03:20Z"


def test_none_on_record_is_said(tell: Tell) -> None:
    assert VERSIONS.summary(tell(ModelFacts())) == "No version of a model is on record."
    assert VERSIONS.blocks(tell(ModelFacts()))[0]["tone"] == "quiet"
