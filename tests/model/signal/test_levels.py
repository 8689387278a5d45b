import numpy as np
import pytest

from model.examples import Examples, Feature, Floats
from model.signal.levels import levels_of

NUMBER, CATEGORY = Feature("age", "Age", "number"), Feature("place", "Place", "category", ("a", "b", "c"))


def examples(feature: Feature, column: Floats) -> Examples:
    n = len(column)
    return Examples((feature,), column[:, None], (np.arange(n) % 2).astype(np.float64), np.ones(n), np.arange(n))


def test_a_number_has_ten_bins_of_equal_size() -> None:
    (found,) = levels_of(examples(NUMBER, np.random.default_rng(1).random(1000)))
    assert np.bincount(found.code).tolist() == [100] * 10
    assert found.basis.shape == (10, 9)


def test_equal_numbers_stay_in_one_bin() -> None:
    (found,) = levels_of(examples(NUMBER, np.repeat([1.0, 2.0, 5.0], [700, 200, 100])))
    assert np.bincount(found.code).tolist() == [700, 200, 100]


@pytest.mark.parametrize("feature", [NUMBER, CATEGORY])
def test_missing_is_a_class_of_its_own(feature: Feature) -> None:
    column = np.repeat([0.0, 1.0, np.nan], [500, 300, 200])
    (found,) = levels_of(examples(feature, column))
    assert found.n == 3
    assert len(set(found.code[800:])) == 1
    assert found.code[800] not in found.code[:800]


def test_rare_members_go_together() -> None:
    column = np.repeat(np.arange(9.0), [600, 300, *[15] * 7])
    (found,) = levels_of(examples(CATEGORY, column), most=6)
    assert sorted(np.bincount(found.code)) == [15, 15, 15, 60, 300, 600]


def test_classes_with_too_few_conversions_go_together() -> None:
    (found,) = levels_of(examples(CATEGORY, np.repeat([0.0, 1, 2, 3], [500, 490, 6, 4])))
    assert np.bincount(found.code).tolist() == [500, 490, 10]
    (found,) = levels_of(examples(CATEGORY, np.repeat([0.0, 1, 2], [500, 490, 4])))
    assert np.bincount(found.code).tolist() == [500, 494]


def test_what_does_not_vary_is_left_out() -> None:
    assert levels_of(examples(NUMBER, np.full(100, 3.0))) == ()
    assert levels_of(examples(CATEGORY, np.repeat([0.0, 1.0], [99, 1]))) == ()
    assert levels_of(examples(NUMBER, np.full(100, np.nan))) == ()


def test_expected_effects_have_mean_zero_and_variance_by_their_number() -> None:
    (found,) = levels_of(examples(NUMBER, np.repeat([1.0, 2.0, 5.0], [700, 200, 100])))
    effects = found.basis[found.code]
    assert effects.mean(axis=0) == pytest.approx(0, abs=1e-12)
    assert effects.var(axis=0).sum() == pytest.approx(np.sqrt(2))
