import numpy as np
import pytest

from model.bins import Bins, bins_of
from model.examples import Feature
from tests.model.trained_tasks import booster_of, random_rows, task_of

BINS = Bins((np.array([20.5, 30.5]), np.zeros(0)), (np.zeros(0, int), np.array([0, 1, 0])))
AGE = Feature("age", "Age", "number", low=18, high=60)
DEVICE = Feature("device", "Device", "category", ("Mobile", "Desktop"))


def test_values_up_to_a_threshold_share_a_bin() -> None:
    rows = np.array([[20.5, 0], [20.6, 0], [31, 0], [np.nan, 0]])
    assert (BINS.index(rows) // BINS.strides[0]).tolist() == [0, 1, 2, 3]


def test_members_that_no_tree_tells_apart_share_a_bin() -> None:
    rows = np.array([[1, 0], [1, 1], [1, 2], [1, np.nan]])
    assert BINS.index(rows).tolist() == [0, 1, 0, 2]


@pytest.mark.parametrize("code", [-1, 3, 1e9])
def test_codes_of_no_member_count_as_missing(code: float) -> None:
    row = np.array([[1, code]])
    assert BINS.index(row).tolist() == [BINS.index_of([1, code])] == [2]


def test_a_row_alone_falls_where_it_falls_among_others() -> None:
    rows = random_rows(task_of().features, 500)
    bins = bins_of(task_of().trees, task_of().features)
    assert [bins.index_of(row) for row in rows.tolist()] == bins.index(rows).tolist()


def test_each_combination_has_a_row_that_falls_into_it() -> None:
    bins = bins_of(task_of().trees, task_of().features)
    index = np.arange(bins.n_cells)
    assert np.array_equal(bins.index(bins.rows(index)), index)


def test_rows_of_one_combination_are_predicted_alike() -> None:
    task, booster = task_of("retrospective"), booster_of("retrospective")
    bins = bins_of(task.trees, task.features)
    rows = random_rows(task.features, 2_000)
    alike = bins.rows(bins.index(rows))
    assert np.array_equal(booster.predict(rows), booster.predict(alike))


def test_trees_without_a_split_tell_nothing_apart() -> None:
    found = bins_of("tree\n\nTree=0\nnum_leaves=1\nnum_cat=0\nleaf_value=-2\n\n\nend of trees", (AGE, DEVICE))
    assert found.sizes == (2, 2)


def test_a_category_that_was_learned_as_a_number_is_split_by_its_codes() -> None:
    text = "tree\n\nTree=0\nsplit_feature=1\nthreshold=0.5\ndecision_type=10\n\n"
    assert bins_of(text, (AGE, DEVICE)).groups[1].tolist() == [1, 0]
