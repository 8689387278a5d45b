import numpy as np
import pytest
from scipy.stats import chisquare

from analytics.experiment.sample_ratio import sample_ratio_always_valid_p, sample_ratio_p


@pytest.mark.parametrize("counts", [[201, 447], [10, 12, 30], [145_310, 145_274]])
def test_one_look_is_the_test_of_scipy(counts: list[int]) -> None:
    shares = np.full(len(counts), 1 / len(counts))
    assert float(sample_ratio_p(counts, shares)) == pytest.approx(chisquare(counts).pvalue, rel=1e-12)


def test_many_segments_are_tested_at_once() -> None:
    many = sample_ratio_p([[50, 50], [90, 10]], [0.5, 0.5])
    assert many[0] == 1
    assert many[1] < 1e-10


def test_no_units_have_no_p_value_but_are_no_evidence() -> None:
    assert np.isnan(sample_ratio_p([0, 0], [0.5, 0.5]))
    assert float(sample_ratio_always_valid_p([0, 0], [0.5, 0.5], 100)) == 1


def test_very_small_p_values_are_still_numbers() -> None:
    assert 0 < float(sample_ratio_p([60_000, 50_000], [0.5, 0.5])) < 1e-190


def test_looking_after_every_ten_units_raises_few_false_alarms() -> None:
    """4,000 experiments: 5 % has a Monte-Carlo error of 0.35 %."""
    added = np.random.default_rng(3).multinomial(10, [0.2, 0.3, 0.5], (4_000, 100)).cumsum(axis=1)
    p = sample_ratio_always_valid_p(added, [0.2, 0.3, 0.5], 60)
    assert (p < 0.05).any(axis=1).mean() < 0.05
    assert (sample_ratio_p(added, [0.2, 0.3, 0.5]) < 0.05).any(axis=1).mean() > 0.2


def test_a_broken_split_is_found_at_every_look_too() -> None:
    assert float(sample_ratio_always_valid_p([5_400, 4_600], [0.5, 0.5], 1_000)) < 1e-8
