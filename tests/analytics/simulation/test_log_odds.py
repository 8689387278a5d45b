import numpy as np
import pytest

from analytics.experiment.bayes import compare_rates
from analytics.experiment.statistic import Proportion
from analytics.simulation.log_odds import chance_to_beat, log_ratio_of


def tables(least: int, most: int) -> tuple[Proportion, Proportion]:
    random = np.random.default_rng(5)
    x = random.integers(least, most, (2, 60))
    n = x * random.integers(2, 40, (2, 60)) + 30
    return Proportion.of(x[0], n[0]), Proportion.of(x[1], n[1])


@pytest.mark.parametrize(("least", "most", "error"), [(100, 2000, 3e-5), (5, 40, 1e-3), (1, 9, 3e-3), (0, 5, 0.011)])
def test_the_chance_is_the_exact_one(least: int, most: int, error: float) -> None:
    treatment, control = tables(least, most)
    exact = compare_rates(treatment, control).chance_to_beat
    assert chance_to_beat(treatment, control) == pytest.approx(exact, abs=error)


def test_chances_of_both_sides_add_up() -> None:
    treatment, control = tables(1, 50)
    assert chance_to_beat(treatment, control) + chance_to_beat(control, treatment) == pytest.approx(1, abs=1e-12)


def test_the_ratio_lies_where_the_exact_interval_has_its_middle() -> None:
    treatment, control = tables(80, 900)
    exact = compare_rates(treatment, control).lift
    mean, deviation = log_ratio_of(treatment, control)
    assert np.expm1(mean - 1.959964 * deviation) == pytest.approx(exact.low, abs=0.02)
    assert np.expm1(mean + 1.959964 * deviation) == pytest.approx(exact.high, abs=0.03)
