from dataclasses import replace

import numpy as np
import pytest

from model.batch import scores
from model.batch.scores import Scores, names_of_scores
from model.bins import bins_of
from model.predictor import Predictor, probability_of
from model.report import Neighbours
from tests.model.trained_tasks import booster_of, cells_of, random_rows, task_of

COLUMNS = {feature.name: feature.label for feature in task_of("retrospective").features}


@pytest.mark.parametrize("name", ["arrival", "retrospective"])
def test_each_row_has_the_score_of_the_trees(name: str) -> None:
    task = task_of(name)
    rows = random_rows(task.features, 400)
    raw = booster_of(name).predict(rows, raw_score=True) * task.sigmoid.slope + task.sigmoid.intercept
    found = Scores(Predictor(task), COLUMNS).of(rows)
    assert np.abs(found["score"].to_numpy() - probability_of(raw)).max() < 1e-6


def test_drivers_are_the_largest_contributions_in_order() -> None:
    rows = random_rows(task_of().features, 200)
    contributions = cells_of().explain(rows).contributions
    found = Scores(Predictor(task_of(), cells_of()), COLUMNS).of(rows)
    expected = -np.sort(-np.abs(contributions), axis=1)[:, :3]
    effects = np.column_stack([np.abs(found[f"driver_{number}_effect"].to_numpy()) for number in (1, 2, 3)])
    assert np.abs(effects - expected).max() < 1e-4
    names = [feature.label for feature in task_of().features]
    first = np.abs(contributions).argmax(axis=1)
    assert found["driver_1"].to_pylist() == [names[place] for place in first]


def test_table_and_trees_give_equal_columns() -> None:
    rows = random_rows(task_of().features, 200)
    by_cells, by_trees = (Scores(Predictor(task_of(), cells), COLUMNS).of(rows) for cells in (cells_of(), None))
    assert by_cells.equals(by_trees.cast(by_cells.schema))


def test_more_bins_than_can_be_counted_are_compared_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = random_rows(task_of().features, 100)
    expected = Scores(Predictor(task_of()), COLUMNS).of(rows)
    monkeypatch.setattr(scores, "_MOST_CELLS", 1)
    assert Scores(Predictor(task_of()), COLUMNS).of(rows).equals(expected)


def test_fewer_features_than_drivers_leave_the_rest_empty() -> None:
    task = replace(task_of(), features=task_of().features[:2], trees="")
    table = replace(cells_of(), bins=bins_of("", task.features), log_odds=np.zeros(4))
    found = Scores(Predictor(task, replace(table, contributions=np.ones((4, 2)))), COLUMNS).of(np.zeros((1, 2)))
    assert found.column_names == list(names_of_scores())
    assert found.to_pylist()[0]["driver_3"] is None


def test_without_sessions_held_out_there_is_no_interval() -> None:
    task = replace(task_of(), neighbours=Neighbours((), (), (), ()))
    found = Scores(Predictor(task, cells_of()), COLUMNS).of(random_rows(task.features, 2))
    assert found["score_low"].to_pylist() == [None, None]
