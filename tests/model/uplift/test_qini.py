import numpy as np
import pytest

from model.uplift.average import Scores, scores_of
from model.uplift.learners import Predictions, predict
from model.uplift.qini import curve_of, deciles_of, qini_of, rank
from tests.model.uplift.trials import nowhere, on_mobile, trial

FOUND = trial(3_000, on_mobile)
WEIGHT = FOUND.examples.weight
SCORES = scores_of(FOUND, predict(FOUND))


def gained_by_hand(effect: np.ndarray, share: float) -> float:
    """Return what serving the first of each fold gains, session by session; equal effects in part."""
    total = 0.0
    for fold in range(FOUND.n_folds):
        rows = [row for row in range(len(effect)) if FOUND.fold[row] == fold]
        room = share * len(rows)
        for level in sorted({float(effect[row]) for row in rows}, reverse=True):
            equals = [row for row in rows if effect[row] == level]
            part = min(1.0, max(0.0, room) / len(equals))
            room -= len(equals)
            total += part * sum(float(SCORES.effect[row]) for row in equals)
    return total / len(effect)


@pytest.mark.parametrize("n_levels", [3, 600])
def test_the_curve_is_what_counting_by_hand_gives(n_levels: int) -> None:
    effect = np.random.default_rng(1).integers(n_levels, size=len(WEIGHT)).astype(float)
    curve = curve_of(FOUND, SCORES, rank(effect, WEIGHT, FOUND.fold), 0.95)
    for share, value, low, high in (curve[0], curve[7], curve[25], curve[50]):
        assert value == pytest.approx(gained_by_hand(effect, share))
        assert low <= value <= high


def test_coefficient_and_area_are_those_under_the_curve() -> None:
    effect = np.random.default_rng(1).integers(4, size=len(WEIGHT)).astype(float)
    shares = (np.arange(64) + 0.5) / 64
    by_hand = np.mean([gained_by_hand(effect, float(share)) for share in shares])
    qini, area, _ = qini_of(FOUND, SCORES, effect, 0.95)
    assert area.value == pytest.approx(by_hand, abs=1e-4)
    assert qini.value == pytest.approx(by_hand - SCORES.effect.mean() / 2, abs=1e-4)


def test_with_constant_predictions_it_is_the_curve_of_radcliffe() -> None:
    rates = [np.full(len(WEIGHT), FOUND.rate(is_treated=arm)) for arm in (False, True)]
    scores = scores_of(FOUND, Predictions(rates[0], rates[1], {}))
    effect = on_mobile(*FOUND.examples.x.T)
    value = curve_of(FOUND, scores, rank(effect, WEIGHT, FOUND.fold), 0.95)[10][1]
    first = rank(effect, WEIGHT, FOUND.fold).among_top(0.2)
    treated, control = (first * FOUND.is_treated, first * ~FOUND.is_treated)
    rate, other = (float(arm @ FOUND.examples.y / arm.sum()) for arm in (treated, control))
    assert value == pytest.approx(0.2 * (rate - other), abs=0.004)


def test_the_true_order_is_good_and_its_reverse_is_bad() -> None:
    effect = on_mobile(*FOUND.examples.x.T)
    (good, _, p_good), (bad, _, p_bad) = (qini_of(FOUND, SCORES, sign * effect, 0.95) for sign in (1, -1))
    assert good.low > 0 > bad.high
    assert good.value == pytest.approx(-bad.value)
    assert p_good < 1e-6 < 0.99 < p_bad


def test_a_constant_ranks_nobody() -> None:
    qini, _, p_value = qini_of(FOUND, SCORES, np.zeros(len(WEIGHT)), 0.95)
    assert qini.value == pytest.approx(0, abs=1e-12)
    assert 0 <= p_value <= 1


def test_deciles_fall_and_average_to_the_whole() -> None:
    effect = on_mobile(*FOUND.examples.x.T)
    found = deciles_of(FOUND, SCORES, rank(effect, WEIGHT, FOUND.fold), 0.95)
    assert [estimate.n for estimate in found] == [pytest.approx(len(WEIGHT) / 10, abs=1)] * 10
    assert np.mean([estimate.value for estimate in found]) == pytest.approx(SCORES.effect.mean())
    assert found[0].value > 0.15 > -0.05 > found[-1].value


def test_levels_of_folds_are_not_compared() -> None:
    effect = np.random.default_rng(1).random(len(WEIGHT))
    shifted = rank(effect + 10 * FOUND.fold, WEIGHT, FOUND.fold)
    assert np.allclose(shifted.middle, rank(effect, WEIGHT, FOUND.fold).middle)


def test_an_effect_of_nothing_gains_nothing() -> None:
    found = trial(6_000, nowhere)
    scores = Scores(np.zeros(len(found.fold)), np.zeros(len(found.fold)))
    assert qini_of(found, scores, np.arange(len(found.fold), dtype=np.float64), 0.95)[0].value == 0
