"""Tables hold what cards show, unrounded."""

import pytest

from analytics.estimate import Estimate
from dashboard.table import Column, estimate_cells, estimate_columns, unit_of


def test_an_estimate_fills_its_columns_in_their_order() -> None:
    names = [column.name for column in estimate_columns("rate", "Rate", "fraction")]
    cells = estimate_cells(Estimate(0.2, 0.1, 0.3, 40))
    assert dict(zip(names, cells, strict=True)) == {"rate": 0.2, "rate_low": 0.1, "rate_high": 0.3, "rate_n": 40}


def test_without_an_estimate_the_cells_are_empty() -> None:
    assert estimate_cells(None) == (None, None, None, None)


def test_an_estimate_says_what_it_means() -> None:
    assert estimate_columns("rate", "Rate", "fraction", "Divided.")[0].description == "Divided."


@pytest.mark.parametrize(
    ("unit", "named", "expected"),
    [
        ("count", "s", "count"),
        ("metric", "s", "s"),
        ("metric", "fraction", "fraction"),
        ("metric_difference", "fraction", "points"),
        ("metric_difference", "s", "s"),
    ],
)
def test_a_cell_has_the_unit_of_its_column_or_of_its_row(unit: str, named: str, expected: str) -> None:
    columns = (Column("unit", "Unit"), Column("value", "Value", unit))
    assert unit_of(columns[1], (named, 1.0), columns) == expected
