import numpy as np
import pytest

from model.scored import Scored
from model.scoring.calibration_error import calibration_error
from tests.model.scoring.scored_rows import copied, scored_rows, weighted


def test_the_value_is_the_mean_gap_of_fifteen_equal_bins() -> None:
    rows = scored_rows(n=3_000)
    parts = np.array_split(np.argsort(rows.score, kind="stable"), 15)
    expected = np.mean([abs(rows.score[part].mean() - rows.y[part].mean()) for part in parts])
    assert calibration_error(rows, 0.95).estimate.value == pytest.approx(expected)


def test_exact_scores_may_have_no_error() -> None:
    found = calibration_error(scored_rows(n=20_000), 0.95)
    assert found.estimate.low == 0
    assert found.estimate.value == pytest.approx(found.noise_floor, rel=0.5)


def test_scores_that_are_off_are_off_by_that_much() -> None:
    rows = scored_rows(n=50_000)
    found = calibration_error(rows.rescored(rows.score + 0.05), 0.95).estimate
    assert found.low < 0.05 < found.high
    assert found.high - found.low < 0.015


def test_the_noise_floor_is_what_exact_scores_show_on_average() -> None:
    found = [calibration_error(scored_rows(n=4_000, seed=seed), 0.95) for seed in range(40)]
    seen = np.mean([one.estimate.value for one in found])
    assert np.mean([one.noise_floor for one in found]) == pytest.approx(seen, rel=0.1)


def test_copies_of_a_row_are_its_weight() -> None:
    rows = weighted(scored_rows(n_users=90, decimals=2))
    one, other = calibration_error(rows, 0.95), calibration_error(copied(rows), 0.95)
    assert (one.estimate.value, one.estimate.high) == pytest.approx((other.estimate.value, other.estimate.high))


def test_one_user_alone_has_no_interval() -> None:
    rows = scored_rows()
    alone = Scored(rows.score, rows.y, rows.weight, np.zeros(400, dtype=np.int64))
    assert calibration_error(alone, 0.95).estimate.low is None


def test_nothing_has_no_error() -> None:
    assert calibration_error(scored_rows().rows(np.zeros(400, bool)), 0.95).estimate.value is None
