import numpy as np
import pytest

from analytics.experiment.proportion import wilson
from model.report import Neighbours
from model.scoring.neighbours import interval_at, neighbours_of
from tests.model.scoring.scored_rows import copied, repeated, scored_rows, weighted

KNOTS = Neighbours((0.1, 0.2, 0.4), (0.0, 0.1, 0.3), (0.2, 0.3, 0.5), (200, 300, 250))


def test_knots_ascend_and_hold_enough_sessions() -> None:
    found = neighbours_of(scored_rows(n=50_000), 0.95)
    assert (np.diff(found.scores) > 0).all()
    assert (min(found.n), max(found.n)) == (200, 2_501)
    assert all(low < high for low, high in zip(found.low, found.high, strict=True))


def test_the_outermost_windows_are_the_most_extreme_sessions() -> None:
    rows = scored_rows(n=50_000)
    best, found = np.sort(rows.score)[-200:], neighbours_of(rows, 0.95)
    expected = wilson(rows.y[np.argsort(rows.score)[-200:]].sum(), 200)
    assert found.scores[-1] == pytest.approx(best.mean())
    assert (found.low[-1], found.high[-1]) == pytest.approx((float(expected.low), float(expected.high)), abs=0.001)


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
    assert (len(found.scores), found.n) == (1, (150,))
    assert interval_at(found, 0.9) == (found.low[0], found.high[0], 150)


def test_equal_scores_are_one_window() -> None:
    assert neighbours_of(scored_rows().rescored(np.full(400, 0.3)), 0.95).n == (400,)


@pytest.mark.parametrize(
    ("score", "low", "high", "n"),
    [(0.1, 0.0, 0.2, 200), (0.15, 0.05, 0.25, 200), (0.3, 0.2, 0.4, 250), (0.05, 0, 0.2, 200), (0.9, 0.3, 0.5, 250)],
)
def test_between_knots_ends_are_interpolated(score: float, low: float, high: float, n: int) -> None:
    assert interval_at(KNOTS, score) == pytest.approx((low, high, n))


def test_without_sessions_there_are_no_knots() -> None:
    assert neighbours_of(scored_rows().rows(np.zeros(400, bool)), 0.95).scores == ()
