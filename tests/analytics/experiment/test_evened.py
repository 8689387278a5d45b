import numpy as np
import pytest

from analytics.experiment.arm import arms_of
from analytics.experiment.effect import difference_of
from analytics.experiment.evened import evened
from analytics.experiment.finding import compare, p_value_of
from analytics.experiment.plan import Plan
from analytics.experiment.statistic import Moments, Point

LOOKS, PER_LOOK, LOGS = 10, 400, 300


def point(value: float, spread: float, n: float) -> Point:
    return Point(np.array(value), np.array(spread / n), np.array(n))


def amounts(rng: np.random.Generator, n: int) -> np.ndarray:
    return (rng.random((LOGS, n)) < 0.05) * np.exp(rng.normal(size=(LOGS, n)))


def sums(values: np.ndarray) -> np.ndarray:
    return np.stack([np.full(LOGS, values.shape[1]), values.sum(axis=1), (values**2).sum(axis=1)])


def test_equal_numbers_change_nothing() -> None:
    one, two = point(1, 2, 100), point(2, 9, 100)
    assert [found.variance for found in evened(one, two)] == [one.variance, two.variance]


def test_a_smaller_variant_that_varies_more_changes_nothing() -> None:
    one, two = point(1, 9, 100), point(2, 2, 900)
    assert [found.variance for found in evened(one, two)] == [one.variance, two.variance]


@pytest.mark.parametrize("is_swapped", [False, True])
def test_a_small_variant_is_at_least_as_unsure_as_if_both_varied_alike(is_swapped: bool) -> None:
    one, two = point(1, 2, 100), point(2, 9, 900)
    found = evened(two, one)[::-1] if is_swapped else evened(one, two)
    assert float(found[0].variance + found[1].variance) == pytest.approx(2 / 900 + 9 / 100)
    assert float(found[1].variance) == float(two.variance)


def test_a_variant_without_any_amount_is_not_taken_as_surely_0() -> None:
    none, some = point(0, 0, 20), point(0.2, 1, 380)
    assert abs(float(difference_of(none, some).statistic)) > 3.5
    assert abs(float(difference_of(*evened(none, some)).statistic)) < 1


@pytest.mark.parametrize("share", [0.05, 0.2, 0.9])
def test_rare_amounts_of_unequal_shares_are_rarely_called_different_at_any_look(share: float) -> None:
    rng, so_far = np.random.default_rng(5), np.zeros((2, 3, LOGS))
    called, n = np.zeros(LOGS, dtype=np.bool_), round(share * PER_LOOK)
    for _ in range(LOOKS):
        so_far += [sums(amounts(rng, n)), sums(amounts(rng, PER_LOOK - n))]
        arm = arms_of(Moments(so_far[:, 0], so_far[:, 1, :, None], so_far[:, 2, :, None, None]), so_far[:, 0])
        called |= p_value_of(arm[0], arm[1], Plan()) < 0.05
    assert called.mean() <= 0.02


def test_interval_lift_and_p_value_still_agree() -> None:
    rng = np.random.default_rng(6)
    both = np.stack([sums(amounts(rng, n)) for n in (60, 900)])
    arm = arms_of(Moments(both[:, 0], both[:, 1, :, None], both[:, 2, :, None, None]), both[:, 0])
    found = compare(arm[0], arm[1], Plan("fixed", 0.7))
    assert found.is_significant.any()
    assert (found.is_significant == (found.p_value < 0.3)).all()
    assert (found.is_significant == found.lift.excludes_zero).all()
