import numpy as np
import pytest

from model.examples import Examples, Feature, Floats, Whole
from model.signal.rows import Rows, rows_of


def found(y: Floats, user: Whole, weight: Floats | None = None) -> Rows:
    weight = np.ones(len(y)) if weight is None else weight
    return rows_of(
        Examples((Feature("a", "A", "number"),), np.arange(len(y), dtype=np.float64)[:, None], y, weight, user)
    )


def test_rows_of_a_user_stand_side_by_side() -> None:
    rows = found(np.array([1.0, 0, 0, 1]), np.array([5, 2, 5, 2]))
    assert rows.examples.user.tolist() == [2, 2, 5, 5]
    assert rows.starts.tolist() == [0, 2, 4]
    assert rows.by_user(rows.examples.y).tolist() == [1, 1]


def test_single_sessions_have_plain_residuals() -> None:
    rows = found(np.array([1.0, 0, 0, 1]), np.arange(4))
    assert rows.residual.tolist() == rows.error.tolist() == [0.5, -0.5, -0.5, 0.5]


def test_residuals_sum_to_zero() -> None:
    random = np.random.default_rng(1)
    user = random.integers(50, size=400)
    rows = found((random.random(400) < 0.2 + 0.4 * (user < 20)).astype(float), user)
    assert rows.pull.max() > 0
    assert rows.residual.sum() == pytest.approx(0, abs=1e-9)


def test_users_whose_sessions_are_alike_count_once() -> None:
    user = np.repeat(np.arange(40), np.r_[np.full(20, 30), np.full(20, 2)])
    rows = found((user % 2).astype(float), user)
    assert rows.share[0] * 30 == pytest.approx(rows.share[-1] * 2, rel=0.1)


def test_a_row_of_weight_counts_as_its_sessions() -> None:
    y, weight = np.array([1.0, 0, 1, 0]), np.array([3.0, 5, 2, 4])
    together, apart = found(y, np.arange(4), weight), found(np.repeat(y, weight.astype(int)), np.arange(14))
    assert np.square(together.error).sum() == pytest.approx(np.square(apart.error).sum())
    assert together.rate == pytest.approx(apart.rate)
