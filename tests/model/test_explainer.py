from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from model.explainer import TreeExplainer
from model.trained import Sigmoid
from tests.model.trained_tasks import booster_of, random_rows, task_of


def test_log_odds_are_those_of_the_trees() -> None:
    task = replace(task_of("retrospective"), sigmoid=Sigmoid())
    rows = random_rows(task.features, 500)
    found = TreeExplainer(task).explain(rows)
    assert np.abs(found.log_odds - booster_of("retrospective").predict(rows, raw_score=True)).max() < 1e-9


def test_a_sigmoid_scales_contributions_and_moves_the_base() -> None:
    rows = random_rows(task_of().features, 100)
    plain = TreeExplainer(replace(task_of(), sigmoid=Sigmoid())).explain(rows)
    found = TreeExplainer(replace(task_of(), sigmoid=Sigmoid(0.5, -1.0))).explain(rows)
    assert np.allclose(found.contributions, plain.contributions / 2, atol=1e-12)
    assert np.allclose(found.log_odds, plain.log_odds / 2 - 1, atol=1e-12)


def test_threads_that_ask_at_once_are_answered_alike() -> None:
    explainer, rows = TreeExplainer(task_of()), random_rows(task_of().features, 200)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: explainer.explain(rows).log_odds, range(16)))
    assert all(np.array_equal(found[0], other) for other in found)


def test_no_rows_give_no_predictions() -> None:
    assert TreeExplainer(task_of()).explain(np.zeros((0, 6))).log_odds.shape == (0,)
