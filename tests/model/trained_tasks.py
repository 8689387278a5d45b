"""Small trained tasks to predict with, made without a database; trees are grown once a process."""

from functools import cache
from typing import Any

import lightgbm
import numpy as np

from analytics.estimate import Estimate
from model.cells import CellTable, make_cells
from model.examples import Examples, Feature, Floats
from model.report import Neighbours
from model.task import TaskName
from model.trained import Sigmoid, TrainedTask
from tests.model.planted import planted

NEIGHBOURS = Neighbours(
    scores=(0.05, 0.10, 0.20, 0.40), low=(0.04, 0.08, 0.17, 0.30), high=(0.06, 0.12, 0.24, 0.52), n=(900, 800, 400, 90)
)
SIGMOID = Sigmoid(slope=0.9, intercept=-0.05)
_SETTINGS = {"objective": "binary", "num_leaves": 8, "max_depth": 3, "num_threads": 1, "verbosity": -1}


@cache
def booster_of(name: TaskName = "arrival") -> Any:
    """Return trees of planted sessions, some values of which are missing."""
    found = _examples(name)
    places = [place for place, feature in enumerate(found.features) if feature.kind == "category"]
    rows = lightgbm.Dataset(found.x, found.y, feature_name=list(found.names), categorical_feature=places)
    return lightgbm.train(_SETTINGS, rows, 60)


@cache
def task_of(name: TaskName = "arrival", *, is_withheld: bool = False) -> TrainedTask:
    """Return a task with those trees."""
    text, features = booster_of(name).model_to_string(), _examples(name).features
    return TrainedTask(name, features, text, SIGMOID, Estimate(0.12, 0.115, 0.125, 20_000), NEIGHBOURS, is_withheld)


@cache
def cells_of(name: TaskName = "arrival") -> CellTable:
    """Return the table of cells of that task."""
    table = make_cells(task_of(name), booster_of(name))
    assert table is not None
    return table


def random_rows(features: tuple[Feature, ...], n_rows: int, seed: int = 5) -> Floats:
    """Return rows of any values that the features may have, some missing, numbers also between the learned ones."""
    rng = np.random.default_rng(seed)
    columns = [
        rng.integers(0, len(feature.members), n_rows).astype(float)
        if feature.kind == "category"
        else rng.choice([1.0, 0.37]) * np.rint(rng.uniform(feature.low, feature.high, n_rows))
        for feature in features
    ]
    rows = np.column_stack(columns)
    return np.where(rng.random(rows.shape) < 0.1, np.nan, rows)


@cache
def _examples(name: TaskName) -> Examples:
    drawn = planted(20_000)
    found = drawn.examples if name == "retrospective" else drawn.arrival
    x = np.where(np.random.default_rng(3).random(found.x.shape) < 0.03, np.nan, found.x)
    return Examples(found.features, x, found.y, found.weight, found.user, found.day)
