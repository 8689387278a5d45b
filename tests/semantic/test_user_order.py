import numpy as np
import pandas as pd
import pytest

from semantic import user_order
from semantic.user_order import ALONE, NOBODY, UserOrder, hashes_of_users

USERS = pd.Series(["b", None, "a", "b", "c", "a", None, "b"])
RANKS = np.array([3, 0, 1, 1, 0, 1, 5, 1])


def ordered(users: pd.Series, ranks: np.ndarray, n_batches: int = 1) -> tuple[np.ndarray, np.ndarray]:
    order = UserOrder(len(users))
    for places in np.array_split(np.arange(len(users)), n_batches):
        order.add(hashes_of_users(users.iloc[places]), ranks[places])
    places, starts = (np.concatenate(parts) for parts in zip(*order.parts(), strict=True))
    order.close()
    return places, starts


def test_rows_of_a_user_stand_together_by_rank_and_arrival() -> None:
    places, starts = ordered(USERS, RANKS)
    runs = sorted(run.tolist() for run in np.split(places, np.flatnonzero(starts)[1:]))
    assert runs == [[1], [2, 5], [3, 7, 0], [4], [6]]


def test_rows_without_a_user_stand_alone_at_the_end() -> None:
    places, starts = ordered(USERS, RANKS)
    assert (places[-2:].tolist(), starts[-2:].tolist()) == ([1, 6], [ALONE, ALONE])
    assert hashes_of_users(USERS)[1] == NOBODY


@pytest.mark.parametrize("top_rank", [50, 2**31])
def test_many_rows_are_sorted_in_portions(monkeypatch: pytest.MonkeyPatch, top_rank: int) -> None:
    rng = np.random.default_rng(1)
    users = pd.Series([f"u{i}" for i in rng.integers(0, 900, 5_000)])
    ranks = rng.integers(0, top_rank, 5_000)
    monkeypatch.setattr(user_order, "_PORTION", 700)
    places, starts = ordered(users, ranks, n_batches=7)
    found = [(users[run[0]], run.tolist()) for run in np.split(places, np.flatnonzero(starts)[1:])]
    order = np.lexsort((ranks, users))
    wanted = {user: rows.tolist() for user, rows in pd.Series(order).groupby(users[order].to_numpy())}
    assert len(found) == len(wanted)
    assert dict(found) == wanted
