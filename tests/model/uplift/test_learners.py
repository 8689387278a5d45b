from dataclasses import replace

import numpy as np
import pytest

from model.uplift.learners import LABELS, allocation, predict
from tests.model.uplift.trials import on_mobile, trial

FOUND = trial(20_000, on_mobile)
PREDICTED = predict(FOUND)
JUDGED = np.isin(FOUND.fold, FOUND.judged_folds)


@pytest.mark.parametrize("name", list(LABELS))
def test_every_learner_finds_a_strong_effect(name: str) -> None:
    truth, effect = on_mobile(*FOUND.examples.x.T)[JUDGED], PREDICTED.effects[name][JUDGED]
    assert np.corrcoef(effect, truth)[0, 1] > 0.9
    assert effect[truth == 0.3].mean() == pytest.approx(0.3, abs=0.08)


def test_rates_are_those_under_each_variant() -> None:
    mobile = FOUND.examples.column("device") == 0
    assert PREDICTED.control[mobile].mean() == pytest.approx(0.4, abs=0.02)
    assert PREDICTED.treatment[mobile].mean() == pytest.approx(0.7, abs=0.02)


def test_effects_follow_from_earlier_folds_alone() -> None:
    y = np.where(FOUND.fold >= 3, 1 - FOUND.examples.y, FOUND.examples.y)
    flipped = predict(replace(FOUND, examples=replace(FOUND.examples, y=y)))
    known = JUDGED & (FOUND.fold <= 3)
    for name, effect in flipped.effects.items():
        assert np.array_equal(effect[known], PREDICTED.effects[name][known]), name
        assert not np.array_equal(effect[FOUND.fold == 4], PREDICTED.effects[name][FOUND.fold == 4])


def test_rates_of_a_fold_do_not_follow_from_its_outcomes() -> None:
    inside = FOUND.fold == 0
    y = np.where(inside, 1 - FOUND.examples.y, FOUND.examples.y)
    flipped = predict(replace(FOUND, examples=replace(FOUND.examples, y=y)))
    assert np.array_equal(flipped.control[inside], PREDICTED.control[inside])
    assert np.array_equal(flipped.treatment[inside], PREDICTED.treatment[inside])


def test_the_first_third_is_only_learned_from() -> None:
    assert FOUND.judged_folds == [2, 3, 4, 5]
    assert np.array_equal(np.isfinite(PREDICTED.effects["dr"]), JUDGED)
    assert np.isfinite(PREDICTED.control).all()


def test_equal_trials_are_predicted_alike() -> None:
    again = predict(trial(20_000, on_mobile))
    assert all(np.array_equal(again.effects[name][JUDGED], PREDICTED.effects[name][JUDGED]) for name in LABELS)


def test_without_features_everybody_is_predicted_the_average() -> None:
    found = trial(2_000, on_mobile)
    without = found.examples.without("age", "device")
    bare = replace(found, examples=without, cells=np.zeros((1, 0)), cell=found.cell * 0)
    effects = predict(bare).effects["dr"]
    assert np.unique(effects[np.isfinite(effects)]).size == len(found.judged_folds)


def test_allocation_is_guessed_near_its_share() -> None:
    assert allocation(FOUND)[JUDGED].mean() == pytest.approx(FOUND.share, abs=0.01)
