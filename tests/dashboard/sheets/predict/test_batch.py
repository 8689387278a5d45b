"""The card for files: what a file must hold, and a template that the model can score."""

import csv
import io

from dashboard.sheets.predict.batch import BATCH
from model.vocabulary import Vocabulary
from tests.dashboard.sample_model import TRAINING
from tests.dashboard.sheets.predict.conftest import Ask, asked, block_of


def test_columns_are_those_of_the_source(ask: Ask) -> None:
    rows = {row[0]: row[1:] for row in block_of(BATCH, ask(), "batch")["rows"]}
    assert rows["Device_Type"] == ("Device", "Mobile, Desktop, Tablet")
    assert "Time_Spent" not in rows
    later = block_of(BATCH, ask({"model-task": "retrospective"}), "batch")
    assert "Time_Spent" in [row[0] for row in later["rows"]]
    assert later["href"] == "/predict/batch?task=retrospective"


def test_the_template_is_what_the_model_takes(ask: Ask) -> None:
    facts = ask()
    features = asked(facts).visitor.predictor.task.features
    head, *rows = csv.reader(io.StringIO(block_of(BATCH, facts, "batch")["template"]))
    assert head == [row[0] for row in BATCH.table(facts).rows]
    columns = {feature.name: list(cells) for feature, cells in zip(features, zip(*rows, strict=True), strict=True)}
    found = Vocabulary(features).encode({name: cells for name, cells in columns.items() if name != "age"})
    assert {flag.feature for flag in found.faults} <= {"age"}


def test_without_a_model_no_file_is_taken(ask: Ask) -> None:
    found = block_of(BATCH, ask(model=TRAINING), "batch")
    assert (found["rows"], found["said"]) == ([], TRAINING.sentence)
