"""The short form of part b: real effects are found, called what they are, and more often than by the peer."""

import numpy as np
import pytest

from tests.certificate.detection import PART, first_call, in_room, ratio_of, spread
from tests.certificate.part import column


def test_what_is_called_is_the_first_call() -> None:
    beyond = np.array([[0.5, -1.2, 2.0], [0.9, -0.9, 0.0], [np.nan, 1.1, -3.0]])
    assert first_call(beyond).tolist() == [-1, 0, 1]


@pytest.mark.slow
def test_better_treatments_are_found_more_often_than_by_gbstats() -> None:
    cells = [cell for cell in PART.cells if cell["users"] == 1_000 and cell["looks"] == 20]
    better = [PART.row_of(cell, size=0.4) for cell in cells if cell["lift"] > 0]
    assert (column(better, "ours") >= column(better, "gbstats") - 3 * spread(better)).all()
    assert ratio_of(in_room([row for row in better if row["rate"] <= 0.02])[1]) > 1.5


@pytest.mark.slow
def test_gbstats_calls_better_treatments_worse_where_few_convert() -> None:
    cells = [cell for cell in PART.cells if (cell["rate"], cell["looks"], cell["lift"]) == (0.002, 365, 0.1)]
    rows = [PART.row_of(cell, size=0.2) for cell in cells]
    assert column(rows, "gbstats_wrong").max() > 0.08
    assert column(rows, "ours_wrong").max() < 0.03
