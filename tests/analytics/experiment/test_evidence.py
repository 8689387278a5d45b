import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import comb

from analytics.experiment.evidence import (
    blocks_log_e,
    lift_sequence,
    multinomial_log_e,
    p_of_evidence,
    strength_for,
)
from analytics.experiment.statistic import Proportion


@given(st.integers(1, 60), st.floats(0.05, 0.95), st.floats(1, 500))
def test_on_average_there_is_no_evidence_where_the_shares_are_true(n: int, share: float, strength: float) -> None:
    x = np.arange(n + 1)
    chances = comb(n, x) * share**x * (1 - share) ** (n - x)
    log_e = multinomial_log_e(np.stack([x, n - x], axis=1), [share, 1 - share], strength)
    assert chances @ np.exp(log_e) == pytest.approx(1, rel=1e-7)


def test_the_first_unit_says_nothing() -> None:
    assert float(multinomial_log_e([1, 0, 0], [0.2, 0.3, 0.5], 10)) == pytest.approx(0)


def test_a_wrong_share_is_found() -> None:
    assert float(multinomial_log_e([5_400, 4_600], [0.5, 0.5], 1_000)) > 20


def test_evidence_becomes_a_p_value_of_at_most_one() -> None:
    assert p_of_evidence([-3.0, 0.0, np.log(20)]).tolist() == pytest.approx([1, 1, 0.05])


@pytest.mark.parametrize("strength_factor", [0.2, 5])
def test_the_strength_for_n_is_most_sensitive_there(strength_factor: float) -> None:
    counts, shares, best = [1_080, 920], [0.5, 0.5], strength_for(2_000)
    ours, other = (multinomial_log_e(counts, shares, s) for s in (best, best * strength_factor))
    assert ours > other


@given(st.integers(0, 3_000), st.integers(0, 3_000), st.floats(0.1, 0.9), st.floats(0.5, 0.999))
def test_the_exact_lift_agrees_with_its_evidence(x1: int, x2: int, share: float, confidence: float) -> None:
    interval = lift_sequence(x1, x2, share, 100, confidence)
    log_e = float(multinomial_log_e([x1, x2], [share, 1 - share], 100))
    if abs(log_e + np.log1p(-confidence)) > 1e-6:
        assert bool(interval.excludes_zero) == (log_e > -np.log1p(-confidence))
    assert np.isnan(interval.value) or interval.low <= interval.value + 1e-9


def test_at_the_ends_of_the_exact_lift_the_evidence_is_that_of_the_level() -> None:
    interval = lift_sequence(180, 120, 0.4, 50, 0.9)
    ends = np.array([interval.low, interval.high])
    treated = 0.4 * (1 + ends) / (0.4 * (1 + ends) + 0.6)
    prior = multinomial_log_e([180, 120], [0.4, 0.6], 50) + 180 * np.log(0.4) + 120 * np.log(0.6)
    assert prior - 180 * np.log(treated) - 120 * np.log(1 - treated) == pytest.approx(np.log(10))


def test_conversions_of_one_variant_alone_bound_the_lift_on_one_side() -> None:
    few = lift_sequence([0, 40, 0], [40, 0, 0], 0.5, 20)
    assert few.low.tolist()[0] == -1
    assert few.high[0] < 0
    assert few.low[1] > 0
    assert few.high.tolist()[1:] == [np.inf, np.inf]


@given(st.integers(1, 8), st.integers(1, 8), st.floats(0.02, 0.98))
def test_a_bet_on_a_block_gains_nothing_on_average_where_rates_are_equal(n1: int, n2: int, rate: float) -> None:
    x1, x2 = (grid.ravel() for grid in np.meshgrid(np.arange(n1 + 1), np.arange(n2 + 1)))
    chances = comb(n1, x1) * comb(n2, x2) * rate ** (x1 + x2) * (1 - rate) ** (n1 + n2 - x1 - x2)
    one, two = (Proportion.of(np.c_[x * 0 + seen, x], [9, n]) for x, n, seen in ((x1, n1, 5), (x2, n2, 1)))
    log_e = blocks_log_e(one, two)
    assert chances @ np.exp(log_e[:, 1] - log_e[:, 0]) <= 1 + 1e-9


def test_bets_on_blocks_find_a_difference() -> None:
    rng = np.random.default_rng(1)
    one, two = Proportion.of(rng.binomial(100, 0.2, 30), 100), Proportion.of(rng.binomial(100, 0.1, 30), 100)
    log_e = blocks_log_e(one, two)
    assert log_e[0] == 0
    assert log_e[-1] > np.log(1_000)


def test_looks_without_units_change_nothing() -> None:
    one, two = Proportion.of([3, 0, 5], [10, 0, 10]), Proportion.of([1, 0, 1], [10, 0, 10])
    log_e = blocks_log_e(one, two)
    assert log_e[1] == log_e[0]
    assert np.isfinite(log_e).all()
