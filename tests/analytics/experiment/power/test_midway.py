from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from analytics.experiment.power.midway import Midway, conditional_power, days_left, predictive_power, units_left
from analytics.experiment.power.pace import Pace
from analytics.experiment.power.rule import Rule
from semantic.experiment import Method

ONE_SIDED = Rule("fixed", alternative="greater")
PACE = Pace.of_daily(np.full(50, 100.0))
HALFWAY = Midway(1.5, 5_000, 10_000, 2.0)
METHODS: tuple[Method, ...] = ("fixed", "group_sequential", "sequential")


def test_conditional_power_is_that_of_the_b_value() -> None:
    """Lan and Wittes (1988): B(t) = z sqrt(t), what is left to come is normal."""
    found = float(conditional_power(HALFWAY, ONE_SIDED, 2.8))
    expected = norm.sf((norm.isf(0.05) - 1.5 * np.sqrt(0.5) - 2.8 * 0.5) / np.sqrt(0.5))
    assert found == pytest.approx(expected)


def test_predictive_power_is_that_of_the_closed_form() -> None:
    """Spiegelhalter, Freedman, Blackburn (1986) with a flat prior: Phi((z - c sqrt(t)) / sqrt(1 - t))."""
    expected = norm.cdf((1.5 - norm.isf(0.05) * np.sqrt(0.5)) / np.sqrt(0.5))
    assert predictive_power(HALFWAY, ONE_SIDED) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_more_evidence_is_more_chance(method) -> None:
    chances = [predictive_power(replace(HALFWAY, statistic=z), Rule(method)) for z in (0.0, 0.8, 1.6, 2.4)]
    assert chances == sorted(chances)


def test_what_is_shown_already_stays_shown_in_a_sequence() -> None:
    assert predictive_power(replace(HALFWAY, statistic=4.0), Rule("sequential")) == pytest.approx(1.0)


@pytest.mark.parametrize("method", ["fixed", "group_sequential"])
def test_after_the_planned_end_nothing_more_is_to_come(method) -> None:
    over = Midway(1.0, 12_000, 10_000, 2.0)
    assert float(conditional_power(over, Rule(method), 3.0)) == 0
    assert days_left(over, PACE, Rule(method)).planned_end.likely == 0


@pytest.mark.parametrize("method", METHODS)
def test_days_to_the_planned_end_are_those_of_the_traffic(method) -> None:
    assert days_left(HALFWAY, PACE, Rule(method)).planned_end.likely == pytest.approx(50, abs=3)


def test_only_a_sequence_may_go_on_beyond_its_planned_end() -> None:
    weak = replace(HALFWAY, statistic=0.9)
    assert days_left(weak, PACE, Rule("sequential")).if_planned.likely > 50
    assert days_left(weak, PACE, Rule("fixed")).if_planned is None


def test_units_left_of_a_sequence_give_the_chance_wanted() -> None:
    rule, drift = Rule("sequential"), 2.0 / np.sqrt(0.5)
    more = units_left(HALFWAY, rule, drift) or 0.0
    until = (HALFWAY.n + more) / HALFWAY.n_planned
    assert float(conditional_power(HALFWAY, rule, drift, until)) == pytest.approx(0.8, abs=1e-3)


def test_a_hopeless_run_is_futile() -> None:
    left = days_left(Midway(-0.5, 9_500, 10_000, 1.0), PACE, ONE_SIDED)
    assert left.is_futile
    assert left.predictive < 0.01
    assert not days_left(HALFWAY, PACE, ONE_SIDED).is_futile


def test_without_any_effect_a_sequence_never_gets_there() -> None:
    assert units_left(replace(HALFWAY, statistic=0.0), Rule("sequential"), 0.0) is None
