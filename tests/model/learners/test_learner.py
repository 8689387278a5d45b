import numpy as np
import pytest

from model.examples import Examples, Floats
from model.learners.constant import Constant
from model.learners.learner import cross_score, fit_all


class Rote:
    """Scores each session by whether it was learned from."""

    name, label = "rote", "Rote"

    def fit(self, examples: Examples, seed: int) -> "Rote":
        self.known = set(examples.column("time_spent_s"))
        return self

    def score(self, x: Floats) -> Floats:
        return np.array([value in self.known for value in x[:, 6]], float)


def test_no_session_is_scored_by_what_learned_from_it(sessions: Examples) -> None:
    distinct = sessions.rows(np.unique(sessions.column("time_spent_s"), return_index=True)[1])
    fold = np.random.default_rng(0).integers(4, size=len(distinct))
    assert cross_score(Rote(), distinct, fold, 1).max() == 0  # type: ignore[arg-type]


def test_scores_come_in_the_order_of_the_rows(sessions: Examples) -> None:
    fold = sessions.y.astype(int).copy()
    fold[:10] = 1 - fold[:10]
    found = cross_score(Constant(), sessions, fold, 1)
    rates = [sessions.rows(fold != part).base_rate for part in (0, 1)]
    assert found == pytest.approx(np.where(fold == 0, rates[0], rates[1]))


def test_all_learners_are_fitted_in_order_and_timed(sessions: Examples) -> None:
    fits = fit_all([Constant(), Constant(name="other")], sessions, 1)
    assert [fit.learner.name for fit in fits] == ["constant", "other"]
    assert all(fit.seconds >= 0 and fit.fitted.n_bytes == 8 for fit in fits)
