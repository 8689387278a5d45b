"""How often the interval of a feature of pure noise holds zero, up to three standard errors of the simulation."""

import numpy as np
import pytest

from model.importance import importance_of
from model.report import Importance
from model.trees import TreeSettings, grow
from tests.simulation.visits import Visits, draw

N_SAMPLES = 40
LOWEST = 0.95 - 3 * (0.95 * 0.05 / N_SAMPLES) ** 0.5


def importance_of_noise(seed: int, *, comes_again: bool) -> Importance:
    """Return the importance of the location, which has no effect but is the user's own; the category has one."""
    examples = draw(Visits(n=6000, shape="single", auc=0.6, comes_again=comes_again), seed)
    kept = examples.without("time_spent_s", "gender", "device")
    is_learned_from = kept.user % 2 == 0
    trees = grow(kept.rows(is_learned_from), TreeSettings(trees=40, min_sessions_in_leaf=20), 1)
    found = importance_of(trees, kept.rows(~is_learned_from), 0.95, seed)
    return next(each for each in found if each.name == "location")


def holds_zero(low: float | None, high: float | None) -> bool:
    return low is None or high is None or low <= 0 <= high


@pytest.mark.slow
def test_intervals_of_noise_hold_zero() -> None:
    found = [importance_of_noise(seed, comes_again=False) for seed in range(N_SAMPLES)]
    assert np.mean([holds_zero(each.auc_drop.low, each.auc_drop.high) for each in found]) >= LOWEST
    assert np.mean([holds_zero(each.log_loss_rise.low, each.log_loss_rise.high) for each in found]) >= LOWEST


@pytest.mark.slow
def test_intervals_of_noise_that_belongs_to_users_hold_zero() -> None:
    found = [importance_of_noise(seed, comes_again=True) for seed in range(N_SAMPLES)]
    assert np.mean([holds_zero(each.auc_drop.low, each.auc_drop.high) for each in found]) >= LOWEST
