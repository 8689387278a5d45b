"""The card of the model can be copied, and says how the model was trained."""

from dashboard.sheets.model.card import CARD
from tests.dashboard.sheets.model.conftest import Tell, blocks_of, rows_of_table


def test_it_is_copied_whole(tell: Tell) -> None:
    (button,) = blocks_of(CARD, tell(), "copying")
    assert button["text"].startswith("# Conversion model\n")


def test_configuration_and_attributes_are_told(tell: Tell) -> None:
    rows = [(row["section"], row["name"], row["value"]) for row in rows_of_table(CARD, tell())]
    assert ("Goes by", "Device", "3 values") in rows
    assert ("Goes by", "Age", "18 to 65") in rows
    assert ("Configuration", "seed", "42") in rows
