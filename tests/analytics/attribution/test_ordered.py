from itertools import permutations

import numpy as np
import pytest
from hypothesis import given

from analytics.attribution import ordered
from analytics.attribution.ordered import first_touches, ordered_credit, tree_of
from analytics.attribution.paths import Paths, paths_of
from analytics.attribution.shapley import set_credit
from semantic.errors import ProductError
from tests.analytics.attribution.drawn_paths import drawn_paths, lists_of, random_paths, table


def by_permutations(paths: Paths) -> np.ndarray:
    """Return credit from the definition: channels join in every order, coalitions keep the order of the journey."""
    sums: dict[tuple, np.ndarray] = {}
    for path, count, converted in zip(lists_of(paths), paths.counts, paths.conversions, strict=True):
        key = tuple(dict.fromkeys(path))
        sums[key] = sums.get(key, np.zeros(2)) + np.array([count, converted])
    rate = {key: converted / count for key, (count, converted) in sums.items() if count > 0 and key}
    credit = np.zeros(paths.n_channels)
    for journey, (count, converted) in sums.items():
        joins = list(permutations(journey)) if converted > 0 and journey else []
        for join in joins:
            worth = [rate.get(tuple(c for c in journey if c in join[:k]), 0.0) for k in range(len(join) + 1)]
            for channel, gain in zip(join, np.diff(worth), strict=True):
                credit[channel] += gain * count / len(joins)
    return credit


def test_the_order_of_first_touches_is_what_counts() -> None:
    paths = table({"a": (10, 90), "b": (20, 80), "b > a > b": (30, 70), "a > b": (0, 100)})
    assert lists_of(first_touches(paths))[2] == (1, 0)
    assert ordered_credit(paths).conversions == pytest.approx([20, 40])


@given(drawn_paths())
def test_credit_is_that_of_all_orders_of_joining(paths: Paths) -> None:
    assert ordered_credit(paths).conversions == pytest.approx(by_permutations(paths), abs=1e-9)


@given(drawn_paths())
def test_credit_adds_up_to_all_conversions_and_all_value(paths: Paths) -> None:
    credit = ordered_credit(paths)
    assert credit.conversions.sum() + credit.unassigned == pytest.approx(paths.conversions.sum())
    assert credit.value.sum() + credit.unassigned_value == pytest.approx(paths.value.sum())


@given(drawn_paths())
def test_where_all_journeys_go_one_way_order_does_not_matter(paths: Paths) -> None:
    starts = paths.owner
    sorted_ = paths.channels[np.lexsort((paths.channels, starts))]
    one_way = Paths(sorted_, paths.offsets, paths.counts, paths.conversions, paths.value, paths.n_channels)
    assert ordered_credit(one_way).conversions == pytest.approx(set_credit(one_way).conversions, abs=1e-9)


def test_a_tree_has_a_node_for_each_beginning() -> None:
    tree = tree_of(paths_of([[0, 1], [1], [0, 2], []], [1, 1, 1, 1]))
    assert len(tree.children) - 1 == 1 + 2 + 2
    assert tree.children[tree.children[0, 0], 1] == tree.node[0]
    assert (tree.children[-1] == len(tree.children) - 1).all()


def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = random_paths(3_000, 6, 2)
    whole = ordered_credit(paths).conversions
    monkeypatch.setattr(ordered, "_AT_ONCE", 8)
    assert ordered_credit(paths).conversions == pytest.approx(whole)


def test_too_many_subsequences_are_refused_with_a_remedy() -> None:
    with pytest.raises(ProductError, match="merge rare channels"):
        ordered_credit(paths_of([list(range(27))], [1]))
