import numpy as np
import pytest

from model.examples import Examples, Feature
from model.scored import Scored, summed

AGE = Feature("age", "Age", "number", low=18, high=60)


def scored() -> Scored:
    return Scored(
        np.array([0.5, 0.1, 0.5, 0.9]), np.array([1.0, 0, 0, 1]), np.array([2.0, 1, 1, 3]), np.array([7, 3, 7, 9])
    )


def test_scores_stand_beside_what_happened() -> None:
    examples = Examples((AGE,), np.zeros((4, 1)), scored().y, scored().weight, scored().user)
    found = Scored.of(examples, np.array([0.5, 0.1, 0.5, 0.9]))
    assert (len(found), found.n_sessions, found.n_converted) == (4, 7, 5)


def test_equal_scores_are_one_level() -> None:
    assert scored().levels.tolist() == [0.1, 0.5, 0.9]
    assert (scored().converted_at.tolist(), scored().others_at.tolist()) == ([0, 2, 3], [1, 1, 0])


def test_values_are_added_within_users() -> None:
    assert (scored().n_users, sorted(scored().by_user(np.array([1.0, 2, 3, 4])))) == (3, [2, 4, 4])


def test_rows_are_picked_by_mask_or_place() -> None:
    assert scored().rows(np.array([3, 1])).score.tolist() == [0.9, 0.1]
    assert scored().rows(scored().y == 1).weight.tolist() == [2, 3]


def test_other_scores_come_to_the_same_rows() -> None:
    found = scored().rescored(1 - scored().score)
    assert (found.levels.tolist(), found.user is not None) == (pytest.approx([0.1, 0.5, 0.9]), True)
    assert found.converted_at.tolist() == [3, 2, 0]


def test_no_rows_have_no_users() -> None:
    assert scored().rows(np.zeros(4, bool)).n_users == 0


def test_codes_without_rows_add_up_to_nothing() -> None:
    assert summed(np.array([0, 2]), np.array([1.5, 2]), 4).tolist() == [1.5, 0, 2, 0]
