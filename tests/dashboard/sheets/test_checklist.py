"""Checklists are plain data."""

from dashboard.sheets.checklist import Item, checklist


def test_each_item_has_a_word_beside_its_mark() -> None:
    items = [Item("failed", "A", "Bad.", "Mend."), Item("unknown", "B", "Who knows.")]
    block = checklist("One of two failed.", "failed", items)
    assert (block["kind"], block["status"]) == ("checklist", "failed")
    assert [(item["word"], item["remedy"]) for item in block["items"]] == [("Failed", "Mend."), ("Not known", "")]
