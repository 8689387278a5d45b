"""Worth is what the shares say, and its interval is never narrower than theirs allow."""

import numpy as np
import pytest

from analytics.estimate import Estimate
from model.report import Threshold
from model.worth import SESSIONS, best_of, worth_of
from tests.model.sample_report import threshold_at

VALUE, COST = 100.0, 20.0
N = 2_000


def shares_of(cells: np.ndarray) -> list[Estimate]:
    """Return the shares of a confusion matrix with binomial 95 % intervals."""
    parts = cells / cells.sum()
    half = 1.96 * np.sqrt(parts * (1 - parts) / cells.sum())
    return [Estimate(float(p), float(p - h), float(p + h), int(cells.sum())) for p, h in zip(parts, half, strict=True)]


def threshold_of(cells: np.ndarray) -> Threshold:
    """Return a threshold with those counts of true and false positives and negatives."""
    none = Estimate(None, None, None, 0)
    positive, false, spared, missed = shares_of(cells)
    return Threshold(0.5, positive, false, spared, missed, none, none, none, none)


def test_a_matrix_drawn_by_hand() -> None:
    worth = worth_of(threshold_of(np.array([100, 200, 600, 100])), VALUE, COST)
    assert worth.over_none.value == pytest.approx(100 * 80 - 200 * 20)
    assert worth.over_all.value == pytest.approx(worth.over_none.value - (200 * VALUE - 1_000 * COST))  # type: ignore[operator]
    assert worth.over_none.n == SESSIONS


def test_acting_on_all_is_worth_the_same_at_each_threshold() -> None:
    worths = [worth_of(threshold_at(at), VALUE, COST) for at in (0.2, 0.3, 0.4)]
    everybody = {round((w.over_none.value or 0) - (w.over_all.value or 0), 6) for w in worths}
    assert len(everybody) == 1


def test_the_best_threshold_is_worth_most_and_higher_where_acting_costs_more() -> None:
    known = tuple(threshold_at(at / 100) for at in range(10, 54))
    worth = [worth_of(one, VALUE, COST).over_none.value for one in known]
    assert worth_of(best_of(known, VALUE, COST), VALUE, COST).over_none.value == max(v for v in worth if v is not None)
    assert best_of(known, VALUE, 45.0).threshold > best_of(known, VALUE, COST).threshold


def test_the_interval_covers_at_least_as_often_as_those_of_the_shares() -> None:
    draw, parts = np.random.default_rng(3), np.array([0.12, 0.22, 0.5, 0.16])
    true = [SESSIONS * (80 * parts[0] - 20 * parts[1]), SESSIONS * (20 * parts[2] - 80 * parts[3])]
    hits = np.zeros(2)
    for cells in draw.multinomial(N, parts, size=600):
        worth = worth_of(threshold_of(cells), VALUE, COST)
        hits += [
            (e.low or 0) <= t <= (e.high or 0) for e, t in zip((worth.over_none, worth.over_all), true, strict=True)
        ]
    assert (hits / 600 >= 0.95 - 0.009).all()


def test_without_intervals_there_is_a_value_alone() -> None:
    bare = Estimate(None, None, None, 0)
    worth = worth_of(Threshold(0.5, *[bare] * 8), VALUE, COST)
    assert (worth.over_none.value, worth.over_none.low) == (0.0, 0.0)
