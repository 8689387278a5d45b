from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as oracle

from model.scored import Scored
from model.scoring.metrics import (
    METRICS,
    brier_influence,
    cross_validated_metrics,
    log_loss_influence,
    metrics_of,
)
from tests.model.scoring.scored_rows import copied, scored_rows, weighted


def expected_of(rows: Scored, threshold: float) -> dict[str, float]:
    y, score, weight, chosen = rows.y, rows.score, rows.weight, rows.score >= threshold
    return {
        "auc": oracle.roc_auc_score(y, score, sample_weight=weight),
        "pr_auc": oracle.average_precision_score(y, score, sample_weight=weight),
        "log_loss": oracle.log_loss(y, score, sample_weight=weight),
        "brier": oracle.brier_score_loss(y, score, sample_weight=weight),
        "accuracy": oracle.accuracy_score(y, chosen, sample_weight=weight),
        "base_accuracy": oracle.accuracy_score(y, np.zeros(len(y)), sample_weight=weight),
        "precision": oracle.precision_score(y, chosen, sample_weight=weight),
        "recall": oracle.recall_score(y, chosen, sample_weight=weight),
        "f1": oracle.f1_score(y, chosen, sample_weight=weight),
    }


@pytest.mark.parametrize(("decimals", "n_users"), list(product((1, 9), (0, 80))))
def test_values_are_those_of_scikit_learn(decimals: int, n_users: int) -> None:
    rows = weighted(scored_rows(decimals=decimals, n_users=n_users))
    found, expected = metrics_of(rows, 0.35, 0.95), expected_of(rows, 0.35)
    assert {name: found[name].value for name in expected} == pytest.approx(expected, abs=1e-12)


def test_intervals_on_folds_are_those_of_half_as_many_users() -> None:
    rows = scored_rows()
    score, y, weight = (np.tile(part, 2) for part in (rows.score, rows.y, rows.weight))
    twice = Scored(score, y, weight, np.arange(2 * len(rows)))
    one, other = cross_validated_metrics(twice, 0.35, 0.95), metrics_of(rows, 0.35, 0.95)
    for name in ("auc", "log_loss", "precision"):
        assert (one[name].low, one[name].high) == pytest.approx((other[name].low, other[name].high), rel=2e-3)


def test_every_metric_has_its_interval_and_n() -> None:
    found = metrics_of(scored_rows(), 0.4, 0.95)
    assert tuple(found) == METRICS
    assert all(one.low <= one.value <= one.high and one.n > 0 for one in found.values())


@pytest.mark.parametrize("n_users", [0, 90])
def test_copies_of_a_row_are_its_weight(n_users: int) -> None:
    rows = weighted(scored_rows(n_users=n_users, decimals=2))
    found, expected = metrics_of(rows, 0.4, 0.95), metrics_of(copied(rows), 0.4, 0.95)
    for name in METRICS:
        one, other = found[name], expected[name]
        assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high)), name
        assert one.n == other.n


@given(st.permutations(range(40)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    rows = weighted(scored_rows(n=40, n_users=15, decimals=1))
    found, expected = metrics_of(rows.rows(np.array(order)), 0.3, 0.95), metrics_of(rows, 0.3, 0.95)
    for name in METRICS:
        assert (found[name].value, found[name].low) == pytest.approx((expected[name].value, expected[name].low)), name


@given(st.integers(0, 1_000), st.floats(0.05, 0.6))
def test_f1_is_the_harmonic_mean_of_precision_and_recall(seed: int, threshold: float) -> None:
    found = metrics_of(scored_rows(n=80, seed=seed), threshold, 0.95)
    precision, recall = found["precision"].value, found["recall"].value
    if precision:
        assert found["f1"].value == pytest.approx(2 * precision * recall / (precision + recall))


def test_selecting_nobody_has_no_precision() -> None:
    found = metrics_of(scored_rows(), 1.1, 0.95)
    assert (found["precision"].value, found["recall"].value, found["f1"].value) == (None, 0, 0)
    assert found["recall"].high > 0


def test_one_outcome_alone_leaves_what_it_can() -> None:
    rows = scored_rows()
    found = metrics_of(rows.rows(rows.y == 0), 0.4, 0.95)
    assert {name for name, one in found.items() if one.value is None} == {"auc", "pr_auc", "recall", "lift_top_decile"}


def test_certain_scores_cost_a_bounded_loss() -> None:
    rows = Scored(np.array([0.0, 1.0]), np.array([1.0, 1.0]), np.ones(2), np.arange(2))
    assert log_loss_influence(rows).value == pytest.approx(oracle.log_loss([1, 1], [0.0, 1.0], labels=[0, 1]))
    assert brier_influence(rows).value == 0.5


def test_no_rows_have_no_metrics() -> None:
    assert {one.value for one in metrics_of(scored_rows().rows(np.zeros(400, bool)), 0.4, 0.95).values()} == {None}
