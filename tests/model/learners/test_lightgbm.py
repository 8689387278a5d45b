import numpy as np
import pytest

from model.examples import Examples
from model.learners.lightgbm import LightGBM
from model.trees import TreeSettings


def test_the_trees_are_those_that_the_settings_tell(sessions: Examples) -> None:
    fitted = LightGBM().fit(sessions, 1)
    assert fitted.settings["trees"] == str(fitted.booster.num_trees())
    assert TreeSettings.from_text(fitted.settings).depth == 3
    assert fitted.n_bytes == len(fitted.booster.model_to_string())


def test_growth_ends_by_the_inner_part(sessions: Examples) -> None:
    noise = sessions.x[np.random.default_rng(2).permutation(len(sessions))]
    shuffled = Examples(sessions.features, noise, sessions.y, sessions.weight, sessions.user)
    assert (
        LightGBM().best_number(shuffled, 1) < 40 < LightGBM(TreeSettings(learning_rate=0.02)).best_number(sessions, 1)
    )


def test_an_inner_part_of_one_outcome_leaves_the_number_as_it_is(sessions: Examples) -> None:
    few = sessions.rows(np.r_[np.flatnonzero(sessions.y == 1)[:1], np.flatnonzero(sessions.y == 0)[:9]])
    assert LightGBM(TreeSettings(trees=7)).best_number(few, 1) == 7


def test_cells_are_scored_like_their_sessions(sessions: Examples) -> None:
    arrival = sessions.without("time_spent_s", "pages_viewed")
    single, cells = LightGBM().fit(arrival, 1), LightGBM().fit(arrival.gathered(), 1)
    assert cells.score(arrival.x) == pytest.approx(single.score(arrival.x), abs=0.1)
