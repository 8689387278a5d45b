import numpy as np
import pytest

from analytics.experiment.additive import Codes, design_of
from analytics.experiment.effect import Effect
from analytics.experiment.effect_shrinkage import shrink
from analytics.experiment.interval import Interval

Z = 1.959964


def one_way(k: int) -> Codes:
    return np.arange(k)[:, None]


def drawn(k: int, scatter: float, seed: int) -> tuple[np.ndarray, Effect]:
    random = np.random.default_rng(seed)
    error, truth = random.uniform(0.03, 0.12, k), random.normal(0.05, scatter, k)
    return truth, Effect(random.normal(truth, error), error, np.full(k, np.inf))


def covers(found: Interval, truth: np.ndarray) -> float:
    return float(((found.low <= truth) & (truth <= found.high)).mean())


def test_noise_shrinks_to_the_mean() -> None:
    _, effect = drawn(12, 0.0, 1)
    found = shrink(effect, design_of(one_way(12)), Z)
    assert found.value.std() < 0.6 * effect.value.std()


def test_effects_that_differ_much_stay_nearly_as_they_are() -> None:
    _, effect = drawn(12, 1.0, 1)
    assert shrink(effect, design_of(one_way(12)), Z).value == pytest.approx(effect.value, abs=0.03)


def test_one_segment_stays_as_it_is() -> None:
    effect = Effect(np.array([0.2]), np.array([0.1]), np.array([np.inf]))
    found = shrink(effect, np.ones((1, 1)), Z)
    assert (found.value[0], found.low[0]) == pytest.approx((0.2, 0.2 - 0.1 * Z))


def test_cells_shrink_to_the_sum_of_their_dimensions() -> None:
    codes = np.array(list(np.ndindex(3, 6)))
    sums = np.array([0.3, 0.0, -0.3])[codes[:, 0]]
    random = np.random.default_rng(2)
    effect = Effect(sums + random.normal(0, 0.1, 18), np.full(18, 0.1), np.full(18, np.inf))
    found = shrink(effect, design_of(codes), Z)
    assert np.abs(found.value - sums).mean() < np.abs(effect.value - sums).mean()


def test_a_wider_critical_value_widens_the_interval_alone() -> None:
    _, effect = drawn(6, 0.1, 3)
    narrow, wide = (shrink(effect, design_of(one_way(6)), critical) for critical in (2.0, 3.0))
    assert wide.value == pytest.approx(narrow.value)
    assert wide.high - wide.low == pytest.approx(1.5 * (narrow.high - narrow.low))


@pytest.mark.parametrize("k", [2, 3, 6, 12])
@pytest.mark.parametrize("scatter", [0.0, 0.05, 0.1, 0.3])
def test_intervals_cover_as_often_as_they_say_and_err_less(k: int, scatter: float) -> None:
    found, squares = [], np.zeros(2)
    for seed in range(300):
        truth, effect = drawn(k, scatter, seed)
        shrunken = shrink(effect, design_of(one_way(k)), Z)
        found.append(covers(shrunken, truth))
        squares += [((shrunken.value - truth) ** 2).mean(), ((effect.value - truth) ** 2).mean()]
    assert np.mean(found) >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / (300 * k)) - 0.005
    assert squares[0] <= 1.02 * squares[1]
