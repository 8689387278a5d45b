"""A sheet has what a card's frame asks for, as a view has."""

from dashboard.sheets import SHEETS
from dashboard.sheets.facts import Facts


def test_a_sheet_neither_filters_nor_offers_choices() -> None:
    assert all((sheet.dimensions, sheet.choices) == ((), ()) for sheet in SHEETS)


def test_it_sends_its_blocks_and_its_sentence(facts: Facts) -> None:
    for sheet in SHEETS:
        assert set(sheet.sent(facts)) == {"blocks", "says", "dimensions", "chosen"}


def test_names_are_unique() -> None:
    assert len({sheet.name for sheet in SHEETS}) == len(SHEETS)
