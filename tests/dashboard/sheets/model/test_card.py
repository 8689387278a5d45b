"""The card of the model can be copied, and says how the model was trained."""

from dataclasses import replace

from dashboard.sheets.model.card import CARD
from tests.dashboard.sample_model import facts_of
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, rows_of_table
from tests.model.sample_report import sample_report


def test_it_is_copied_whole(tell: Tell) -> None:
    (button,) = blocks_of(CARD, tell(), "copying")
    assert button["text"].startswith("# Conversion model\n")


def test_configuration_and_attributes_are_told(tell: Tell) -> None:
    rows = [(row["section"], row["name"], row["value"]) for row in rows_of_table(CARD, tell())]
    assert ("Goes by", "Device", "3 values") in rows
    assert ("Goes by", "Age", "18 to 65") in rows
    assert ("Configuration", "seed", "42") in rows


def test_settings_are_shown_short_and_told_whole(tell: Tell) -> None:
    report = sample_report()
    learner = replace(report.tasks[0].learners[0], settings={"rate": "0.13718617025506072", "rows": "1000000"})
    facts = tell(facts_of(replace(report, tasks=(replace(report.tasks[0], learners=(learner,)),))))
    (groups,) = blocks_of(CARD, facts, "groups")
    assert groups["sections"][-1]["rows"] == [("rate", "0.1372"), ("rows", "10,00,000")]
    assert [row["value"] for row in rows_of_table(CARD, facts)][-2:] == ["0.13718617025506072", "1000000"]
