from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from sklearn.inspection import permutation_importance
from sklearn.metrics import log_loss, roc_auc_score

from model.contributions import contributions_of
from model.examples import Floats
from model.importance import importance_of
from model.trained import Sigmoid
from model.trees import TreeSettings, grow
from tests.model.planted import planted

EXAMPLES = planted(12_000).arrival
TRAIN, TEST = EXAMPLES.rows(EXAMPLES.user % 2 == 0), EXAMPLES.rows(EXAMPLES.user % 2 == 1)
BOOSTER = grow(TRAIN, TreeSettings(trees=40), 1)
FOUND = {each.name: each for each in importance_of(BOOSTER, TEST, 0.95, 1)}


class Trees:
    def fit(self) -> None:
        raise NotImplementedError

    def auc(self, x: Floats, y: Floats) -> float:
        return float(roc_auc_score(y, BOOSTER.predict(x)))

    def less_log_loss(self, x: Floats, y: Floats) -> float:
        return -float(log_loss(y, BOOSTER.predict(x)))


@pytest.mark.parametrize(("scoring", "field"), [(Trees.auc, "auc_drop"), (Trees.less_log_loss, "log_loss_rise")])
def test_drops_are_those_of_scikit_learn(scoring: Callable[..., float], field: str) -> None:
    expected = permutation_importance(Trees(), TEST.x, TEST.y, scoring=scoring, n_repeats=10, random_state=2)
    for name, values in zip(TEST.names, expected.importances, strict=True):
        error = 4 * values.std(ddof=1) * np.sqrt(1 / 10 + 1 / 5)
        assert getattr(FOUND[name], field).value == pytest.approx(values.mean(), abs=error + 1e-9)


def test_the_most_important_feature_comes_first() -> None:
    drops = [each.auc_drop.value or 0.0 for each in FOUND.values()]
    assert drops == sorted(drops, reverse=True)
    assert FOUND["category"].auc_drop.low > 0


def test_contributions_are_mean_sizes() -> None:
    expected = np.abs(contributions_of(BOOSTER, TEST.x)).mean(axis=0)
    assert [FOUND[name].contribution.value for name in TEST.names] == pytest.approx(expected[:-1])


def test_contributions_and_loss_are_those_of_what_is_served() -> None:
    sigmoid = Sigmoid(0.5, -0.2)
    found = {each.name: each for each in importance_of(BOOSTER, TEST, 0.95, 1, sigmoid)}
    for name, one in FOUND.items():
        assert found[name].auc_drop.value == pytest.approx(one.auc_drop.value)
        assert found[name].contribution.value == pytest.approx(0.5 * one.contribution.value)
    assert found["category"].log_loss_rise.value < 0.8 * FOUND["category"].log_loss_rise.value


def test_equal_seeds_give_equal_importance() -> None:
    assert tuple(FOUND.values()) == importance_of(BOOSTER, TEST, 0.95, 1)


def test_a_feature_that_no_tree_asks_is_worth_nothing() -> None:
    constant = replace(TRAIN, x=np.where(np.array(TRAIN.names) == "gender", 1.0, TRAIN.x))
    found = importance_of(grow(constant, TreeSettings(trees=20), 1), TEST, 0.95, 1)
    (gender,) = (each for each in found if each.name == "gender")
    assert (gender.auc_drop.value, gender.contribution.value) == (0, 0)


def test_doubled_rows_of_a_user_make_no_interval_narrower() -> None:
    twice = TEST.rows(np.repeat(np.arange(len(TEST)), 2))
    found = {each.name: each for each in importance_of(BOOSTER, twice, 0.95, 1)}
    one, two = (each["category"].auc_drop for each in (FOUND, found))
    assert two.high - two.low == pytest.approx(one.high - one.low, rel=0.25)
