"""Covariates of two variants, one by one and jointly."""

import numpy as np
import pytest

from analytics.experiment.gate.balance import Balance, balance_of
from analytics.experiment.gate.looks import Looks
from analytics.experiment.interval import Floats
from analytics.experiment.statistic import Moments


def balance(one: Floats, two: Floats) -> Balance:
    group = np.repeat([0, 1], [len(one), len(two)])
    both = Moments.of_units(np.concatenate([one, two]), group, 2)
    first, second = (Moments(both.n[g], both.totals[g], both.products[g]) for g in (0, 1))
    return balance_of(first, second)


@pytest.fixture
def alike() -> tuple[Floats, Floats]:
    rng = np.random.default_rng(1)
    return rng.normal(2, 1, size=(400, 3)), rng.normal(2, 1, size=(300, 3))


def test_the_statistic_is_that_of_hotelling(alike: tuple[Floats, Floats]) -> None:
    one, two = alike
    pooled = (399 * np.cov(one.T) + 299 * np.cov(two.T)) / 698
    gap = one.mean(axis=0) - two.mean(axis=0)
    expected = gap @ np.linalg.inv(pooled) @ gap / (1 / 400 + 1 / 300)
    found = balance(one, two)
    assert found.statistic == pytest.approx(expected)
    assert (found.freedom, found.n) == (3, 700)
    np.testing.assert_allclose(found.gaps, gap / np.sqrt(np.diag(pooled)))


def test_what_follows_from_the_others_adds_nothing(alike: tuple[Floats, Floats]) -> None:
    one, two = (np.column_stack([part, part[:, 0] + part[:, 1], np.full(len(part), 7.0)]) for part in alike)
    found, expected = balance(one, two), balance(*alike)
    assert found.statistic == pytest.approx(expected.statistic)
    assert found.freedom == 3
    assert found.gaps[4] == 0


def test_rare_amounts_of_a_small_variant_have_a_gap_but_are_not_tested() -> None:
    rng = np.random.default_rng(2)
    amounts = (rng.random((4_000, 1)) < 0.05) * np.exp(rng.normal(size=(4_000, 1)))
    both = np.column_stack([rng.poisson(1.0, 4_000), amounts])
    small, even = balance(both[:100], both[100:]), balance(both[:2_000], both[2_000:])
    assert (small.freedom, even.freedom) == (1, 2)
    assert small.gaps[1] != 0


def test_units_of_the_covariates_do_not_matter(alike: tuple[Floats, Floats]) -> None:
    scaled = balance(*(part * [1e6, 1e-6, 1.0] for part in alike))
    assert scaled.statistic == pytest.approx(balance(*alike).statistic, rel=1e-6)


def test_too_few_units_say_nothing() -> None:
    assert balance(np.ones((1, 2)), np.ones((5, 2))).freedom == 0
    assert balance(np.ones((4, 2)), np.ones((5, 2))).freedom == 0


def test_alike_variants_are_called_different_as_often_as_said() -> None:
    """Skewed covariates, 1,000 pairs; at 5 % with a standard error of 0.7 %."""
    rng, looks = np.random.default_rng(2), Looks(True)
    found = [balance(*rng.exponential(size=(2, 200, 4)) ** 1.5) for _ in range(1_000)]
    p = [float(looks.chi_squared_p(one.statistic, one.freedom, one.n)) for one in found]
    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.02)
