"""The short form of part c: exact, so a coarser grid is all that it leaves out."""

import numpy as np
import pytest

from analytics.experiment.interval import Interval
from tests.certificate.coverage import PART, coverage, window


def test_chances_of_all_tables_sum_to_one() -> None:
    everything = Interval(*(np.full((31, 41), end) for end in (0.0, -1.0, 1.0)))
    assert coverage(everything, (30, 40), np.array([0.01, 0.3, 0.99]), "difference") == pytest.approx(1, abs=1e-9)


def test_a_window_holds_nearly_all_and_leaves_out_what_never_happens() -> None:
    places, mass = window(400, 0.1)
    assert mass.sum() == pytest.approx(1, abs=1e-10)
    assert places.stop - places.start < 100


@pytest.mark.slow
def test_the_intervals_that_decide_hold_what_they_say() -> None:
    sizes = {(100, 100), (150, 150), (100, 400)}
    rows = [PART.row_of(cell, size=0.6) for cell in PART.cells if (cell["n1"], cell["n2"]) in sizes]
    section = PART.section(rows)
    assert section.is_kept, section.sentence
    assert min(row["score_lift_null"] for row in rows) < 0.92, "the score test alone needs the exact one"
