import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.scoring.simplified import simplified


def test_a_corner_is_kept() -> None:
    x = np.linspace(0, 2, 2_001)
    assert simplified(x, np.minimum(x, 1)).tolist() == [0, 1_000, 2_000]


def test_a_round_curve_is_kept_closely() -> None:
    x = np.linspace(0, 1, 20_001)
    kept = simplified(x, np.sqrt(1 - x**2))
    assert len(kept) == 200
    assert np.abs(np.interp(x, x[kept], np.sqrt(1 - x**2)[kept]) - np.sqrt(1 - x**2)).max() < 1e-3


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40), st.integers(2, 50))
def test_ends_are_kept_and_nothing_comes_twice(points: list[tuple[int, int]], n_points: int) -> None:
    x, y = np.array([[0.0, *column] for column in zip(*points, strict=True)] or [[0.0], [0.0]])
    kept = simplified(x, y, n_points).tolist()
    assert (kept[0], kept[-1]) == (0, len(x) - 1)
    assert kept == sorted(set(kept))
    assert len(kept) <= max(n_points, 2)


def test_a_closed_curve_keeps_its_far_side() -> None:
    assert 1 in simplified(np.array([0.0, 1, 0.5, 0]), np.array([0.0, 1, 0.5, 0])).tolist()
