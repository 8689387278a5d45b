"""The short form of part d, and that the drawn users are what they are said to be."""

import numpy as np
import pytest

from tests.certificate.clustered import PART
from tests.certificate.visitors import Visitors


def test_sessions_of_a_user_are_correlated_as_said() -> None:
    moments = Visitors("3", 0.3).rates(0.2, 100_000, 1, np.random.default_rng(1))
    mean = moments.means[0, 0] / 3
    variance = moments.covariance[0, 0, 0, 0] / 3
    assert mean[0] == pytest.approx(0.2, abs=0.01)
    assert variance / (mean[0] * (1 - mean[0])) == pytest.approx(1 + 2 * 0.3, rel=0.03)


def test_amounts_have_the_mean_and_the_variance_of_one() -> None:
    moments = Visitors("1", 0.1).means(200_000, 1, np.random.default_rng(2))
    assert moments.means[0, 0, 0] == pytest.approx(1, abs=0.02)
    assert moments.covariance[0, 0, 0, 0] == pytest.approx(1, abs=0.05)


@pytest.mark.slow
def test_five_percent_are_called_however_alike_sessions_of_a_user_are() -> None:
    section = PART.section([PART.row_of(cell, size=0.1) for cell in PART.cells])
    assert section.is_kept, section.sentence
