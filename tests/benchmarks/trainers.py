"""Contenders of the benchmark of training; each is trained in a process of its own: ``trainers NAME FOLDER``."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from model.examples import Examples, Feature, Floats
from model.tree_settings import TreeSettings

SETTINGS = TreeSettings()
_ROWS_AT_ONCE = 1 << 20
Scorer = Callable[[Floats], Floats]


def main(name: str, folder: str) -> None:
    """Print seconds, megabytes at the peak and after the imports, and keep the scores of the sessions held out."""
    place = Path(folder)
    train = CONTENDERS[name]
    features = tuple(Feature(f["name"], f["name"], f["kind"], tuple(f["members"])) for f in _json(place))
    _import_all(name)
    before = _peak_mb()
    begin = time.perf_counter()
    scorer = train(place, features)
    seconds = time.perf_counter() - begin
    peak = _peak_mb()
    held_out = np.load(place / "held_out.npy").astype(np.float64)
    np.save(place / f"{name}.npy", scorer(held_out))
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "imports_mb": before}))


def ours_from_cells(place: Path, features: tuple[Feature, ...]) -> Scorer:
    """Count the rows into cells, then grow trees on these."""
    from model.trees import grow

    booster = grow(_cells(place, features), SETTINGS, 1)
    return lambda x: np.asarray(booster.predict(x))


def ours_from_rows(place: Path, features: tuple[Feature, ...]) -> Scorer:
    """Grow trees on the rows."""
    from model.trees import grow

    y = np.load(place / "y.npy").astype(np.float64)
    x = np.load(place / "x.npy").astype(np.float64)
    booster = grow(Examples(features, x, y, np.ones(len(y)), np.zeros(len(y), np.int64)), SETTINGS, 1)
    return lambda x: np.asarray(booster.predict(x))


def hist_gradient_boosting(place: Path, features: tuple[Feature, ...]) -> Scorer:
    """Train scikit-learn's histogram boosting, set alike."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    learner = HistGradientBoostingClassifier(
        learning_rate=SETTINGS.learning_rate,
        max_iter=SETTINGS.trees,
        max_depth=SETTINGS.depth,
        min_samples_leaf=int(SETTINGS.min_sessions_in_leaf),
        l2_regularization=SETTINGS.l2,
        categorical_features=[feature.kind == "category" for feature in features],
        early_stopping=False,
        random_state=1,
    )
    learner.fit(np.load(place / "x.npy").astype(np.float32), np.load(place / "y.npy"))
    return lambda x: np.asarray(learner.predict_proba(x)[:, 1])


def xgboost_hist(place: Path, features: tuple[Feature, ...]) -> Scorer:
    """Train XGBoost's histogram trees, set alike."""
    import xgboost

    kinds = ["c" if feature.kind == "category" else "q" for feature in features]
    y = np.load(place / "y.npy").astype(np.float32)
    x = np.load(place / "x.npy").astype(np.float32)
    data = xgboost.QuantileDMatrix(x, y, feature_types=kinds, enable_categorical=True)
    rate = float(y.mean())
    parameters = {
        "objective": "binary:logistic",
        "tree_method": "hist",
        "max_depth": SETTINGS.depth,
        "eta": SETTINGS.learning_rate,
        "lambda": SETTINGS.l2,
        "min_child_weight": SETTINGS.min_sessions_in_leaf * rate * (1 - rate),
        "max_cat_to_onehot": SETTINGS.one_hot_up_to,
        "base_score": rate,
    }
    booster = xgboost.train(parameters, data, SETTINGS.trees)
    return lambda x: np.asarray(booster.predict(xgboost.DMatrix(x, feature_types=kinds, enable_categorical=True)))


CONTENDERS: dict[str, Callable[[Path, tuple[Feature, ...]], Scorer]] = {
    "LightGBM, cells": ours_from_cells,
    "LightGBM, rows": ours_from_rows,
    "HistGradientBoosting": hist_gradient_boosting,
    "XGBoost": xgboost_hist,
}


def _import_all(name: str) -> None:
    """Import what the contender needs, so that importing is not timed."""
    if name.startswith("LightGBM"):
        import model.trees  # noqa: F401
    elif name == "XGBoost":
        import xgboost  # noqa: F401
    else:
        import sklearn.ensemble  # noqa: F401


def _cells(place: Path, features: tuple[Feature, ...]) -> Examples:
    """Return the cells of the rows, counted a block at a time."""
    x, y = np.load(place / "x.npy", mmap_mode="r"), np.load(place / "y.npy", mmap_mode="r")
    shape = (*(int(x[:, column].max()) + 1 for column in range(len(features))), 2)
    counts = np.zeros(int(np.prod(shape)), np.int64)
    for first in range(0, len(y), _ROWS_AT_ONCE):
        block, outcome = x[first : first + _ROWS_AT_ONCE], y[first : first + _ROWS_AT_ONCE]
        key = np.ravel_multi_index((*block.T.astype(np.int64), outcome.astype(np.int64)), shape)
        counts += np.bincount(key, minlength=len(counts))
    kept = np.flatnonzero(counts)
    codes = np.unravel_index(kept, shape)
    values = np.column_stack(codes[:-1]).astype(np.float64)
    return Examples(
        features, values, codes[-1].astype(np.float64), counts[kept].astype(np.float64), np.arange(len(kept))
    )


def _json(place: Path) -> list[dict[str, Any]]:
    return list(json.loads((place / "features.json").read_text()))


def _peak_mb() -> float:
    """Return the most memory that this process held; what ``getrusage`` tells would be its parent's."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
