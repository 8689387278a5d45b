import numpy as np
import pytest

from model.scored import Scored
from model.scoring.lift import gain_influence, lift
from tests.model.scoring.scored_rows import copied, scored_rows, weighted


def test_the_best_tenth_is_held_against_all() -> None:
    rows = scored_rows(n=2_000)
    best = np.argsort(-rows.score)[:200]
    found = lift(rows, 0.95)
    assert found.value == pytest.approx(rows.y[best].mean() / rows.y.mean())
    assert 0 < found.low < found.value < found.high < 10


def test_equal_scores_have_no_lift() -> None:
    assert lift(scored_rows().rescored(np.full(400, 0.3)), 0.95).value == pytest.approx(1)


def test_of_equal_scores_at_the_edge_as_many_as_needed_count() -> None:
    score = np.r_[np.ones(5), np.full(20, 0.5), np.zeros(75)]
    y = np.r_[np.ones(5), np.ones(10), np.zeros(85)]
    found = lift(Scored(score, y, np.ones(100), np.arange(100)), 0.95)
    assert found.value == pytest.approx(10 * (5 + 5 * 0.5) / 15)


def test_the_error_is_that_of_drawing_again() -> None:
    rng = np.random.default_rng(2)
    values = [gain_influence(scored_rows(n=2_000, seed=seed)).value for seed in rng.integers(0, 10**6, 400)]
    rows = scored_rows(n=2_000)
    assert gain_influence(rows).standard_error(rows) == pytest.approx(np.std(values), rel=0.15)


def test_copies_of_a_row_are_its_weight() -> None:
    rows = weighted(scored_rows(n_users=90, decimals=2))
    one, other = lift(rows, 0.95), lift(copied(rows), 0.95)
    assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))


def test_no_conversion_in_the_best_tenth_still_has_an_interval() -> None:
    rows = Scored(np.linspace(0, 1, 100), (np.arange(100) < 20).astype(float), np.ones(100), np.arange(100))
    found = lift(rows, 0.95)
    assert (found.value, found.low) == (0, 0)
    assert 0 < found.high < 3


def test_without_conversions_there_is_no_lift() -> None:
    rows = scored_rows()
    assert lift(rows.rows(rows.y == 0), 0.95).value is None
