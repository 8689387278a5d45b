from dataclasses import replace

import numpy as np
import pytest

from model.examples import Examples
from model.trees import TreeSettings, grow, threads_for
from semantic.errors import InputError
from tests.model.planted import planted

SETTINGS = TreeSettings(trees=40)


@pytest.fixture(scope="module")
def sessions() -> Examples:
    return planted(20_000).arrival


def shuffled(examples: Examples) -> Examples:
    return examples.rows(np.random.default_rng(5).permutation(len(examples)))


def test_cells_give_the_trees_of_the_single_sessions(sessions: Examples) -> None:
    single, gathered = grow(sessions, SETTINGS, 1), grow(sessions.gathered(), SETTINGS, 1)
    assert gathered.predict(sessions.x) == pytest.approx(single.predict(sessions.x), abs=1e-8)


def test_contributions_of_cells_are_those_of_the_single_sessions(sessions: Examples) -> None:
    single, gathered = grow(sessions, SETTINGS, 1), grow(sessions.gathered(), SETTINGS, 1)
    found = gathered.predict(sessions.x[:2000], pred_contrib=True)
    assert found == pytest.approx(single.predict(sessions.x[:2000], pred_contrib=True), abs=1e-7)


def test_the_order_of_rows_does_not_matter(sessions: Examples) -> None:
    found = grow(shuffled(sessions), SETTINGS, 1).predict(sessions.x)
    assert found == pytest.approx(grow(sessions, SETTINGS, 1).predict(sessions.x), abs=1e-8)


def test_heavy_cells_count_as_their_sessions(sessions: Examples) -> None:
    cells = sessions.gathered()
    heavy = replace(cells, weight=cells.weight * 1000)
    many = replace(SETTINGS, min_sessions_in_leaf=SETTINGS.min_sessions_in_leaf * 1000, l2=SETTINGS.l2 * 1000)
    found = grow(heavy, many, 1).predict(sessions.x)
    assert found == pytest.approx(grow(cells, SETTINGS, 1).predict(sessions.x), abs=1e-6)


@pytest.mark.parametrize("threads", [1, 2])
def test_training_again_gives_the_same_text_for_any_threads(sessions: Examples, threads: int) -> None:
    first = grow(sessions, SETTINGS, 1, threads=1).model_to_string()
    assert grow(sessions, SETTINGS, 1, threads=threads).model_to_string() == first
    assert "num_threads" not in first


def test_few_rows_have_one_thread() -> None:
    assert [threads_for(rows) for rows in (0, 199_999, 200_000)] == [1, 1, 0]


def test_growth_ends_where_held_out_sessions_gain_nothing(sessions: Examples) -> None:
    patient = replace(SETTINGS, trees=400, learning_rate=0.5, stop_after=5)
    trees = grow(sessions, patient, 1, valid=planted(20_000, seed=2).arrival)
    assert trees.num_trees() < 100


def test_a_column_that_never_changes_gives_the_base_rate(sessions: Examples) -> None:
    bare = replace(sessions, x=np.zeros_like(sessions.x))
    assert grow(bare, SETTINGS, 1).predict(bare.x[:2]) == pytest.approx(sessions.base_rate)


def test_missing_values_are_learned_from(sessions: Examples) -> None:
    x = np.where(sessions.y[:, None] == 1, np.nan, sessions.x)
    found = grow(replace(sessions, x=x), SETTINGS, 1).predict(x)
    assert found[sessions.y == 1].min() > found[sessions.y == 0].max()


@pytest.mark.parametrize(("outcome", "told"), [(1.0, "all 20,000 sessions have one outcome"), (None, "no session")])
def test_one_outcome_is_refused_in_words(sessions: Examples, outcome: float | None, told: str) -> None:
    examples = sessions.rows(np.zeros(0, int)) if outcome is None else replace(sessions, y=np.ones(len(sessions)))
    with pytest.raises(InputError, match=told):
        grow(examples, SETTINGS, 1)
