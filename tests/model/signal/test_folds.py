from dataclasses import replace

import numpy as np
import pytest

from model.signal.folds import cross_fit
from tests.model.planted import planted


def test_planted_effects_are_told_to_users_not_learned_from() -> None:
    examples = planted(12_000).arrival
    found = cross_fit(examples, examples.user % 4, 1)
    assert found.p_value < 1e-4
    assert 0.53 < found.auc < 0.58
    assert found.half_width(0.95) == pytest.approx(1.96 * found.standard_error, rel=1e-3)


def test_pure_noise_is_told_by_nothing() -> None:
    examples = planted(12_000, profile="null").arrival
    found = cross_fit(examples, examples.user % 4, 1)
    assert found.p_value > 0.01
    assert abs(found.auc - 0.5) < 4 * found.standard_error


def test_a_fold_of_one_outcome_gives_no_number() -> None:
    examples = planted(400).arrival
    fold = examples.user % 2
    found = cross_fit(replace(examples, y=np.where(fold == 0, 0.0, examples.y)), fold, 1)
    assert found.p_value == 1
    assert np.isnan(found.auc)
