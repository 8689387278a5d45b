from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from config import Config, load_config
from etl.sources.synthetic.drawing import Profile
from model.judging import N_PHASES, Judged, Question, judge
from model.progress import Progress
from model.split import hold_out
from model.task import ARRIVAL
from model.trained import Sigmoid
from tests.model.planted import planted

ROOT = Path(__file__).resolve().parents[2]
LEARNERS = ["lightgbm", "logistic", "forest", "xgboost", "constant"]


def config_of() -> Config:
    config = load_config(ROOT / "config.yaml", {})
    return replace(config, model=config.model.model_copy(update={"trees": 20, "folds": 2, "trials": 0}))


def question(n_sessions: int, profile: Profile = "planted") -> Question:
    examples = planted(n_sessions, profile=profile).examples.without("time_spent_s", "pages_viewed")
    return Question(ARRIVAL, examples, hold_out(examples, 1), (), config_of())


@pytest.fixture(scope="module")
def judged() -> Judged:
    return judge(question(8_000), Progress(lambda *_: None, 0))


def test_all_learners_are_judged_on_the_same_hold_out(judged: Judged) -> None:
    assert [learner.name for learner in judged.report.learners] == LEARNERS
    sizes = {learner.held_out["auc"].n for learner in judged.report.learners}
    assert sizes == {judged.report.hold_out.n_test}


def test_accuracy_never_stands_without_that_of_always_guessing_the_same(judged: Judged) -> None:
    assert all({"accuracy", "base_accuracy"} <= set(one.held_out) for one in judged.report.learners)


def test_each_rival_is_compared_in_pairs(judged: Judged) -> None:
    assert {found.learner for found in judged.report.differences} == set(LEARNERS[1:])


def test_the_threshold_is_among_those_that_can_be_chosen(judged: Judged) -> None:
    assert judged.report.threshold == pytest.approx(0.3)
    assert judged.report.threshold in [one.threshold for one in judged.report.thresholds]


def test_segments_are_neither_the_engine_s_choice_nor_consequences(judged: Judged) -> None:
    assert {one.dimension for one in judged.report.segments} == {"age", "gender", "device", "location", "variant"}


def test_a_sigmoid_behind_the_scores_moves_all_that_is_drawn_from_them(judged: Judged) -> None:
    moved = judged.main.recalibrated(Sigmoid(2.0, 0.0))
    assert np.all(np.abs(moved.held_out.score - 0.5) >= np.abs(judged.main.held_out.score - 0.5))
    assert judged.main.recalibrated(Sigmoid()) is judged.main


def test_each_phase_is_told() -> None:
    told: list[str] = []
    judge(question(2_000, "null"), Progress(lambda phase, *_: told.append(phase), 0))
    assert len(told) == N_PHASES
    assert all(phase.startswith("On arrival: ") for phase in told)
