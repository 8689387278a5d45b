import numpy as np
import pytest

from model.uplift.average import average_effect, scores_of
from model.uplift.learners import Predictions, predict
from tests.model.uplift.trials import on_mobile, trial


def test_the_average_holds_the_truth() -> None:
    found = trial(20_000, on_mobile)
    effect = average_effect(found, scores_of(found, predict(found)), 0.95)
    assert effect.low < 0.1 / 3 < effect.high
    assert effect.n == len(found.examples)


def test_with_constant_predictions_it_is_the_difference_of_rates() -> None:
    found = trial(4_000, on_mobile)
    rates = [np.full(len(found.examples), found.rate(is_treated=arm)) for arm in (False, True)]
    scores = scores_of(found, Predictions(rates[0], rates[1], {}))
    expected = found.rate(is_treated=True) - found.rate(is_treated=False)
    assert average_effect(found, scores, 0.95).value == pytest.approx(expected)


def test_wrong_predictions_leave_it_right() -> None:
    found = trial(20_000, on_mobile)
    wrong = [np.full(len(found.examples), rate) for rate in (0.9, 0.1)]
    effect = average_effect(found, scores_of(found, Predictions(wrong[0], wrong[1], {})), 0.95)
    assert effect.low < 0.1 / 3 < effect.high


def test_scores_average_to_rates_under_each_variant() -> None:
    found = trial(20_000, on_mobile)
    scores = scores_of(found, predict(found))
    tablet = found.examples.column("device") == 2
    assert scores.control[tablet].mean() == pytest.approx(0.35, abs=0.03)
    assert scores.effect[tablet].mean() == pytest.approx(0.0, abs=0.05)
