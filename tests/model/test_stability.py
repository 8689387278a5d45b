import numpy as np
import pytest
from scipy.stats import chi2_contingency

from model.stability import bins_of, stability_of


def test_the_index_is_that_of_the_definition() -> None:
    bins = np.repeat([0, 1, 0, 1], [600, 400, 500, 500])
    is_recent = np.repeat([0.0, 1.0], [1_000, 1_000])
    found = stability_of(bins, is_recent, np.arange(2_000))
    assert found.index == pytest.approx((0.5 - 0.6) * np.log(0.5 / 0.6) + (0.5 - 0.4) * np.log(0.5 / 0.4), rel=0.01)
    assert found.noise < found.index


def test_with_one_session_a_user_it_is_pearsons_test() -> None:
    draw = np.random.default_rng(3)
    bins, is_recent = draw.integers(6, size=8_000), (draw.random(8_000) < 0.3).astype(float)
    table = np.array([np.bincount(bins, weights=side) for side in (1 - is_recent, is_recent)])
    found = stability_of(bins, is_recent, np.arange(8_000))
    assert found.p_value == pytest.approx(chi2_contingency(table).pvalue, abs=0.01)


def test_users_who_come_back_are_no_more_evidence() -> None:
    draw = np.random.default_rng(3)
    bins, is_recent = draw.integers(6, size=500), (draw.random(500) < 0.3).astype(float)
    single = stability_of(bins, is_recent, np.arange(500))
    repeated = stability_of(np.repeat(bins, 8), np.repeat(is_recent, 8), np.repeat(np.arange(500), 8))
    assert repeated.p_value == pytest.approx(single.p_value, rel=0.05)
    assert repeated.noise == pytest.approx(single.noise, rel=0.05)


def test_where_nothing_differs_false_alarms_are_as_many_as_they_may_be() -> None:
    draw = np.random.default_rng(5)
    p_values, above = [], 0
    for _ in range(400):
        user = draw.integers(700, size=2_000)
        bins = draw.integers(8, size=700)[user]
        found = stability_of(bins, (draw.random(2_000) < 0.2).astype(float), user)
        p_values.append(found.p_value)
        above += found.index > found.noise
    assert np.mean(np.array(p_values) < 0.05) == pytest.approx(0.05, abs=0.035)  # three Monte-Carlo errors
    assert above / 400 <= 0.1


def test_bins_are_members_or_tenths_and_missing_is_one_of_them() -> None:
    column = np.array([0.0, 2.0, np.nan])
    assert bins_of(column, column, 3).tolist() == [0, 2, 3]
    numbers = np.r_[np.arange(100.0), np.nan]
    assert np.bincount(bins_of(numbers, numbers)).tolist() == [10] * 10 + [1]


def test_a_column_of_one_value_does_not_drift() -> None:
    found = stability_of(np.zeros(10, np.int64), np.repeat([0.0, 1.0], 5), np.arange(10))
    assert (found.index, found.p_value) == (0.0, 1.0)
