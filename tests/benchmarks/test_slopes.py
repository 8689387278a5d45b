"""The slope is that of a regression with one level a leg; the verdict calls only that constant which is shown to be."""

import numpy as np
import pytest
import statsmodels.api as sm

from tests.benchmarks.slopes import slope_of


def test_slope_and_interval_are_those_of_a_regression_with_a_level_for_each_leg() -> None:
    draw = np.random.default_rng(5)
    gestures, legs = np.arange(1000, 13000, 500.0), np.repeat([0, 1, 2], 8)
    values = 40 + 3 * legs + 0.2 * gestures / 1000 + draw.normal(0, 0.4, 24)
    levels = np.eye(3)[legs]
    fit = sm.OLS(values, np.column_stack([gestures / 1000, levels])).fit()
    found = slope_of(list(gestures), list(values), list(legs))
    assert [found.value, found.low, found.high] == pytest.approx([fit.params[0], *fit.conf_int()[0]])


def test_growth_that_stays_within_the_tolerance_is_constant() -> None:
    assert slope_of(range(0, 10_000, 500), [40, 40.1] * 10, [0] * 20).verdict(10_000).startswith("constant")


def test_growth_is_called_growth() -> None:
    values = [40 + place for place in range(20)]
    assert slope_of(range(0, 10_000, 500), values, [0] * 20).verdict(10_000).startswith("grows")


def test_what_is_not_shown_is_called_undecided() -> None:
    assert slope_of(range(0, 2_000, 500), [40, 60, 35, 50], [0] * 4).verdict(10_000).startswith("undecided")


def test_too_few_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="make more gestures"):
        slope_of([0, 1000], [1, 1], [0, 0])
