"""The short form of part h: everything is compared, in less time than is promised."""

import numpy as np
import pytest

from analytics.experiment.arm import arms_of
from tests.certificate.draws import Row
from tests.certificate.speed import CELLS, LIMIT, N_MEANS, N_RATES, N_SEGMENTS, PART, moments


def test_sums_are_of_every_metric_segment_and_variant() -> None:
    sums = moments(np.random.default_rng(1))
    assert sums.totals.shape == (N_RATES + N_MEANS, N_SEGMENTS, 2, 2)
    assert (arms_of(sums, sums.totals[..., 1]).point.variance > 0).all()


@pytest.mark.slow
@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_a_second_is_enough_or_five_where_others_work_too(cell: Row) -> None:
    assert PART.row_of(cell)["seconds"] < 5 * LIMIT
