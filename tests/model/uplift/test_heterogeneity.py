from dataclasses import replace

import numpy as np
import pytest

from model.uplift.average import scores_of
from model.uplift.heterogeneity import Heterogeneity, differs_along, judge
from model.uplift.learners import predict
from model.uplift.qini import qini_of, rank
from tests.model.uplift.trials import OPTIONS, Effect, axes, nowhere, on_mobile, trial


def judged(n: int, effect: Effect, seed: int = 1) -> Heterogeneity:
    found = trial(n, effect, seed)
    predicted = predict(found)
    scores = scores_of(found, predicted)
    rows = np.isin(found.fold, found.judged_folds)
    judged, first = found.rows(rows), predicted.effects["dr"][rows]
    p_ranking = qini_of(judged, scores.rows(rows), first, 0.95)[2]
    tests = (p_ranking, differs_along(found, scores, axes(found), OPTIONS))
    return judge(judged, scores.rows(rows), rank(first, judged.examples.weight, judged.fold), tests, OPTIONS)


def everywhere(age: np.ndarray, device: np.ndarray) -> np.ndarray:
    return np.full(len(age), 0.2)


def test_an_effect_that_differs_is_called_so() -> None:
    found = judged(6_000, on_mobile)
    assert found.verdict == "differs"
    assert found.p_value == pytest.approx(2 * min(found.p_ranking, found.p_features))


@pytest.mark.parametrize("effect", [nowhere, everywhere])
def test_an_equal_effect_is_not_called_different_where_much_would_have_been_seen(effect: Effect) -> None:
    found = judged(120_000, effect)
    assert found.verdict == "no difference shown"
    assert found.detectable <= 0.1 * 0.37


def test_with_few_sessions_it_is_undetermined_and_says_how_many_would_do() -> None:
    found = judged(6_000, nowhere)
    assert found.verdict == "undetermined"
    assert found.n_needed == pytest.approx(6_000 * 0.9 * (found.detectable / 0.0367) ** 2, rel=0.1)


def test_the_feature_of_a_difference_is_found_by_its_members() -> None:
    found = trial(6_000, on_mobile)
    scores = scores_of(found, predict(found))
    age, device = axes(found)
    assert differs_along(found, scores, (device,), OPTIONS) < 1e-6
    assert differs_along(found, scores, (age,), OPTIONS) > 0.01
    assert differs_along(found, scores, (), OPTIONS) == 1


def test_it_is_undetermined_where_none_of_control_converted() -> None:
    found = trial(2_000, nowhere)
    y = np.where(found.is_treated, found.examples.y, 0.0)
    found = replace(found, examples=replace(found.examples, y=y))
    scores = scores_of(found, predict(found))
    ranks = rank(found.examples.x[:, 0], found.examples.weight, found.fold)
    verdict = judge(found, scores, ranks, (1.0, 1.0), OPTIONS)
    assert (verdict.verdict, verdict.n_needed > 1_000_000) == ("undetermined", True)
