"""A total that says the opposite of its parts."""

import numpy as np
import pytest

from analytics.experiment.gate.reversal import standardised_of
from analytics.experiment.statistic import Proportion

STONES = Proportion.of([81, 192], [87, 263]), Proportion.of([234, 55], [270, 80])
"""Charig et al. (1986): open surgery and keyhole, by small and large stones."""


def test_a_published_reversal_is_found() -> None:
    found = standardised_of(*STONES, (350.0, 350.0))
    assert found.raw == pytest.approx(273 / 350 - 289 / 350)
    assert found.standardised == pytest.approx((357 * (81 / 87 - 234 / 270) + 343 * (192 / 263 - 55 / 80)) / 700)
    assert found.is_reversed
    assert found.share_against == 1
    assert found.statistic < -10


def test_one_mix_makes_no_difference() -> None:
    found = standardised_of(Proportion.of([30, 10], [100, 50]), Proportion.of([60, 10], [200, 100]), (150.0, 300.0))
    assert found.raw == pytest.approx(found.standardised)
    assert found.statistic == pytest.approx(0, abs=1e-12)
    assert not found.is_reversed


def test_members_of_one_variant_alone_are_left_out() -> None:
    one, two = Proportion.of([30, 5], [100, 10]), Proportion.of([20, 0], [100, 0])
    found = standardised_of(one, two, (110.0, 100.0))
    assert found.raw == found.standardised == pytest.approx(0.1)


@pytest.mark.parametrize("n", [[0, 0], [5, 0]])
def test_nothing_in_common_is_nothing_to_say(n: list[int]) -> None:
    assert standardised_of(Proportion.of([0, 0], [0, 5]), Proportion.of([0, 0], n), (5.0, 5.0)).n == 0


def test_the_statistic_is_standard_normal_where_assignment_is_by_chance() -> None:
    rng = np.random.default_rng(3)
    rates, found = np.array([0.1, 0.3, 0.6]), []
    for _ in range(2_000):
        n = rng.multinomial(1_000, [0.5, 0.3, 0.2], 2)
        one, two = (Proportion.of(rng.binomial(row, rates), row) for row in n)
        found.append(standardised_of(one, two, (1_000.0, 1_000.0)).statistic)
    assert np.std(found) == pytest.approx(1, abs=0.06)
    assert np.mean(np.abs(found) > 1.96) == pytest.approx(0.05, abs=0.015)
