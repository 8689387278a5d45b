"""Worth is what the shares say, with the interval of its mean over users."""

import numpy as np
import pytest

from analytics.estimate import Estimate
from model.report import Threshold
from model.scoring.influence import ratio_of
from model.scoring.thresholds import rule_threshold, thresholds_of
from model.scoring.worth import SESSIONS, best_of, worth_of
from tests.model.sample_report import threshold_at
from tests.model.scoring.scored_rows import scored_rows

VALUE, COST = 100.0, 20.0
N = 2_000
ROWS = scored_rows(n=20_000, n_users=9_000)
FOUND = thresholds_of(ROWS, 0.95, also=(0.2,))


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


def test_the_interval_covers_as_often_as_those_of_the_shares() -> None:
    draw, parts = np.random.default_rng(3), np.array([0.12, 0.22, 0.5, 0.16])
    true = [SESSIONS * (80 * parts[0] - 20 * parts[1]), SESSIONS * (20 * parts[2] - 80 * parts[3])]
    hits = np.zeros(2)
    for cells in draw.multinomial(N, parts, size=600):
        worth = worth_of(threshold_of(cells), VALUE, COST)
        hits += [
            (e.low or 0) <= t <= (e.high or 0) for e, t in zip((worth.over_none, worth.over_all), true, strict=True)
        ]
    assert (abs(hits / 600 - 0.95) <= 0.027).all()


def test_the_best_threshold_lies_near_the_rule_where_scores_are_chances() -> None:
    best = best_of(FOUND, 100, 20)
    assert best.threshold == pytest.approx(rule_threshold(100, 20), abs=0.06)


def test_nobody_is_acted_on_where_it_costs_more_than_it_gains() -> None:
    assert best_of(FOUND, 10, 20).threshold == 1


@pytest.mark.parametrize(("value", "cost"), [(100, 20), (100, 0), (15, 20)])
def test_worth_has_the_interval_of_its_mean_over_users(value: float, cost: float) -> None:
    one, selected = FOUND[20], (ROWS.score >= FOUND[20].threshold).astype(float)
    worth = worth_of(one, value, cost)
    for found, acted_on in ((worth.over_none, selected), (worth.over_all, selected - 1)):
        direct = ratio_of(ROWS, SESSIONS * acted_on * (value * ROWS.y - cost), np.ones(len(ROWS)))
        half = 1.96 * direct.standard_error(ROWS)
        assert found.value == pytest.approx(direct.value)
        assert (found.low, found.high) == pytest.approx((direct.value - half, direct.value + half), abs=0.06 * half)


def test_worth_without_sessions_is_unknown() -> None:
    rows = ROWS.rows(np.zeros(len(ROWS), bool))
    assert worth_of(thresholds_of(rows, 0.95)[0], 100, 20).over_none == Estimate(None, None, None, 0)


def test_without_intervals_there_is_a_value_alone() -> None:
    bare = Estimate(0.25, None, None, 8)
    worth = worth_of(Threshold(0.5, *[bare] * 8), VALUE, COST)
    assert worth.over_none == Estimate(15_000, None, None, 8)
