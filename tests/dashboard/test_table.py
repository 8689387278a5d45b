"""Tables hold what cards show, unrounded."""

from analytics.estimate import Estimate
from dashboard.table import estimate_cells, estimate_columns


def test_an_estimate_fills_its_columns_in_their_order() -> None:
    names = [column.name for column in estimate_columns("rate", "Rate", "fraction")]
    cells = estimate_cells(Estimate(0.2, 0.1, 0.3, 40))
    assert dict(zip(names, cells, strict=True)) == {"rate": 0.2, "rate_low": 0.1, "rate_high": 0.3, "rate_n": 40}


def test_without_an_estimate_the_cells_are_empty() -> None:
    assert estimate_cells(None) == (None, None, None, None)
