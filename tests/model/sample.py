"""A trained model with a small real booster and a report of every part, made in a moment."""

import numpy as np

from analytics.estimate import Estimate
from model.examples import Feature
from model.report import (
    Calibration,
    Curves,
    DataFacts,
    FeatureFacts,
    HoldOut,
    LearnerFacts,
    Neighbours,
    Report,
    Signal,
    TaskReport,
)
from model.task import TASKS, Task
from model.trained import Sigmoid, Trained, TrainedTask

RATE = Estimate(0.3, 0.29, 0.31, 6_000)
AUC = Estimate(0.65, 0.63, 0.67, 1_500)
DEVICE = Feature("device", "Device", "category", ("Mobile", "Desktop", "Tablet"), aliases=(("Phone", "Mobile"),))
AGE = Feature("age", "Age", "number", low=18.0, high=64.0, unit="years")
TIME = Feature("time_spent_s", "Time spent", "number", low=1.0, high=900.0, unit="s", is_post_treatment=True)
NEIGHBOURS = Neighbours((0.2, 0.4), (0.18, 0.37), (0.22, 0.43), (500, 400))
CURVES = Curves(
    ((0.0, 0.0), (1.0, 1.0)), (), (), ((0.3, 0.31, 0.28, 0.34),), ((0.3, 0.28, 0.32),), (1.0,), (1.0,), (0.0, 1.0)
)


def sample_trees(features: tuple[Feature, ...], seed: int = 0) -> str:
    """Return the text of a few trees that were grown on drawn rows."""
    import lightgbm

    draw = np.random.default_rng(seed)
    x = np.column_stack(
        [draw.integers(3, size=800) if f.kind == "category" else draw.uniform(18, 64, 800) for f in features]
    )
    y = draw.random(800) < 0.2 + 0.2 * (x[:, 0] == 0) + 0.004 * x[:, -1]
    settings = {"objective": "binary", "verbose": -1, "num_threads": 1, "deterministic": True, "force_row_wise": True}
    data = lightgbm.Dataset(x, y.astype(float), categorical_feature=[0])
    return str(lightgbm.train({**settings, "max_depth": 3, "seed": 1}, data, num_boost_round=8).model_to_string())


def sample_trained(seed: int = 0, *, data_hash: str = "a" * 64, data_version: int = 1, seconds: float = 0.4) -> Trained:
    """Return a training of two tasks; equal seeds give equal trees."""
    names = {"arrival": (DEVICE, AGE), "retrospective": (DEVICE, AGE, TIME)}
    tasks = tuple(_trained_task(task, names[task.name], seed) for task in TASKS)
    reports = tuple(_task_report(task, names[task.name], seconds) for task in TASKS)
    facts = DataFacts(
        data_version, data_hash, "simulated", 6_000, 1_800, 6_000, 4_000, RATE, "2026-07-01", "2026-08-29"
    )
    return Trained(Report(facts, 0.95, reports, Estimate(0.1, 0.08, 0.12, 1_500), settings={"trees": "150"}), tasks)


def _trained_task(task: Task, features: tuple[Feature, ...], seed: int) -> TrainedTask:
    return TrainedTask(task.name, features, sample_trees(features, seed), Sigmoid(1.1, -0.05), RATE, NEIGHBOURS, False)


def _task_report(task: Task, features: tuple[Feature, ...], seconds: float) -> TaskReport:
    facts = tuple(
        FeatureFacts(f.name, f.label, f.kind, f.unit, f.members, *((f.low, f.high) if f.kind == "number" else ()))
        for f in features
    )
    scores = {"auc": AUC, "pr_auc": Estimate(0.5, 0.47, 0.53, 1_500), "brier": Estimate(0.19, None, None, 1_500)}
    learner = LearnerFacts("lightgbm", "LightGBM", {"trees": "8"}, scores, scores, seconds, 9_000)
    return TaskReport(
        task.name, task.title, task.question, task.caution, facts, (),
        Signal("signal", "The features tell who converts.", AUC, 1e-9, 1e-8, 2e-9, 0.53),
        HoldOut("later", "2026-08-15", 4_500, 1_500, 100, 1_100, RATE),
        (learner,), (),
        CURVES,
        0.2, (), (),
        Calibration(0.4, AUC, AUC, Estimate(0.01, 0.0, 0.02, 1_500), 0.01, False, "The scores are rates as they are."),
        NEIGHBOURS,
    )  # fmt: skip
