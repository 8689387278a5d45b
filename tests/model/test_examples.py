import numpy as np
import pytest

from model.examples import Examples, Feature

AGE = Feature("age", "Age", "number", low=18, high=60)
DEVICE = Feature("device", "Device", "category", ("Mobile", "Desktop"))


def examples() -> Examples:
    x = np.array([[30, 0], [30, 0], [np.nan, 1], [30, 0], [np.nan, 1]], dtype=float)
    return Examples((AGE, DEVICE), x, np.array([1.0, 0, 1, 1, 1]), np.array([1.0, 1, 2, 1, 1]), np.arange(5))


def test_weights_count_as_sessions() -> None:
    assert examples().n_sessions == 6
    assert examples().base_rate == pytest.approx(5 / 6)


def test_a_feature_is_found_by_its_name() -> None:
    assert examples().column("device").tolist() == [0, 0, 1, 0, 1]
    with pytest.raises(KeyError):
        examples().column("gender")


def test_features_left_out_leave_the_others_in_order() -> None:
    found = examples().without("age", "unknown")
    assert (found.names, found.x.shape) == (("device",), (5, 1))


def test_equal_rows_are_gathered_into_one_with_their_weight() -> None:
    found = examples().gathered()
    rows = {(*np.nan_to_num(x, nan=-1), y): w for x, y, w in zip(found.x, found.y, found.weight, strict=True)}
    assert rows == {(30, 0, 1): 2, (30, 0, 0): 1, (-1, 1, 1): 3}


def test_gathering_nothing_gives_nothing() -> None:
    assert len(examples().rows(np.zeros(5, bool)).gathered()) == 0
