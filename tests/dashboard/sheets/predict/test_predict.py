"""What holds for every sheet of the predict page, in every state of the model."""

import json

import pytest

from dashboard.model_facts import ModelFacts
from dashboard.sheets.predict import PREDICT_SHEETS
from tests.dashboard.sample_model import FAILED, STALE, TRAINING, facts_of
from tests.dashboard.sheets.predict.conftest import Ask, answering
from tests.dashboard.sheets.test_sheets import KINDS
from tests.model.sample_report import of_one_task, sample_report

STATES = {
    "signal": answering(),
    "no useful signal": answering("no useful signal"),
    "undetermined": answering("undetermined"),
    "one task": facts_of(of_one_task(sample_report())),
    "stale": STALE,
    "training": TRAINING,
    "failed": FAILED,
    "none": ModelFacts(),
}
ODD = {"session-device": "Watch", "session-age": "x", "session-location": "unknown", "session-colour": "red"}


@pytest.mark.parametrize("model", STATES.values(), ids=STATES.keys())
@pytest.mark.parametrize("task", ["arrival", "retrospective"])
@pytest.mark.parametrize("options", [{}, ODD], ids=["usual", "odd"])
def test_every_sheet_is_whole(ask: Ask, model: ModelFacts, task: str, options: dict[str, str]) -> None:
    facts = ask({**options, "model-task": task}, model)
    for sheet in PREDICT_SHEETS:
        sent, table = json.loads(json.dumps(sheet.sent(facts), allow_nan=False)), sheet.table(facts)
        assert {block["kind"] for block in sent["blocks"]} <= KINDS, sheet.name
        assert sent["says"].endswith((".", "python -m model train")), sheet.name
        assert all(len(row) == len(table.columns) for row in table.rows), sheet.name


@pytest.mark.parametrize("verdict", ["no useful signal", "undetermined"])
def test_without_a_signal_nothing_is_told_of_the_visitor(ask: Ask, verdict: str) -> None:
    facts = ask(model=STATES[verdict])
    withheld = ("predict-drivers", "predict-engines", "predict-what-if")
    for sheet in (sheet for sheet in PREDICT_SHEETS if sheet.name in withheld):
        (block,) = sheet.blocks(facts)
        assert (block["kind"], block["tone"], sheet.table(facts).rows) == ("paragraph", "quiet", ()), sheet.name


@pytest.mark.parametrize("state", ["training", "failed", "none"])
def test_without_a_model_each_card_says_what_to_do(ask: Ask, state: str) -> None:
    said = {sheet.summary(ask(model=STATES[state])) for sheet in PREDICT_SHEETS}
    assert said == {STATES[state].sentence}
