import numpy as np
import pytest

from model.report import Policy
from model.uplift.average import Scores, scores_of
from model.uplift.learners import predict
from model.uplift.policy import learn_rules, value_of
from model.uplift.trial import Trial
from tests.model.uplift.trials import axes, nowhere, on_mobile, trial

FOUND = trial(20_000, on_mobile, seed=2)
PREDICTED = predict(FOUND)
SCORES = scores_of(FOUND, PREDICTED)
JUDGED = np.isin(FOUND.fold, FOUND.judged_folds)
BY_VISITOR = PREDICTED.effects["dr"][JUDGED] > 0


def valued(found: Trial, scores: Scores, treats: np.ndarray) -> Policy:
    return value_of(found, scores, treats, ("Old", "New"), 0.95)


def test_choosing_by_visitor_is_worth_what_the_truth_says() -> None:
    policy = valued(FOUND.rows(JUDGED), SCORES.rows(JUDGED), BY_VISITOR)
    base = (0.4 + 0.35 + 0.35) / 3
    assert policy.value.low < base + 0.3 / 3 < policy.value.high
    assert policy.over_treatment.low < 0.2 / 3 < policy.over_treatment.high
    assert not policy.is_refused
    assert "converts more than New for all: +" in policy.sentence


def test_one_engine_for_all_is_not_better_than_itself() -> None:
    policy = valued(FOUND, SCORES, np.ones(len(FOUND.fold), bool))
    assert policy.value == policy.value_all_treatment
    assert policy.over_treatment.value == 0
    assert policy.share_treatment == pytest.approx(1)
    assert policy.is_refused


def test_a_random_policy_is_refused_in_words() -> None:
    found = trial(20_000, nowhere)
    policy = valued(found, scores_of(found, predict(found)), np.arange(len(found.fold)) % 2 == 0)
    assert policy.is_refused
    assert "is not shown to convert more than" in policy.sentence


def test_over_the_better_engine_is_the_smaller_difference_with_a_wider_upper_end() -> None:
    policy = valued(FOUND.rows(JUDGED), SCORES.rows(JUDGED), BY_VISITOR)
    over = policy.over_better
    assert over.value == min(policy.over_treatment.value or 0, policy.over_control.value or 0)
    assert over.low == pytest.approx(min(policy.over_treatment.low or 0, policy.over_control.low or 0))
    assert (over.high or 0) > min(policy.over_treatment.high or 0, policy.over_control.high or 0)


def test_rules_are_learned_from_others_and_found() -> None:
    tree, treats = learn_rules(FOUND, SCORES, axes(FOUND))
    device = FOUND.examples.column("device")
    assert treats[JUDGED & (device == 0)].all()
    assert not treats[JUDGED & (device == 1)].any()
    assert np.array_equal(tree.decide(axes(FOUND))[device < 2], device[device < 2] == 0)
