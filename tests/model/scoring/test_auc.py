from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from model.scored import Scored
from model.scoring.auc import auc, auc_difference, auc_influence, paired_difference
from model.scoring.influence import Influence
from tests.model.scoring.scored_rows import copied, repeated, scored_rows, weighted

SMALL = st.lists(
    st.tuples(st.integers(0, 6), st.booleans(), st.integers(1, 3), st.integers(0, 8)), min_size=2, max_size=30
)


def drawn(rows: list[tuple[int, bool, int, int]]) -> Scored:
    score, y, weight, user = (np.array(column) for column in zip(*rows, strict=True))
    return Scored(score / 7, y.astype(float), weight.astype(float), user)


def kernel(one: float, other: float) -> float:
    return 1.0 if one > other else 0.5 if one == other else 0.0


def delong(score: list[float], rival: list[float], y: np.ndarray) -> tuple[float, float]:
    """Return the difference of two AUCs and its variance, pair by pair as in the paper's formulas."""
    converted, others = np.flatnonzero(y == 1), np.flatnonzero(y == 0)
    tables = [np.array([[kernel(s[i], s[j]) for j in others] for i in converted]) for s in (score, rival)]
    s10 = np.cov([table.mean(axis=1) for table in tables])
    s01 = np.cov([table.mean(axis=0) for table in tables])
    total = s10 / len(converted) + s01 / len(others)
    return tables[0].mean() - tables[1].mean(), float(total[0, 0] + total[1, 1] - 2 * total[0, 1])


def obuchowski(rows: Scored) -> float:
    """Return the clustered variance, user by user as in the paper's formulas."""
    converted, others = np.flatnonzero(rows.y == 1), np.flatnonzero(rows.y == 0)
    table = np.array([[kernel(rows.score[i], rows.score[j]) for j in others] for i in converted])
    area, m, n = table.mean(), len(converted), len(others)
    users = np.unique(rows.user)
    x = np.array([(table.mean(axis=1) - area)[rows.user[converted] == u].sum() for u in users])
    z = np.array([(table.mean(axis=0) - area)[rows.user[others] == u].sum() for u in users])
    with_x, with_z = len(np.unique(rows.user[converted])), len(np.unique(rows.user[others]))
    s10 = with_x / ((with_x - 1) * m) * (x**2).sum()
    s01 = with_z / ((with_z - 1) * n) * (z**2).sum()
    s11 = len(users) / (len(users) - 1) * (x * z).sum()
    return s10 / m + s01 / n + 2 * s11 / (m * n)


@pytest.mark.parametrize(("decimals", "n_users"), list(product((1, 9), (0, 80))))
def test_the_area_is_that_of_scikit_learn(decimals: int, n_users: int) -> None:
    rows = weighted(scored_rows(decimals=decimals, n_users=n_users))
    expected = roc_auc_score(rows.y, rows.score, sample_weight=rows.weight)
    assert auc_influence(rows).value == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("decimals", [1, 9])
def test_the_error_of_independent_rows_is_that_of_delong(decimals: int) -> None:
    rows = scored_rows(n=150, decimals=decimals)
    rival = np.random.default_rng(3).random(150).round(decimals)
    difference, variance = delong(list(rows.score), list(rival), rows.y)
    one, other = auc_influence(rows), auc_influence(rows.rescored(rival))
    assert one.value - other.value == pytest.approx(difference)
    assert Influence(0, one.rows - other.rows).standard_error(rows) ** 2 == pytest.approx(variance)


def test_the_error_over_users_is_that_of_obuchowski() -> None:
    rows = scored_rows(n=300, n_users=60, decimals=2)
    assert auc_influence(rows).standard_error(rows) ** 2 == pytest.approx(obuchowski(rows), rel=0.005)


def test_repeated_users_widen_the_interval() -> None:
    rows = scored_rows()
    many = repeated(rows, 4)
    alone = Scored(many.score, many.y, many.weight, np.arange(len(many)))
    wide, narrow = auc(many, 0.95), auc(alone, 0.95)
    assert (wide.high - wide.low) / (narrow.high - narrow.low) == pytest.approx(2, rel=0.02)


@given(SMALL)
def test_turned_scores_give_the_rest_to_one(rows: list[tuple[int, bool, int, int]]) -> None:
    one, other = auc(drawn(rows), 0.95), auc(drawn(rows).rescored(-drawn(rows).score), 0.95)
    if one.value is not None:
        assert one.value == pytest.approx(1 - other.value)
        assert one.low is other.high is None or one.low == pytest.approx(1 - other.high)


@given(SMALL)
def test_copies_of_a_row_are_its_weight(rows: list[tuple[int, bool, int, int]]) -> None:
    one, other = auc_influence(drawn(rows)), auc_influence(copied(drawn(rows)))
    assert one.value == pytest.approx(other.value, nan_ok=True)
    errors = one.standard_error(drawn(rows)), other.standard_error(copied(drawn(rows)))
    assert errors[0] == pytest.approx(errors[1], abs=1e-9, nan_ok=True)


@given(SMALL, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[tuple[int, bool, int, int]], random) -> None:
    shuffled = random.sample(rows, len(rows))
    one, other = auc(drawn(rows), 0.95), auc(drawn(shuffled), 0.95)
    assert (one.value is None) == (other.value is None)
    assert one.value is None or one.value == pytest.approx(other.value)


def test_perfect_scores_have_an_interval_on_the_rarer_outcome() -> None:
    y = np.r_[np.ones(8), np.zeros(200)]
    found = auc(Scored(y, y, np.ones(208), np.arange(208)), 0.95)
    assert (found.value, found.high, found.n) == (1, 1, 208)
    assert found.low == pytest.approx(8 / (8 + 1.96**2), abs=1e-4)


def test_one_outcome_alone_has_no_area() -> None:
    rows = scored_rows()
    assert auc(rows.rows(rows.y == 0), 0.95).value is None


def test_a_model_does_not_differ_from_itself() -> None:
    difference, p_value = auc_difference(scored_rows(), scored_rows(), 0.95)
    assert (difference.value, difference.low, p_value) == (0, None, 1)


def test_a_better_model_is_told_from_a_worse_one() -> None:
    rows = scored_rows(n=2_000)
    noisy = rows.rescored(rows.score + np.random.default_rng(8).normal(0, 0.5, 2_000))
    difference, p_value = auc_difference(rows, noisy, 0.95)
    assert 0 < difference.low < difference.value < difference.high
    assert p_value < 1e-6


def test_other_rows_are_no_pair() -> None:
    with pytest.raises(ValueError, match="same rows"):
        paired_difference(scored_rows(), (auc_influence(scored_rows()), auc_influence(scored_rows(n=30))), 0.95)
