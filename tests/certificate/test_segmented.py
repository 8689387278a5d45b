"""The short form of part e."""

import numpy as np
import pytest

from tests.certificate.part import upper_bound
from tests.certificate.segmented import PART, parts_of, summed


def test_segments_of_each_part_hold_all_users_once() -> None:
    sums = summed(np.ones((3, 4, 6, 2)))
    assert sums.shape == (67, 2)
    assert {sums[part.places].sum() for part in parts_of()} == {144.0}


@pytest.mark.slow
def test_hardly_ever_is_anything_wrong_said_of_any_segment() -> None:
    rows = [PART.row_of(cell, size=0.4) for cell in PART.cells if cell["chunk"] == 0]
    expected = {row["scenario"]: row["wrong"] / row["n_tests"] for row in rows}
    assert max(expected.values()) <= upper_bound(0.05, 100), expected
    assert rows[0]["naive"] / rows[0]["n_tests"] > 0.8
