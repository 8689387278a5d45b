from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.attribution.chain import chain_of, transitions_of
from analytics.attribution.paths import Paths
from semantic.errors import ProductError
from tests.analytics.attribution.drawn_paths import drawn_paths, lists_of, table


def moves_of(rows: dict[str, tuple[float, float]], order: int = 1):
    paths = table(rows)
    return transitions_of(chain_of(paths, order), paths)


def plain_steps(paths: Paths, order: int) -> Counter:
    """Return how often each step between different states was taken, journey by journey."""
    steps: Counter = Counter()
    for path, count in zip(lists_of(paths), paths.counts, strict=True):
        windows = [path[end - order : end] for end in range(order, len(path) + 1)] or [path]
        states = [(), *(w for before, w in zip([(), *windows], windows, strict=False) if before != w)]
        for pair in pairwise(states):
            steps[pair] += count
    return steps


def test_a_published_example_of_transitions() -> None:
    moves = moves_of({"ga": (2, 1), "m": (1, 0), "ga > m": (1, 0)})
    assert moves.moves.toarray() == pytest.approx(np.array([[0, 0.8, 0.2], [0, 0, 0.25], [0, 0, 0]]))
    assert moves.converts == pytest.approx([0, 0.5, 1])
    assert moves.ends == pytest.approx([0, 0.25, 0])


def test_transitions_of_the_tests_of_another_package() -> None:
    moves = moves_of({"a > b": (3, 1), "a > c": (1, 1)})
    assert moves.moves.toarray()[1] == pytest.approx([0, 0, 2 / 3, 1 / 3])
    assert moves.converts == pytest.approx([0, 0, 0.75, 0.5])


def test_a_step_to_the_same_channel_is_no_step() -> None:
    assert moves_of({"a > a > b": (1, 0)}).moves.toarray() == pytest.approx(np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]]))


@given(drawn_paths(), st.integers(1, 4))
def test_steps_are_those_counted_journey_by_journey(paths: Paths, order: int) -> None:
    paths = paths.chosen(paths.has_touch & (paths.counts > 0))
    chain = chain_of(paths, order)
    names = [tuple(int(code) for code in state[::-1] if code >= 0) for state in chain.states]
    counted = np.bincount(chain.step, paths.counts[chain.step_path], minlength=len(chain.source))
    found = {(names[a], names[b]): n for a, b, n in zip(chain.source, chain.target, counted, strict=True)}
    assert found == pytest.approx(dict(plain_steps(paths, order)))


@given(drawn_paths(), st.integers(1, 4))
def test_all_that_comes_to_a_state_leaves_it(paths: Paths, order: int) -> None:
    paths = paths.chosen(paths.has_touch & (paths.counts > 0))
    moves = transitions_of(chain_of(paths, order), paths)
    assert moves.moves.sum(axis=1) + moves.converts + moves.ends == pytest.approx(1.0 if len(paths.counts) else 0.0)


def test_a_state_knows_which_channels_it_remembers() -> None:
    chain = chain_of(table({"a > b > a": (1, 0), "b": (1, 0)}), 2)
    assert {tuple(row) for row in chain.states.tolist()} == {(-1, -1), (1, 0), (0, 1), (1, -1)}
    assert chain.holds.sum(axis=1).tolist() == [0, 1, 2, 2]


@pytest.mark.parametrize("order", [0, 5])
def test_other_orders_are_refused(order: int) -> None:
    with pytest.raises(ProductError, match="1 to 4"):
        chain_of(table({"a": (1, 0)}), order)
