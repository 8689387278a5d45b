import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

from model.scored import Scored
from model.scoring.confusion import RATIOS, confusion_of
from model.scoring.influence import proportion
from tests.model.scoring.scored_rows import scored_rows, weighted

THRESHOLDS = np.array([0.6, 0.0, 0.25, 1.0])


@pytest.mark.parametrize("n_users", [0, 90])
def test_counts_are_those_of_scikit_learn(n_users: int) -> None:
    rows = weighted(scored_rows(n_users=n_users, decimals=2))
    for threshold, found in zip(THRESHOLDS, confusion_of(rows, THRESHOLDS).counts, strict=True):
        matrix = confusion_matrix(rows.y, rows.score >= threshold, labels=[0, 1], sample_weight=rows.weight)
        assert found.tolist() == [matrix[1, 1], matrix[0, 1], matrix[1, 0], matrix[0, 0]]


@pytest.mark.parametrize("n_users", [0, 90])
def test_estimates_are_those_of_one_threshold_alone(n_users: int) -> None:
    rows = weighted(scored_rows(n_users=n_users, decimals=2))
    y, selected, everyone = rows.y, (rows.score >= 0.25).astype(float), np.ones(len(rows))
    expected = {
        "true_positive": proportion(rows, y * selected, everyone, 0.95),
        "precision": proportion(rows, y * selected, selected, 0.95),
        "recall": proportion(rows, y * selected, y, 0.95),
        "accuracy": proportion(rows, 1.0 * (y == selected), everyone, 0.95),
        "f1": proportion(rows, 2 * y * selected, y + selected, 0.95),
    }
    for name, one in expected.items():
        found = confusion_of(rows, THRESHOLDS).estimates(name, 0.95)[2]
        assert (found.value, found.low, found.high) == pytest.approx((one.value, one.low, one.high)), name


def test_a_user_for_each_row_gives_what_users_in_common_would() -> None:
    rows = scored_rows(n=50)
    twice = rows.rows(np.r_[np.arange(50), 0])
    one_more = Scored(twice.score, twice.y, np.r_[rows.weight, 0.0], twice.user)
    found, expected = confusion_of(rows, THRESHOLDS), confusion_of(one_more, THRESHOLDS)
    for name in RATIOS:
        assert found.estimates(name, 0.95) == expected.estimates(name, 0.95)


def test_shares_of_all_add_up_to_one() -> None:
    found = confusion_of(scored_rows(), THRESHOLDS)
    parts = [found.estimates(name, 0.95) for name in list(RATIOS)[:4]]
    assert [sum(part[place].value or 0 for part in parts) for place in range(4)] == pytest.approx([1] * 4)
