from itertools import permutations

import numpy as np
import pytest
from hypothesis import given

from analytics.attribution.paths import Paths, paths_of
from analytics.attribution.shapley import set_credit, set_model
from semantic.errors import ProductError
from tests.analytics.attribution.drawn_paths import drawn_paths, lists_of, random_paths, table


def by_permutations(paths: Paths) -> np.ndarray:
    """Return credit from the definition: each channel joins in every order, journey set by journey set."""
    sums: dict[frozenset, np.ndarray] = {}
    for path, count, converted in zip(lists_of(paths), paths.counts, paths.conversions, strict=True):
        sums[frozenset(path)] = sums.get(frozenset(path), np.zeros(2)) + np.array([count, converted])
    rate = {key: converted / count for key, (count, converted) in sums.items() if count > 0 and key}
    credit = np.zeros(paths.n_channels)
    for members, (count, converted) in sums.items():
        orders = list(permutations(members)) if converted > 0 and members else []
        for order in orders:
            for place, channel in enumerate(order):
                gain = rate.get(frozenset(order[: place + 1]), 0) - rate.get(frozenset(order[:place]), 0)
                credit[channel] += gain * count / len(orders)
    return credit


def test_a_game_of_two_channels_by_hand() -> None:
    paths = table({"a": (10, 90), "b": (20, 80), "a > b": (30, 70)})
    # On {a, b}: a adds 0.1 alone and 0.1 after b; b adds 0.2 alone and 0.2 after a: 10 and 20 of 30.
    assert set_credit(paths).conversions == pytest.approx([20, 40])


def test_a_channel_that_goes_with_fewer_conversions_loses_credit() -> None:
    paths = table({"a": (50, 50), "a > b": (10, 90)})
    assert set_credit(paths).conversions == pytest.approx([50 + 30, -20])


@given(drawn_paths())
def test_credit_is_that_of_all_orders_of_joining(paths: Paths) -> None:
    assert set_credit(paths).conversions == pytest.approx(by_permutations(paths), abs=1e-9)


@given(drawn_paths())
def test_credit_adds_up_to_all_conversions_and_all_value(paths: Paths) -> None:
    credit = set_credit(paths)
    assert credit.conversions.sum() + credit.unassigned == pytest.approx(paths.conversions.sum())
    assert credit.value.sum() + credit.unassigned_value == pytest.approx(paths.value.sum())


def test_channels_that_only_others_touched_do_not_count_for_the_limit() -> None:
    journeys = [[code] for code in range(30)] + [[0, 29]]
    credit = set_credit(paths_of(journeys, [1] + [0] * 30, counts=[2] * 31))
    assert credit.conversions.tolist() == [1] + [0] * 29


def test_too_many_channels_are_refused_with_a_remedy() -> None:
    with pytest.raises(ProductError, match="merge rare channels"):
        set_credit(paths_of([[code] for code in range(21)], [1] * 21))


def test_twenty_channels_still_add_up() -> None:
    paths = random_paths(20_000, 20, 5)
    credit = set_credit(paths)
    assert credit.conversions.sum() == pytest.approx(paths.conversions.sum(), rel=1e-9)


def test_a_model_takes_other_weights_of_the_same_paths() -> None:
    paths = table({"a": (3, 3), "a > b": (2, 3), "b": (1, 4)})
    converted = np.array([1.0, 2.0, 0.0])
    other = paths.weighted(np.array([4.0, 3.0, 5.0]), converted, converted)
    assert set_model(paths)(other).conversions == pytest.approx(by_permutations(other))


def test_without_touches_all_is_unassigned() -> None:
    assert set_credit(paths_of([[]], [2], counts=[5])).unassigned == 2
