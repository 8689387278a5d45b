"""P-values of one look and of every look."""

import numpy as np
import pytest

from analytics.experiment.gate.looks import LEVEL, Looks
from analytics.experiment.sequential import NormalMixture

ONE, EVERY = Looks(True), Looks(False, 1_000.0)


def test_one_look_is_chi_squared() -> None:
    assert float(ONE.chi_squared_p(3.841459, 1, 100)) == pytest.approx(0.05, abs=1e-6)
    assert float(ONE.chi_squared_p(5.991465, 2, 100)) == pytest.approx(0.05, abs=1e-6)


def test_nothing_to_test_is_no_fault() -> None:
    for looks in (ONE, EVERY):
        assert looks.chi_squared_p([0.0, 9.0], [0, 0], 10).tolist() == [1, 1]
        assert float(looks.share_p([0, 0], [0.5, 0.5])) == 1


def test_one_degree_of_freedom_is_the_normal_mixture() -> None:
    z, n = np.array([0.0, 1.5, 4.0, -6.0]), np.array([10.0, 500.0, 1_000.0, 5_000.0])
    expected = NormalMixture.tuned_for(1_000, 1 - LEVEL).p_value(z, n)
    np.testing.assert_allclose(EVERY.chi_squared_p(z**2, 1, n), expected, rtol=1e-12)


@pytest.mark.parametrize("freedom", [1, 3, 8])
def test_looking_always_errs_at_most_as_often_as_said(freedom: int) -> None:
    """Sums of normal steps, looked at 200 times: at level 0.05, with a standard error of 0.5 %."""
    steps = np.random.default_rng(freedom).normal(size=(2_000, 200, freedom)).cumsum(axis=1)
    n = np.arange(1, 201) * 20.0
    statistic = (steps**2).sum(axis=2) / (n / 20)
    assert (EVERY.chi_squared_p(statistic, freedom, n).min(axis=1) < 0.05).mean() < 0.055
    assert (ONE.chi_squared_p(statistic, freedom, n).min(axis=1) < 0.05).mean() > 0.2


def test_shares_are_tested_as_often_as_wanted() -> None:
    assert float(ONE.share_p([60, 40], [0.5, 0.5])) == pytest.approx(0.0455, abs=1e-4)
    assert float(ONE.share_p([60, 40], [0.5, 0.5])) < float(EVERY.share_p([60, 40], [0.5, 0.5]))
