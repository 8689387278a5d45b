"""What is not shown is named, with the reason."""

from dashboard.model_facts import ModelFacts
from dashboard.sheets.model import MODEL_SHEETS
from dashboard.sheets.model.withheld import GATED, WITHHELD, summary
from tests.dashboard.sample_model import sample_model
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, rows_of_table
from tests.model.sample_report import WITHHELD as REASON


def absent(tell: Tell, model: ModelFacts) -> list[str]:
    """Return the names of the cards that the page goes without."""
    return [sheet.name for sheet in MODEL_SHEETS if sheet.sent(tell(model))["is_absent"]]


def test_with_a_signal_nothing_is_withheld(tell: Tell) -> None:
    assert absent(tell, sample_model()) == ["model-withheld"]
    assert summary(tell()) == "Nothing is withheld."


def test_without_one_every_claim_is_gone_and_named(tell: Tell) -> None:
    none = sample_model("no useful signal")
    assert absent(tell, none) == [sheet.name for sheet in GATED]
    rows = {row["card"]: row["why"] for row in rows_of_table(WITHHELD, tell(none))}
    assert list(rows) == [sheet.title for sheet in GATED]
    assert rows["What does it go by?"] == REASON


def test_a_reason_is_told_once_for_all_its_cards(tell: Tell) -> None:
    (table,) = blocks_of(WITHHELD, tell(sample_model("no useful signal")), "table")
    reasons = [row[0]["text"] for row in table["rows"]]
    assert len(reasons) == len(set(reasons)) < len(GATED)


def test_without_a_model_only_the_sentence_and_the_versions_stay(tell: Tell) -> None:
    left = {sheet.name for sheet in MODEL_SHEETS} - set(absent(tell, ModelFacts()))
    assert left == {"model-headline", "model-versions"}
