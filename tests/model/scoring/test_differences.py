import numpy as np
import pytest

from analytics.experiment.correction import holm
from model.scored import Scored
from model.scoring.differences import COMPARED, differences_of
from model.scoring.metrics import INFLUENCES
from tests.model.scoring.scored_rows import scored_rows

MAIN = scored_rows(n=1_000, n_users=400)


def rivals() -> dict[str, Scored]:
    rng = np.random.default_rng(9)
    noisy = np.clip(MAIN.score + rng.normal(0, 0.1, len(MAIN)), 0.01, 0.99)
    return {"noisy": MAIN.rescored(noisy), "constant": MAIN.rescored(np.full(len(MAIN), MAIN.y.mean()))}


def test_each_rival_is_compared_in_each_metric() -> None:
    found = differences_of(MAIN, rivals(), 0.95)
    assert [(one.metric, one.learner) for one in found] == [(m, r) for m in COMPARED for r in ("noisy", "constant")]


def test_differences_are_those_of_the_values() -> None:
    for one in differences_of(MAIN, rivals(), 0.95):
        influence = INFLUENCES[one.metric]
        expected = influence(MAIN).value - influence(rivals()[one.learner]).value
        assert one.difference.value == pytest.approx(expected)
        assert one.difference.low < expected < one.difference.high


def test_losses_are_paired_over_users() -> None:
    found = next(one for one in differences_of(MAIN, rivals(), 0.95) if one.metric == "brier")
    rows = (MAIN.score - MAIN.y) ** 2 - (rivals()["noisy"].score - MAIN.y) ** 2
    users = np.array([(rows - rows.mean())[MAIN.user == u].sum() for u in np.unique(MAIN.user)])
    error = np.sqrt(len(users) / (len(users) - 1) * (users**2).sum()) / len(MAIN)
    assert found.difference.high - found.difference.low == pytest.approx(2 * 1.959964 * error, rel=1e-6)


def test_p_values_are_corrected_within_each_metric() -> None:
    found = [one for one in differences_of(MAIN, rivals(), 0.95) if one.metric == "auc"]
    assert [one.p_adjusted for one in found] == holm([one.p_value for one in found]).tolist()


def test_without_rivals_there_is_nothing_to_compare() -> None:
    assert differences_of(MAIN, {}, 0.95) == ()
