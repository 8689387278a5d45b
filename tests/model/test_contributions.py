import numpy as np
import pytest
from scipy.special import logit

from model.contributions import contributions_of
from model.trained import Sigmoid
from model.trees import TreeSettings, grow
from tests.model.planted import planted

EXAMPLES = planted(3000).arrival
BOOSTER = grow(EXAMPLES, TreeSettings(trees=30), 1)


def test_contributions_and_base_add_up_to_the_logit() -> None:
    found = contributions_of(BOOSTER, EXAMPLES.x)
    assert found.shape == (3000, len(EXAMPLES.features) + 1)
    assert found.sum(axis=1) == pytest.approx(logit(BOOSTER.predict(EXAMPLES.x)), abs=1e-9)


def test_the_base_is_the_same_for_all_rows() -> None:
    assert np.ptp(contributions_of(BOOSTER, EXAMPLES.x)[:, -1]) == 0


def test_missing_values_have_contributions_too() -> None:
    x = np.full((1, len(EXAMPLES.features)), np.nan)
    assert contributions_of(BOOSTER, x).sum() == pytest.approx(BOOSTER.predict(x, raw_score=True)[0], abs=1e-9)


def test_a_sigmoid_stretches_contributions_and_shifts_the_base() -> None:
    sigmoid = Sigmoid(0.7, -0.2)
    found = contributions_of(BOOSTER, EXAMPLES.x, sigmoid)
    raw = BOOSTER.predict(EXAMPLES.x, raw_score=True)
    assert found.sum(axis=1) == pytest.approx(0.7 * raw - 0.2, abs=1e-9)
    assert found[:, :-1] == pytest.approx(0.7 * contributions_of(BOOSTER, EXAMPLES.x)[:, :-1])


def test_no_rows_have_no_contributions() -> None:
    assert contributions_of(BOOSTER, EXAMPLES.x[:0]).shape == (0, len(EXAMPLES.features) + 1)
