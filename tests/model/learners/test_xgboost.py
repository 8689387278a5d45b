import numpy as np
import pytest

from model.examples import Examples
from model.learners.lightgbm import LightGBM
from model.learners.xgboost import XGBoost
from model.trees import TreeSettings


def test_it_grows_what_lightgbm_grows_from_equal_settings(sessions: Examples) -> None:
    arrival = sessions.without("time_spent_s", "pages_viewed")
    settings = TreeSettings(trees=20)
    found, expected = (learner(settings).fit(arrival, 1).score(arrival.x) for learner in (XGBoost, LightGBM))
    assert np.mean(np.abs(found - expected)) < 0.002


def test_growth_ends_by_the_inner_part(sessions: Examples) -> None:
    noise = sessions.x[np.random.default_rng(2).permutation(len(sessions))]
    shuffled = Examples(sessions.features, noise, sessions.y, sessions.weight, sessions.user)
    assert int(XGBoost().fit(shuffled, 1).settings["trees"]) < 40


def test_a_category_missing_in_training_can_be_scored(sessions: Examples) -> None:
    few = sessions.rows(sessions.column("location") != 5)
    score = XGBoost().fit(few, 1).score(sessions.x)
    assert score.mean() == pytest.approx(sessions.base_rate, abs=0.02)
