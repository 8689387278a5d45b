"""What is asked of units, as values."""

from semantic.catalog import VARIANT
from semantic.units import UnitColumn, UnitQuery


def test_equal_questions_are_equal_and_can_be_keys() -> None:
    column = UnitColumn("converted", "n_converted")
    assert {UnitQuery((column,)): 1}[UnitQuery((UnitColumn("converted", "n_converted"),))] == 1


def test_units_are_grouped_by_variant_unless_asked_otherwise() -> None:
    assert UnitQuery(()).by == (VARIANT,)
