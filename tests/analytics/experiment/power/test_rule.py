import numpy as np
import pytest
from scipy.stats import norm

from analytics.experiment.power.rule import Rule
from semantic.experiment import Method


def test_one_look_rejects_beyond_the_normal_quantile() -> None:
    assert Rule("fixed").fixed_critical == pytest.approx(norm.isf(0.025))
    assert Rule("fixed", alternative="less").fixed_critical == pytest.approx(norm.isf(0.05))


def test_treatments_share_the_false_alarms() -> None:
    assert Rule("fixed", n_comparisons=5).fixed_critical == pytest.approx(norm.isf(0.005))


def test_one_look_looks_at_the_end_alone() -> None:
    rule = Rule("fixed", n_looks=5)
    assert rule.fractions.tolist() == [1.0]
    assert rule.critical(np.array([0.5, 1.0])).tolist() == [np.inf, rule.fixed_critical]


@pytest.mark.parametrize("alternative", ["two-sided", "greater"])
def test_methods_with_more_looks_ask_for_more_at_the_end(alternative) -> None:
    methods: tuple[Method, ...] = ("fixed", "group_sequential", "sequential")
    rules = [Rule(method, alternative=alternative) for method in methods]
    at_the_end = [rule.critical(rule.fractions)[-1] for rule in rules]
    assert at_the_end == sorted(at_the_end)


def test_a_single_planned_look_is_one_look() -> None:
    rule = Rule("group_sequential", n_looks=1)
    assert rule.critical(rule.fractions) == pytest.approx([rule.fixed_critical])
