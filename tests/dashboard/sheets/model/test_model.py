"""What holds for every sheet of the model page, in every state of the model."""

import json

import pytest

from dashboard.model_facts import NOT_KEPT, ModelFacts
from dashboard.sheets.facts import Facts
from dashboard.sheets.model import MODEL_SHEETS
from tests.dashboard.sample_model import FAILED, STALE, TRAINING, facts_of, sample_model
from tests.dashboard.sheets.model.conftest import Tell, blocks_of
from tests.dashboard.sheets.test_sheets import KINDS
from tests.model.sample_report import of_one_task, sample_report

STATES = {
    "signal": sample_model(),
    "no useful signal": sample_model("no useful signal"),
    "undetermined": sample_model("undetermined"),
    "one task": facts_of(of_one_task(sample_report())),
    "stale": STALE,
    "training": TRAINING,
    "failed": FAILED,
    "none": ModelFacts(),
}
CLAIMS = ("model-importance", "model-dependence", "model-curves", "model-threshold", "model-segments", "model-uplift",
          "model-effects", "model-policy", "model-calibration")  # fmt: skip
APART = ("model-versions", "model-withheld")
"""What tells of more than the model that is served."""

in_every_state = pytest.mark.parametrize("model", STATES.values(), ids=STATES.keys())


def is_whole(facts: Facts) -> bool:
    """Return whether each sheet sends known blocks as strict JSON, a sentence, and a table whose rows fit."""
    for sheet in MODEL_SHEETS:
        sent, table = json.loads(json.dumps(sheet.sent(facts), allow_nan=False)), sheet.table(facts)
        assert {block["kind"] for block in sent["blocks"]} <= KINDS, sheet.name
        assert sent["says"].endswith((".", "python -m model train")), sheet.name
        assert all(len(row) == len(table.columns) for row in table.rows), sheet.name
        assert len({column.name for column in table.columns}) == len(table.columns), sheet.name
    return True


@in_every_state
@pytest.mark.parametrize("task", ["arrival", "retrospective"])
def test_every_sheet_is_whole(tell: Tell, model: ModelFacts, task: str) -> None:
    assert is_whole(tell(model, model_task=task))


@pytest.mark.parametrize("verdict", ["no useful signal", "undetermined"])
def test_without_a_signal_nothing_is_claimed(tell: Tell, verdict: str) -> None:
    facts = tell(STATES[verdict])
    for sheet in MODEL_SHEETS:
        if sheet.name in CLAIMS:
            (block,) = sheet.blocks(facts)
            assert (block["kind"], block["tone"], sheet.table(facts).rows) == ("paragraph", "quiet", ()), sheet.name
            assert sheet.sent(facts)["sliders"] == {}, sheet.name


def test_without_a_model_each_card_says_what_to_do(tell: Tell) -> None:
    said = [sheet.summary(tell(ModelFacts())) for sheet in MODEL_SHEETS if sheet.name not in APART]
    assert set(said) == {NOT_KEPT.sentence}


def test_every_number_in_a_table_has_its_interval_and_n(tell: Tell) -> None:
    for sheet in MODEL_SHEETS:
        names = {column.name for column in sheet.table(tell()).columns}
        for name in (name for name in names if name.endswith("_low") and f"{name[:-4]}" in names):
            assert f"{name[:-4]}_high" in names, (sheet.name, name)


def test_no_two_tables_have_one_name(tell: Tell) -> None:
    labels = [block["label"] for sheet in MODEL_SHEETS for block in blocks_of(sheet, tell(), "table")]
    assert len(labels) == len(set(labels)) > 8
