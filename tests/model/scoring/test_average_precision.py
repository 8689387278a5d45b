from itertools import product

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from model.scored import Scored
from model.scoring.average_precision import pr_auc, pr_auc_influence
from tests.model.scoring.scored_rows import copied, scored_rows, weighted


@pytest.mark.parametrize(("decimals", "n_users"), list(product((1, 9), (0, 80))))
def test_the_value_is_that_of_scikit_learn(decimals: int, n_users: int) -> None:
    rows = weighted(scored_rows(decimals=decimals, n_users=n_users))
    expected = average_precision_score(rows.y, rows.score, sample_weight=rows.weight)
    assert pr_auc(rows, 0.95).value == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("decimals", [1, 9])
def test_influence_is_what_a_little_more_weight_does(decimals: int) -> None:
    rows, step = weighted(scored_rows(n=60, decimals=decimals)), 1e-6
    moved = [rows.weight + step * np.eye(60)[place] for place in range(60)]
    values = [average_precision_score(rows.y, rows.score, sample_weight=weight) for weight in moved]
    slopes = (np.array(values) - pr_auc_influence(rows).value) / step
    n_users = np.where(rows.y == 1, rows.y.sum(), (1 - rows.y).sum())
    expected = rows.weight * slopes * np.sqrt(n_users / (n_users - 1))
    assert pr_auc_influence(rows).rows == pytest.approx(expected, abs=1e-6)


def test_copies_of_a_row_are_its_weight() -> None:
    rows = weighted(scored_rows(n_users=90, decimals=2))
    one, other = pr_auc(rows, 0.95), pr_auc(copied(rows), 0.95)
    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))


def test_perfect_scores_have_an_interval_on_the_users_who_converted() -> None:
    y = np.r_[np.ones(8), np.zeros(200)]
    found = pr_auc(Scored(y, y, np.ones(208), np.arange(208)), 0.95)
    assert (found.value, found.high) == (1, 1)
    assert found.low == pytest.approx(8 / (8 + 1.96**2), abs=1e-4)


def test_without_conversions_there_is_no_value() -> None:
    rows = scored_rows()
    assert pr_auc(rows.rows(rows.y == 0), 0.95).value is None


def test_one_conversion_has_no_interval() -> None:
    rows = Scored(np.array([0.2, 0.4, 0.6]), np.array([0.0, 1, 0]), np.ones(3), np.arange(3))
    assert (pr_auc(rows, 0.95).value, pr_auc(rows, 0.95).low) == (0.5, None)
