"""A sheet has what a card's frame asks for, as a view has."""

from dashboard.sheets import SHEETS
from dashboard.sheets.facts import Facts
from dashboard.state import is_option


def test_a_sheet_filters_nothing() -> None:
    assert {sheet.dimensions for sheet in SHEETS} == {()}


def test_what_is_chosen_on_it_is_an_option() -> None:
    options = [choice.option for sheet in SHEETS for choice in sheet.choices]
    options += [slider.option for sheet in SHEETS for slider in sheet.sliders]
    assert all(map(is_option, options))
    assert set(options) == {"model-task", "model-value", "model-cost", "model-threshold"}


def test_it_sends_its_blocks_and_its_sentence(facts: Facts) -> None:
    sent = {"blocks", "says", "dimensions", "chosen", "sliders", "is_absent", "is_awaited"}
    for sheet in SHEETS:
        assert set(sheet.sent(facts)) == sent


def test_names_are_unique() -> None:
    assert len({sheet.name for sheet in SHEETS}) == len(SHEETS)
