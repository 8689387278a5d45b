"""The model on Online Shoppers Intention (Sakar et al. 2018): the best published figures, and what a month leaves."""

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score
from sklearn.model_selection import StratifiedKFold

from model.examples import Examples, Feature
from model.trees import TreeSettings, grow

pytestmark = pytest.mark.slow
SETTINGS = TreeSettings(depth=4, learning_rate=0.05)
CATEGORIES = {"Month", "OperatingSystems", "Browser", "Region", "TrafficType", "VisitorType", "Weekend"}


@pytest.fixture(scope="module")
def shoppers(shared_data: Path) -> Examples:
    """Return all 17 columns of the 12,330 sessions."""
    with gzip.open(shared_data / "online_shoppers" / "online_shoppers_intention.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    texts = {name: [row[name] for row in rows] for name in rows[0]}
    y = np.array([text == "TRUE" for text in texts.pop("Revenue")], np.float64)
    features, columns = zip(*(column_of(name, column) for name, column in texts.items()), strict=True)
    return Examples(features, np.column_stack(columns), y, np.ones(len(y)), np.arange(len(y)))


def column_of(name: str, texts: list[str]) -> tuple[Feature, np.ndarray]:
    if name not in CATEGORIES:
        return Feature(name, name, "number"), np.array(texts, np.float64)
    members = tuple(sorted(set(texts)))
    return Feature(name, name, "category", members), np.array([members.index(text) for text in texts], np.float64)


def metrics(y: np.ndarray, score: np.ndarray) -> list[float]:
    return [roc_auc_score(y, score), average_precision_score(y, score), brier_score_loss(y, score)]


def in_ten_folds(examples: Examples) -> np.ndarray:
    """Return ROC-AUC, PR-AUC and Brier score, each the mean of ten stratified folds."""
    found = []
    for learned, held in StratifiedKFold(10, shuffle=True, random_state=0).split(examples.x, examples.y):
        trees = grow(examples.rows(learned), SETTINGS, 1)
        found.append(metrics(examples.y[held], np.asarray(trees.predict(examples.x[held], num_threads=1))))
    return np.mean(found, axis=0)


def from_february_to_october(examples: Examples) -> list[float]:
    """Return the same figures of November and December, learned from the months before, Month itself left out."""
    month = examples.features[examples.names.index("Month")]
    is_late = np.isin(examples.column("Month"), [month.members.index(name) for name in ("Nov", "Dec")])
    known = examples.without("Month")
    trees = grow(known.rows(~is_late), SETTINGS, 1)
    return metrics(known.y[is_late], np.asarray(trees.predict(known.x[is_late], num_threads=1)))


def test_ten_folds_are_as_good_as_the_best_published(shoppers: Examples) -> None:
    roc_auc, pr_auc, brier = in_ten_folds(shoppers)
    assert roc_auc >= 0.935
    assert pr_auc >= 0.754
    assert brier <= 0.068


def test_ten_folds_are_better_than_the_baselines(shoppers: Examples, shared_data: Path) -> None:
    expected = json.loads((shared_data / "expected.json").read_text())["online_shoppers"]["baseline_all_features"]
    found = in_ten_folds(shoppers)
    for baseline in expected.values():
        assert found[0] > baseline["roc_auc"]
        assert found[2] < baseline["brier"]


def test_without_the_value_of_pages_little_is_left(shoppers: Examples) -> None:
    roc_auc, pr_auc, _ = in_ten_folds(shoppers.without("PageValues"))
    assert roc_auc == pytest.approx(0.788, abs=0.006)
    assert pr_auc == pytest.approx(0.374, abs=0.006)


def test_later_months_are_foretold_less_well_than_random_sessions(shoppers: Examples) -> None:
    assert from_february_to_october(shoppers)[0] == pytest.approx(0.836, abs=0.006)
