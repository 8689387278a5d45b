"""The short form of part f."""

import pytest

from tests.certificate.adjusted import PART, is_within
from tests.certificate.draws import Row

CELLS = [cell for cell in PART.cells if cell["users"] in (200, 500, 1_000)]


@pytest.mark.slow
@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_adjusted_and_cut_off_comparisons_keep_their_level(cell: Row) -> None:
    row = PART.row_of(cell, size=0.1)
    assert is_within(row), row["called"]


@pytest.mark.slow
def test_the_variance_falls_by_what_the_time_before_explains() -> None:
    row = PART.row_of({"what": "cuped", "share": 0.8, "users": 1_000}, size=0.02)
    assert row["gain"] == pytest.approx(5, rel=0.03)
