import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.attribution import markov
from analytics.attribution.chain import chain_of, transitions_of
from analytics.attribution.markov import Removal, markov_credit, markov_model, removal_of
from analytics.attribution.paths import Paths, paths_of
from tests.analytics.attribution.drawn_paths import drawn_paths, random_paths, table

ORDERS = st.integers(1, 4)


def removal(paths: Paths, order: int = 1) -> Removal:
    chain = chain_of(paths, order)
    return removal_of(chain, transitions_of(chain, paths))


def struck_out(paths: Paths, order: int) -> np.ndarray:
    """Return removal effects by the fundamental matrix of the whole chain, channels sent to no conversion."""
    chain = chain_of(paths, order)
    moves = transitions_of(chain, paths)
    whole = moves.moves.toarray()
    chances = []
    for lost in [np.zeros(len(whole), dtype=bool), *chain.holds.T]:
        left = whole * ~lost
        chances.append((np.linalg.inv(np.eye(len(whole)) - left) @ moves.converts)[0])
    return 1 - np.array(chances[1:]) / chances[0]


def test_the_three_journeys_of_a_well_known_example() -> None:
    paths = table({"c1 > c2 > c3": (1, 0), "c1": (0, 1), "c2 > c3": (0, 1)})
    assert removal(paths).conversions == pytest.approx([0.5, 1, 1])
    assert markov_credit(paths).conversions == pytest.approx([0.2, 0.4, 0.4])


def test_the_five_journeys_of_a_published_explanation() -> None:
    paths = table({"ga": (2, 1), "m": (1, 0), "ga > m": (1, 0)})
    assert removal(paths).conversions == pytest.approx([0.75, 0.5])
    assert markov_credit(paths).conversions == pytest.approx([2.4, 1.6])


@given(drawn_paths(), ORDERS)
def test_credit_adds_up_to_all_conversions_and_all_value(paths: Paths, order: int) -> None:
    credit = markov_credit(paths, order)
    assert (credit.conversions >= 0).all()
    assert credit.conversions.sum() + credit.unassigned == pytest.approx(paths.conversions.sum())
    assert credit.value.sum() + credit.unassigned_value == pytest.approx(paths.value.sum())


@given(drawn_paths(), ORDERS)
def test_effects_are_those_of_the_fundamental_matrix(paths: Paths, order: int) -> None:
    paths = paths.chosen(paths.has_touch & (paths.counts > 0))
    if paths.conversions.sum():
        assert removal(paths, order).conversions == pytest.approx(struck_out(paths, order), abs=1e-12)


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_a_series_gives_what_solving_gives(order: int, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = random_paths(2_000, 4, 3).aggregated()
    solved = removal(paths, order)
    monkeypatch.setattr(markov, "_FEW_STATES", 0)
    summed = removal(paths, order)
    assert summed.conversions == pytest.approx(solved.conversions, abs=1e-13)
    assert summed.value == pytest.approx(solved.value, abs=1e-13)


def test_journeys_that_hardly_end_are_solved_where_a_series_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = table({"a > b > " * 400 + "a": (1, 1)})
    solved = removal(paths)
    monkeypatch.setattr(markov, "_FEW_STATES", 0)
    monkeypatch.setattr(markov, "_MOST_STEPS", 50)
    assert removal(paths).conversions == pytest.approx(solved.conversions)


def test_value_follows_where_the_dear_conversions_come_from() -> None:
    paths = paths_of([[0], [1]], [10, 10], [10, 990], [100, 100])
    credit = markov_credit(paths)
    assert credit.conversions == pytest.approx([10, 10])
    assert credit.value == pytest.approx([10, 990])


def test_a_model_takes_other_weights_of_the_same_paths() -> None:
    paths = table({"a > b": (2, 3), "b": (1, 4)})
    counts, converted = np.array([7.0, 2.0]), np.array([1.0, 2.0])
    other = paths.weighted(counts, converted, converted)
    assert markov_model(paths, 2)(other).conversions == pytest.approx(markov_credit(other, 2).conversions)


def test_without_conversions_nobody_gets_credit() -> None:
    assert markov_credit(table({"a > b": (0, 3)})).conversions.tolist() == [0, 0]


def test_without_touches_all_is_unassigned() -> None:
    credit = markov_credit(paths_of([[]], [2], counts=[5]))
    assert (credit.conversions.tolist(), credit.unassigned) == ([], 2)
