"""How often intervals of off-policy values hold the truth: users of one to four sessions, weights up to 20.

With 1,000 logs a cell the standard error of a coverage of 95 % is 0.7 percentage points.
"""

import numpy as np
import pytest
from scipy import stats

from analytics.experiment.off_policy import (
    always,
    clustered,
    clustering_of,
    doubly_robust,
    inverse_weighted,
    self_normalised,
    switched,
)
from tests.analytics.experiment.logged import draw_log, truth_of

ESTIMATORS = (inverse_weighted, self_normalised, doubly_robust)


def coverages(n_logs: int, n_users: int, *, is_sticky: bool) -> np.ndarray:
    """Return how often the intervals hold the truth: by estimator, of New, of a policy and of its gain over Old."""
    held = np.zeros((len(ESTIMATORS), 3))
    for seed in range(n_logs):
        drawn = draw_log(seed, n_users, is_sticky=is_sticky)
        log = drawn.sums()
        clustering = clustering_of(log, drawn.users())
        old, policy = always(0, log), switched((0, 1), np.array([True, False, False]), log)
        for row, estimator in enumerate(ESTIMATORS):
            for column, (one, other) in enumerate(((always(1, log), None), (policy, None), (policy, old))):
                used = one if other is None else one + other
                point = clustered(estimator(log, one, other), used, clustering, is_normalised=row > 0)
                truth = truth_of(one) - (0 if other is None else truth_of(other))
                half = stats.t.ppf(0.975, point.n - 1) * np.sqrt(point.variance)
                held[row, column] += abs(float(point.value) - truth) <= half
    return held / n_logs


@pytest.mark.slow
@pytest.mark.parametrize("is_sticky", [False, True])
@pytest.mark.parametrize(("n_users", "least"), [(500, 0.92), (3_000, 0.935)])
def test_intervals_hold_the_truth_nearly_as_often_as_they_say(n_users: int, least: float, is_sticky: bool) -> None:
    assert coverages(1_000, n_users, is_sticky=is_sticky).min() >= least - 3 * 0.0069


def test_intervals_hold_the_truth_in_a_short_run() -> None:
    assert coverages(100, 1_000, is_sticky=False).min() >= 0.94 - 3 * 0.024
