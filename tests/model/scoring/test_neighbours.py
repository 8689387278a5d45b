import numpy as np
import pytest
from scipy.special import logit

from analytics.experiment.proportion import wilson
from model.alike import interval_at
from model.scoring.neighbours import neighbours_of
from tests.model.scoring.scored_rows import copied, repeated, scored_rows, weighted


def test_knots_ascend_and_hold_enough_sessions() -> None:
    found = neighbours_of(scored_rows(n=50_000), 0.95)
    assert (np.diff(found.scores) > 0).all()
    assert (min(found.n), max(found.n)) == (200, 2_501)
    assert all(low < high for low, high in zip(found.low, found.high, strict=True))


def test_the_outermost_windows_are_the_most_extreme_sessions() -> None:
    rows = scored_rows(n=50_000)
    best, found = np.sort(rows.score)[-200:], neighbours_of(rows, 0.95)
    expected = wilson(rows.y[np.argsort(rows.score)[-200:]].sum(), 200)
    assert found.scores[-8] == pytest.approx(best.mean())
    assert (found.low[-8], found.high[-8]) == pytest.approx((float(expected.low), float(expected.high)), abs=0.001)


def test_users_who_come_often_widen_the_interval() -> None:
    rows = scored_rows(n=4_000)
    many = repeated(rows, 4)
    one, other = interval_at(neighbours_of(rows, 0.95), 0.3), interval_at(neighbours_of(many, 0.95), 0.3)
    assert other[1] - other[0] > 0.8 * (one[1] - one[0])


@pytest.mark.parametrize("n_users", [0, 1_500])
def test_copies_of_a_row_are_its_weight(n_users: int) -> None:
    rows = weighted(scored_rows(n=3_000, n_users=n_users))
    one, other = neighbours_of(rows, 0.95), neighbours_of(copied(rows), 0.95)
    assert one.scores + one.low == pytest.approx(other.scores + other.low)


def test_few_sessions_are_one_window() -> None:
    found = neighbours_of(scored_rows(n=150), 0.95)
    assert (len(found.scores), set(found.n)) == (15, {150})


def test_equal_scores_are_one_window() -> None:
    assert neighbours_of(scored_rows().rescored(np.full(400, 0.3)), 0.95).n == (400,) * 15


def test_beyond_the_outermost_windows_ends_move_with_the_score() -> None:
    found = neighbours_of(scored_rows(n=50_000), 0.95)
    odds = logit(np.array([found.scores, found.low, found.high]))
    assert odds[:, -1] - odds[:, -8] == pytest.approx([5, 5, 5])
    assert odds[:, 7] - odds[:, 0] == pytest.approx([5, 5, 5])
    assert (found.n[0], found.n[-1]) == (200, 200)


def test_without_sessions_there_are_no_knots() -> None:
    assert neighbours_of(scored_rows().rows(np.zeros(400, bool)), 0.95).scores == ()
