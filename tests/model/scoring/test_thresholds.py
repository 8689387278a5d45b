import numpy as np
import pytest

from model.scoring.metrics import metrics_of
from model.scoring.thresholds import rule_threshold, thresholds_of
from tests.model.scoring.scored_rows import scored_rows

ROWS = scored_rows(n=20_000, n_users=9_000)
FOUND = thresholds_of(ROWS, 0.95, also=(0.2,))


def test_thresholds_go_from_everybody_to_nobody() -> None:
    assert 40 <= len(FOUND) <= 64
    assert [one.threshold for one in FOUND] == sorted({one.threshold for one in FOUND})
    assert (FOUND[0].threshold, FOUND[0].recall.value, FOUND[-1].threshold, FOUND[-1].recall.value) == (0, 1, 1, 0)


def test_steps_of_the_slider_select_alike_many_more() -> None:
    selected = np.array([one.true_positive.value + one.false_positive.value for one in FOUND[1:-1]])
    assert np.diff(selected).min() > -0.025


def test_a_threshold_is_what_the_metrics_say_there() -> None:
    one, expected = next(one for one in FOUND if one.threshold == 0.2), metrics_of(ROWS, 0.2, 0.95)
    for name in ("precision", "recall", "accuracy", "f1"):
        found = getattr(one, name)
        assert (found.low, found.high, found.n) == pytest.approx(
            (expected[name].low, expected[name].high, expected[name].n)
        )


def test_equal_scores_have_three_thresholds() -> None:
    found = thresholds_of(scored_rows().rescored(np.full(400, 0.3)), 0.95)
    assert [one.threshold for one in found] == [0, 0.3, 1]


def test_no_rows_have_thresholds_without_values() -> None:
    found = thresholds_of(scored_rows().rows(np.zeros(400, bool)), 0.95)
    assert {one.accuracy.value for one in found} == {None}


@pytest.mark.parametrize(("value", "cost", "expected"), [(100, 20, 0.2), (100, 0, 0), (50, 80, 1)])
def test_the_rule_is_cost_over_value(value: float, cost: float, expected: float) -> None:
    assert rule_threshold(value, cost) == expected
