from dataclasses import astuple

import numpy as np
import pytest
from sklearn import metrics as oracle

from model.scoring.bins import bins_of
from model.scoring.curves import calibration_curve, curves_of, noise_band
from model.scoring.influence import proportion
from tests.model.scoring.scored_rows import repeated, scored_rows, weighted

ROWS = weighted(scored_rows(n=20_000, n_users=9_000))
FOUND = curves_of(ROWS, 0.95)


def test_the_roc_curve_is_that_of_scikit_learn() -> None:
    missed, recall, _ = oracle.roc_curve(ROWS.y, ROWS.score, sample_weight=ROWS.weight)
    x, y = np.array(FOUND.roc).T
    assert np.abs(np.interp(missed, x, y) - recall).max() < 0.01
    assert (FOUND.roc[0], FOUND.roc[-1]) == ((0, 0), (1, 1))


def test_the_precision_recall_curve_is_that_of_scikit_learn() -> None:
    precision, recall, _ = oracle.precision_recall_curve(ROWS.y, ROWS.score, sample_weight=ROWS.weight)
    x, y = np.array(FOUND.precision_recall).T
    is_settled = recall > 0.05
    assert np.abs(np.interp(recall, x, y) - precision)[is_settled].max() < 0.02


def test_curves_have_few_points_that_ascend() -> None:
    for curve in (FOUND.roc, FOUND.precision_recall, FOUND.gain):
        assert len(curve) <= 200
        assert (np.diff([x for x, _ in curve]) >= 0).all()


def test_a_tenth_of_the_sessions_has_its_share_of_conversions() -> None:
    order = np.argsort(-ROWS.score)
    share = np.cumsum(ROWS.weight[order]) / ROWS.weight.sum()
    expected = (ROWS.weight * ROWS.y)[order][share <= 0.1].sum() / ROWS.n_converted
    assert np.interp(0.1, *np.array(FOUND.gain).T) == pytest.approx(expected, abs=0.002)


def test_each_bin_has_the_interval_of_a_share_over_users() -> None:
    bins = bins_of(ROWS)
    one = ROWS.rows(bins.code == 4)
    expected = proportion(one, one.y, np.ones(len(one)), 0.95)
    assert FOUND.calibration[4][1:] == pytest.approx((expected.value, expected.low, expected.high))


def test_exact_scores_lie_in_their_noise_band_as_often_as_it_says() -> None:
    inside = []
    for seed in range(60):
        rows = scored_rows(n=3_000, seed=seed)
        bins = bins_of(rows)
        band = np.array(noise_band(rows, bins, 0.9))
        inside.append((band[:, 1] <= bins.rate) & (bins.rate <= band[:, 2]))
    assert np.mean(inside) == pytest.approx(0.92, abs=0.03)


def test_users_who_come_often_widen_the_noise_band() -> None:
    rows = scored_rows(n=2_000)
    many = repeated(rows, 4)
    one, other = (np.array(noise_band(part, bins_of(part), 0.9))[7] for part in (rows, many))
    assert other[2] - other[1] == pytest.approx(one[2] - one[1], rel=0.1)


def test_densities_add_up_to_one() -> None:
    widths = np.diff(FOUND.score_edges)
    assert widths @ np.array(FOUND.scores_converted) == pytest.approx(1)
    assert widths @ np.array(FOUND.scores_others) == pytest.approx(1)


def test_equal_scores_are_drawn_as_one_place() -> None:
    rows = scored_rows().rescored(np.full(400, 0.3))
    found = curves_of(rows, 0.95)
    assert (found.roc, len(calibration_curve(rows, bins_of(rows), 0.95))) == (((0, 0), (1, 1)), 1)
    assert sum(found.scores_others) > 0


def test_one_outcome_alone_is_drawn_without_the_other() -> None:
    rows = scored_rows()
    found = curves_of(rows.rows(rows.y == 0), 0.95)
    assert set(found.scores_converted) == {0}
    assert all(np.isfinite(column).all() for column in astuple(found) if len(column))
