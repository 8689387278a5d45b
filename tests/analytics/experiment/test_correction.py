import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from analytics.experiment.correction import benjamini_hochberg, holm


@pytest.mark.parametrize("k", [1, 2, 10, 1_000])
def test_adjusted_values_are_those_of_statsmodels(k: int) -> None:
    values = np.random.default_rng(k).beta(0.3, 1.0, k)
    assert holm(values) == pytest.approx(multipletests(values, method="holm")[1], rel=1e-12)


def test_ties_are_adjusted_alike() -> None:
    assert len(set(holm([0.01, 0.02, 0.01, 0.01])[[0, 2, 3]])) == 1


def test_very_small_values_stay_apart() -> None:
    assert holm([1e-300, 1e-200, 0.5]) == pytest.approx([3e-300, 2e-200, 0.5], rel=1e-12, abs=0)


def test_no_tests_need_no_correction() -> None:
    assert holm([]).size == 0


def test_nothing_is_adjusted_above_one() -> None:
    assert holm([0.9, 0.8, 0.7]).tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("k", [1, 2, 10, 1_000])
def test_values_by_benjamini_and_hochberg_are_those_of_statsmodels(k: int) -> None:
    values = np.random.default_rng(k).beta(0.3, 1.0, k)
    assert benjamini_hochberg(values) == pytest.approx(multipletests(values, method="fdr_bh")[1], rel=1e-12)


def test_benjamini_and_hochberg_call_no_fewer_than_holm() -> None:
    values = np.random.default_rng(3).beta(0.3, 1.0, 50)
    assert (benjamini_hochberg(values) <= holm(values)).all()
    assert benjamini_hochberg([]).size == 0
