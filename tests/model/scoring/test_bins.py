import numpy as np
import pytest
from sklearn.calibration import calibration_curve

from model.scored import Scored
from model.scoring.bins import bin_covariance, bins_of
from tests.model.scoring.scored_rows import scored_rows, weighted


def test_bins_are_those_of_scikit_learn() -> None:
    rows = scored_rows(n=3_000)
    rate, score = calibration_curve(rows.y, rows.score, n_bins=15, strategy="quantile")
    found = bins_of(rows)
    assert found.weight.tolist() == [200] * 15
    assert found.score == pytest.approx(score, abs=0.01)
    assert found.rate == pytest.approx(rate, abs=0.02)


def test_equal_scores_stand_in_one_bin() -> None:
    rows = scored_rows(decimals=1)
    found = bins_of(rows)
    assert all(len(np.unique(found.code[rows.score == score])) == 1 for score in rows.levels)
    assert (found.weight > 0).all()


def test_one_score_is_one_bin() -> None:
    rows = scored_rows().rescored(np.full(400, 0.3))
    assert (len(bins_of(rows)), bins_of(rows).share.tolist()) == (1, [1])


def test_weights_make_the_size() -> None:
    found = bins_of(weighted(scored_rows(n=6_000)), 10)
    assert found.share == pytest.approx(np.full(10, 0.1), abs=0.001)


def test_rows_without_weight_make_no_bin() -> None:
    rows = scored_rows(n=100)
    half = Scored(rows.score, rows.y, (rows.score > 0.3).astype(float), rows.user)
    assert np.isfinite(bins_of(half).rate).all()


def test_errors_of_bins_go_together_within_users() -> None:
    rows = scored_rows(n_users=40)
    bins, values = bins_of(rows, 3), rows.score - rows.y
    table = [[values[(rows.user == u) & (bins.code == b)].sum() for b in range(3)] for u in np.unique(rows.user)]
    assert bin_covariance(rows, bins, values) == pytest.approx(np.array(table).T @ np.array(table))


def test_errors_of_bins_are_apart_where_no_user_comes_twice() -> None:
    rows = scored_rows()
    found = bin_covariance(rows, bins_of(rows, 3), rows.score)
    assert found == pytest.approx(np.diag(np.diag(found)))
