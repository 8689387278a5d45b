from dataclasses import replace

import numpy as np
import pytest

from model.examples import Examples
from model.learners import LEARNERS, Learner
from semantic.errors import InputError

RIVALS = pytest.mark.parametrize("learner", LEARNERS, ids=lambda learner: learner.name)


def log_loss(y: np.ndarray, score: np.ndarray) -> float:
    return float(-np.mean(np.log(np.where(y == 1, score, 1 - score))))


def test_the_model_comes_first() -> None:
    assert [learner.name for learner in LEARNERS] == ["lightgbm", "logistic", "forest", "xgboost", "constant"]


@RIVALS
def test_scores_are_probabilities_no_worse_than_the_base_rate(learner: Learner, sessions: Examples) -> None:
    fitted = learner.fit(sessions, 1)
    score = fitted.score(sessions.x)
    assert 0 < score.min() <= score.max() < 1
    assert score.mean() == pytest.approx(sessions.base_rate, abs=0.01)
    assert log_loss(sessions.y, score) <= log_loss(sessions.y, np.full(len(score), sessions.base_rate)) + 1e-12


@RIVALS
def test_settings_are_texts_and_the_size_is_told(learner: Learner, sessions: Examples) -> None:
    fitted = learner.fit(sessions, 1)
    assert all(isinstance(text, str) for pair in fitted.settings.items() for text in pair)
    assert 0 < fitted.n_bytes < 20_000_000


@RIVALS
def test_equal_seeds_give_equal_scores(learner: Learner, sessions: Examples) -> None:
    first, again = (learner.fit(sessions, 7).score(sessions.x[:500]) for _ in range(2))
    assert again == pytest.approx(first, abs=1e-6)


@RIVALS
def test_missing_values_and_empty_columns_are_taken(learner: Learner, sessions: Examples) -> None:
    x = sessions.x.copy()
    x[::3, 2], x[::4, 6], x[:, 7] = np.nan, np.nan, np.nan
    assert np.isfinite(learner.fit(replace(sessions, x=x), 1).score(x)).all()


@RIVALS
def test_weights_count_as_sessions(learner: Learner, sessions: Examples) -> None:
    weighted = replace(sessions, weight=np.where(sessions.y == 1, 3.0, 1.0))
    score = learner.fit(weighted, 1).score(sessions.x)
    assert np.average(score, weights=weighted.weight) == pytest.approx(weighted.base_rate, abs=0.01)


@RIVALS
def test_one_outcome_is_refused(learner: Learner, sessions: Examples) -> None:
    with pytest.raises(InputError, match="one outcome"):
        learner.fit(replace(sessions, y=np.zeros(len(sessions))), 1)


@RIVALS
def test_twenty_sessions_are_enough_to_answer(learner: Learner, sessions: Examples) -> None:
    few = sessions.rows(np.r_[np.flatnonzero(sessions.y == 1)[:3], np.flatnonzero(sessions.y == 0)[:17]])
    assert np.isfinite(learner.fit(few, 1).score(few.x)).all()
