import numpy as np
import pytest
from scipy.optimize import brentq

from analytics.simulation.bandit.policies import POLICIES, Seen, epsilon_greedy, kl_ucb, thompson, ucb1


def seen(converted: list[float], users: list[float], n_next: int = 100) -> Seen:
    return Seen(np.array([converted]), np.array([users]), n_next, 0.1)


def random() -> np.random.Generator:
    return np.random.default_rng(1)


@pytest.mark.parametrize(("name", "label", "policy"), POLICIES)
def test_shares_sum_to_one_even_before_anybody_came(name: str, label: str, policy) -> None:
    for given in (seen([0, 0, 0], [0, 0, 0]), seen([3, 5, 1], [10, 10, 10])):
        assert policy(given, random()).sum(axis=1) == pytest.approx([1])


@pytest.mark.parametrize("policy", [ucb1, kl_ucb, epsilon_greedy])
def test_what_was_never_tried_is_tried(policy) -> None:
    assert policy(seen([5, 0], [10, 0]), random()).argmax() == 1


def test_thompson_gives_shares_as_often_as_each_is_the_best() -> None:
    many = Seen(np.tile([10.0, 20.0], (4000, 1)), np.full((4000, 2), 100.0), 24, 0.1)
    draws = np.random.default_rng(2).beta([11, 21], [91, 81], (200_000, 2))
    expected = (draws[:, 1] > draws[:, 0]).mean()
    assert thompson(many, random())[:, 1].mean() == pytest.approx(expected, abs=0.002)


def test_epsilon_greedy_keeps_a_share_for_all() -> None:
    assert epsilon_greedy(seen([1, 5], [10, 10]), random())[0] == pytest.approx([0.05, 0.95])


def test_ucb1_prefers_what_is_wider_where_rates_are_equal() -> None:
    assert ucb1(seen([10, 1], [100, 10]), random()).tolist() == [[0.0, 1.0]]


def test_kl_ucb_agrees_with_a_root_search() -> None:
    converted, users = [30.0, 18.0, 3.0], [200.0, 90.0, 20.0]

    def upper(x: float, n: float) -> float:
        p, bound = x / n, np.log(sum(users))
        return brentq(lambda q: n * (p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q))) - bound, p, 1 - 1e-9)

    best = int(np.argmax([upper(x, n) for x, n in zip(converted, users, strict=True)]))
    assert kl_ucb(seen(converted, users), random()).argmax() == best
