import numpy as np
import pytest

from semantic import unit_sums
from semantic.unit_sums import UnitSums, quantile_of
from semantic.units import UnitColumn, UnitQuery
from tests.semantic.test_unit_chunk import chunk
from tests.semantic.unit_oracle import unit_catalog

CATALOG = unit_catalog()
COLUMNS = (
    UnitColumn("sum", "sum_revenue"),
    UnitColumn("any", "sum_revenue", is_any=True),
    UnitColumn("cut", "sum_revenue"),
)


@pytest.mark.parametrize("cost", [0, 10**9], ids=["by-cell", "by-pair"])
def test_units_are_added_up_with_their_products(monkeypatch: pytest.MonkeyPatch, cost: int) -> None:
    monkeypatch.setattr(unit_sums, "_CELL_COST", cost)
    sums = UnitSums(UnitQuery(COLUMNS), (2,), {"cut": 10.0}, CATALOG)
    sums.add(chunk())
    sums.add(chunk())
    old = np.array([[7.0, 1.0, 7.0], [48.0, 1.0, 10.0]])
    assert sums.n().tolist() == [4, 4]
    np.testing.assert_array_equal(sums.totals()[0], 2 * old.sum(axis=0))
    np.testing.assert_array_equal(sums.products()[0], 2 * old.T @ old)


def test_a_chunk_without_units_adds_nothing() -> None:
    sums = UnitSums(UnitQuery(COLUMNS), (2,), {"cut": 10.0}, CATALOG)
    sums.add(chunk(None, lambda part: np.zeros(8, dtype=bool)))
    assert not sums.totals().any()


@pytest.mark.parametrize("level", [0.0, 0.5, 0.95, 0.99, 1.0])
def test_quantiles_are_those_of_numpy(level: float) -> None:
    values = np.random.default_rng(1).exponential(size=1_001)
    assert quantile_of([values[:400].copy(), values[400:].copy()], level) == pytest.approx(np.quantile(values, level))


def test_no_positive_sum_has_no_quantile() -> None:
    assert quantile_of([], 0.99) == 0.0
