from itertools import product

import numpy as np
import pytest

from model.uplift.axes import Axis
from model.uplift.rules import Question, Search, Tree
from tests.model.uplift.trials import axes, trial

FOUND = trial(2_000)
AXES = axes(FOUND)
AGE, DEVICE = AXES
ONE_FOLD = np.zeros(len(AGE.code), np.int64)


def searched(gain: np.ndarray) -> Tree:
    return Search(AXES, gain, np.ones(len(gain)), ONE_FOLD).best([0])


def best_by_hand(gain: np.ndarray) -> float:
    """Return the most that any tree of two questions gains, tree by tree."""
    answers = [AGE.code <= 0, AGE.code <= 1, *(DEVICE.code == place for place in range(3)), np.ones(len(gain), bool)]
    best = max(0.0, gain.sum())
    for root, left, right in product(answers, answers, answers):
        leaves = (root & left, root & ~left, ~root & right, ~root & ~right)
        if all(not leaf.any() or leaf.sum() >= 0.01 * len(gain) for leaf in leaves):
            best = max(best, sum(max(0.0, gain[leaf].sum()) for leaf in leaves))
    return best


@pytest.mark.parametrize("seed", range(8))
def test_no_tree_of_two_questions_gains_more(seed: int) -> None:
    gain = np.random.default_rng(seed).normal(0, 1, len(AGE.code))
    assert gain[searched(gain).decide(AXES)].sum() == pytest.approx(best_by_hand(gain))


def test_one_question_is_asked_where_one_is_enough() -> None:
    tree = searched(np.where(DEVICE.code == 1, -1.0, 1.0))
    assert tree.leaves(AXES) == ((False, "Device is Desktop"), (True, "Device is not Desktop"))


def test_two_questions_are_told_as_a_path() -> None:
    tree = searched(np.where((DEVICE.code == 1) & (AGE.code == 0), -1.0, 1.0))
    assert (False, "Age under 30 and Device is Desktop") in tree.leaves(AXES)
    assert tree.decide(AXES).mean() == pytest.approx(1 - ((DEVICE.code == 1) & (AGE.code == 0)).mean())


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_where_all_gain_or_lose_everybody_is_told_the_same(sign: float) -> None:
    assert searched(np.full(len(AGE.code), sign)).leaves(AXES) == ((sign > 0, "everybody"),)


def test_a_leaf_holds_a_hundredth_of_the_sessions() -> None:
    few = np.flatnonzero((DEVICE.code == 1) & (AGE.code == 0))[:5]
    rare = Axis("rare", "Rare", ("no", "yes"), np.isin(np.arange(len(AGE.code)), few).astype(np.int64))
    gain = np.where(rare.code == 1, -1e6, 1.0)
    assert Search((rare,), gain, np.ones(len(gain)), ONE_FOLD).best([0]).leaves((rare,)) == ((False, "everybody"),)


def test_a_missing_number_is_not_under_an_edge_and_is_said_to_be_unknown() -> None:
    axis = Axis("age", "Age", ("under 30", "30 and over"), np.array([-1, 0, 1]), (30.0,))
    question = Question(0, 0)
    assert question.holds(axis, axis.code).tolist() == [False, True, False]
    assert question.in_words(axis, is_yes=False) == "Age from 30 or unknown"


def test_without_axes_everybody_is_told_the_same() -> None:
    tree = Search((), np.ones(5), np.ones(5), np.zeros(5, np.int64)).best([0])
    assert tree.leaves(()) == ((True, "everybody"),)
