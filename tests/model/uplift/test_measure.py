import json
from dataclasses import asdict, replace

import pytest

from model.report import Uplift
from model.uplift import measure_uplift
from tests.model.uplift.trials import OPTIONS, Effect, nowhere, on_mobile, sessions


def measured(n: int, effect: Effect) -> Uplift:
    return measure_uplift(sessions(n, effect), "Old", "New", OPTIONS)


def test_a_difference_is_told_with_its_policy_and_rules() -> None:
    found = measured(20_000, on_mobile)
    assert (found.verdict, found.is_randomised, found.features) == ("differs", True, ("age", "device"))
    assert found.sentence == "The effect differs between visitors (p < 0.001)."
    assert not found.policy.is_refused
    assert ("Old", "Device is Desktop") in found.rules or len(found.rules) > 2
    assert found.segments[0].direction in {"gains", "loses"}


def test_learners_come_with_the_one_used_first() -> None:
    found = measured(6_000, on_mobile)
    assert [learner.name for learner in found.learners] == ["dr", "x", "t", "s"]
    assert all(learner.qini.low <= learner.qini.value <= learner.qini.high for learner in found.learners)
    assert (len(found.qini_curve), len(found.deciles)) == (51, 10)


def test_without_a_difference_neither_policy_nor_rules_are_told() -> None:
    found = measured(6_000, nowhere)
    assert found.verdict == "undetermined"
    assert (found.policy, found.rules, found.rules_policy) == (None, (), None)
    assert "sessions would tell" in found.sentence


def test_much_data_without_a_difference_says_what_would_have_been_seen() -> None:
    found = measured(120_000, nowhere)
    assert found.verdict == "no difference shown"
    assert "between two halves of the visitors would have been seen" in found.sentence


def test_engines_not_given_at_random_are_told_and_nothing_else() -> None:
    given = sessions(20_000, on_mobile)
    kept = (given.column("variant") != 1) | (given.column("device") == 0)
    found = measure_uplift(given.rows(kept), "Old", "New", OPTIONS)
    assert (found.verdict, found.is_randomised, found.average.value) == ("not randomised", False, None)
    assert (found.learners, found.segments, found.policy) == ((), (), None)
    assert "differ in Device" in found.sentence


def test_equal_sessions_give_equal_reports_that_are_plain_json() -> None:
    one, other = (json.dumps(asdict(measured(6_000, on_mobile)), allow_nan=False) for _ in range(2))
    assert one == other


def test_the_order_of_the_engines_turns_the_effect() -> None:
    given = sessions(6_000, on_mobile)
    there = measure_uplift(given, "Old", "New", OPTIONS).average
    back = measure_uplift(given, "New", "Old", OPTIONS).average
    assert there.value == pytest.approx(-(back.value or 0), abs=1e-3)


def test_data_without_features_still_has_an_average() -> None:
    given = sessions(6_000, nowhere).without("age", "device")
    found = measure_uplift(replace(given, x=given.x.copy()), "Old", "New", OPTIONS)
    assert (found.features, found.segments) == ((), ())
    assert found.average.low < found.average.value < found.average.high
