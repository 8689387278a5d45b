from dataclasses import replace

import numpy as np
import pytest

from model.examples import Examples
from model.learners.inner_split import SHARE, compact, has_both_outcomes, inner_split


def test_single_sessions_are_divided_by_user(sessions: Examples) -> None:
    learned, chosen = inner_split(sessions, 1)
    assert not set(learned.user) & set(chosen.user)
    assert len(learned) + len(chosen) == len(sessions)
    assert len(chosen) / len(sessions) == pytest.approx(SHARE, abs=0.03)


def test_cells_are_divided_session_by_session(sessions: Examples) -> None:
    cells = replace(sessions, weight=np.full(len(sessions), 10.0))
    learned, chosen = inner_split(cells, 1)
    assert learned.n_sessions + chosen.n_sessions == cells.n_sessions
    assert chosen.n_sessions / cells.n_sessions == pytest.approx(SHARE, abs=0.01)
    assert learned.weight.min() > 0 < chosen.weight.min()


def test_equal_seeds_divide_equally(sessions: Examples) -> None:
    parts = [inner_split(sessions, seed)[1].user.tolist() for seed in (1, 1, 2)]
    assert parts[0] == parts[1] != parts[2]


def test_no_sessions_are_divided_into_none(sessions: Examples) -> None:
    assert [len(part) for part in inner_split(sessions.rows(np.zeros(0, int)), 1)] == [0, 0]


def test_both_outcomes_are_looked_for(sessions: Examples) -> None:
    assert has_both_outcomes(sessions)
    assert not has_both_outcomes(sessions.rows(sessions.y == 1))
    assert not has_both_outcomes(sessions.rows(np.zeros(0, int)))


def test_coarse_features_are_gathered_and_fine_ones_left(sessions: Examples) -> None:
    coarse = sessions.without("age", "category", "location", "time_spent_s", "pages_viewed")
    assert len(compact(coarse)) <= 2 * 3 * 3 * 2
    assert compact(coarse).n_sessions == len(sessions)
    assert compact(sessions) is sessions
