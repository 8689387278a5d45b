import numpy as np
import pytest

from analytics.experiment.score import score_lift
from analytics.experiment.statistic import Proportion
from analytics.simulation.course import course_of
from analytics.simulation.draws import draw
from analytics.simulation.rules import RULES, calls_of, covers, evidence_of, rules_of
from analytics.simulation.scenario import Scenario

SCENARIO = Scenario(rate=0.2, lifts=(0.1, 0.0), users_a_day=300, days=5, repetitions=300)


@pytest.fixture(scope="module")
def evidence():
    course = course_of(SCENARIO)
    return evidence_of(SCENARIO, course, draw(SCENARIO, course, 0))


def test_sessions_are_only_taken_for_independent_where_there_are_several() -> None:
    assert "by_session" not in [rule.name for rule in rules_of(Scenario())]
    assert rules_of(Scenario(sessions=2)) == RULES


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_every_comparison_is_judged(rule, evidence) -> None:
    assert calls_of(rule, evidence).shape == (300, 5, 2)


def test_levels_hold_for_all_treatments_together(evidence) -> None:
    assert evidence.confidence == pytest.approx(0.975)


def test_one_look_at_the_end_calls_nothing_before(evidence) -> None:
    assert not calls_of(RULES[0], evidence)[:, :-1].any()


def test_whoever_looks_every_time_calls_whatever_is_called_at_the_end(evidence) -> None:
    calls = {rule.name: calls_of(rule, evidence).any(axis=1) for rule in RULES[:5]}
    assert (calls["peeking"] >= calls["once"]).all()
    assert (calls["peeking"] >= calls["always_valid"]).all()


def test_what_is_covered_is_what_the_score_interval_holds(evidence) -> None:
    look, truth = np.full(300, 4), np.tile([0.1, 0.0], (300, 1))
    treatment, control = (
        Proportion(counts.n_converted[:, 4], counts.n[:, 4]) for counts in (evidence.treatment, evidence.control)
    )
    interval = score_lift(treatment, control, 2.241402728)
    expected = ((interval.low <= truth) & (truth <= interval.high)).all(axis=1)
    assert np.array_equal(covers(RULES[0], evidence, look, truth), expected)


def test_no_interval_of_a_rule_is_without_the_truth_where_it_is_seen(evidence) -> None:
    look = np.zeros(300, dtype=np.intp)
    seen = evidence.treatment.rate[:, 0] / evidence.control.rate[:, 0] - 1
    assert all(covers(rule, evidence, look, np.maximum(seen, -0.9)).all() for rule in RULES[:4])
