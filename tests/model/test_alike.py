import numpy as np
import pytest

from model.alike import interval_at, intervals_at
from model.report import Neighbours

KNOTS = Neighbours((0.1, 0.3), (0.08, 0.2), (0.12, 0.4), (900, 100))


def test_between_knots_ends_are_interpolated() -> None:
    low, high, n = interval_at(KNOTS, 0.2)
    assert (low, high) == pytest.approx((0.14, 0.26))
    assert n == 500


@pytest.mark.parametrize(("score", "expected"), [(0.01, (0.08, 0.12, 900)), (0.9, (0.2, 0.4, 100))])
def test_beyond_the_outer_knots_they_stay(score: float, expected: tuple[float, float, int]) -> None:
    assert interval_at(KNOTS, score) == expected


def test_many_scores_are_answered_as_each_alone() -> None:
    scores = np.linspace(0, 1, 11)
    found = zip(*(part.tolist() for part in intervals_at(KNOTS, scores)), strict=True)
    assert [(low, high, round(n)) for low, high, n in found] == [interval_at(KNOTS, score) for score in scores]


def test_without_sessions_held_out_there_is_no_interval() -> None:
    assert interval_at(Neighbours((), (), (), ()), 0.2) == (None, None, 0)
    assert np.isnan(intervals_at(Neighbours((), (), (), ()), np.array([0.2]))[0]).all()
