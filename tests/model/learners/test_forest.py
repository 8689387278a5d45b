import numpy as np

from model.examples import Examples
from model.learners.forest import Forest


def test_leaves_hold_their_share_of_the_sessions(sessions: Examples) -> None:
    forest = Forest(trees=5).fit(sessions, 1)
    shares = [tree.tree_.weighted_n_node_samples / len(sessions) for tree in forest.pipeline["forest"].estimators_]
    assert min(share.min() for share in shares) >= 200 / 6000 - 1e-9
    assert forest.settings["min_share_in_leaf"] == "0.0333333"


def test_few_sessions_still_make_ten_leaves(sessions: Examples) -> None:
    assert Forest(trees=2).fit(sessions.rows(np.arange(100)), 1).settings["min_share_in_leaf"] == "0.1"


def test_each_tree_draws_a_part_of_many_rows(sessions: Examples) -> None:
    forest = Forest(trees=2, rows_of_a_tree=1_000).fit(sessions, 1)
    drawn = [tree.tree_.weighted_n_node_samples[0] for tree in forest.pipeline["forest"].estimators_]
    assert drawn == [1_000, 1_000]
    assert forest.settings["rows_of_a_tree"] == "1000"


def test_a_forest_is_small_when_stored(sessions: Examples) -> None:
    assert Forest().fit(sessions, 1).n_bytes < 1_000_000


def test_scores_are_equal_to_the_bit_each_time(sessions: Examples) -> None:
    forest = Forest().fit(sessions, 1)
    assert len({forest.score(sessions.x).tobytes() for _ in range(5)}) == 1
