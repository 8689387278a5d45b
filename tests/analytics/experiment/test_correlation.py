import numpy as np
import pytest
from scipy.stats import pointbiserialr

from analytics.experiment.correlation import MIN_OUTCOMES, BinnedNumber, point_biserial
from analytics.experiment.interval import Floats
from semantic.domain import choose_edges
from tests.analytics.binned import binned

RNG = np.random.default_rng(8)


def sample(n: int, scale: float, rate: float = 0.15) -> tuple[Floats, Floats]:
    """Return gamma times, those of converted sessions longer by ``scale``, and the outcomes."""
    converted = (RNG.random(n) < rate).astype(float)
    return RNG.gamma(2, 120, n) * np.where(converted == 1, scale, 1), converted


def influence_variance(number: Floats, converted: Floats) -> float:
    """Return the variance of r as its influence function gives it from raw rows."""
    zx, zy = ((values - values.mean()) / values.std() for values in (number, converted))
    return float(np.mean((zx * zy - (zx * zy).mean() * (zx**2 + zy**2) / 2) ** 2) / len(number))


def standard_error(number: BinnedNumber) -> float:
    found = point_biserial(number, 0.6826894921370859)
    return float((np.arctanh(found.high) - np.arctanh(found.low))[0] / 2 * (1 - found.value[0] ** 2))


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.7])
@pytest.mark.parametrize("n", [30, 400, 20_000])
def test_the_value_is_that_of_scipy(n: int, scale: float) -> None:
    number, converted = sample(n, scale)
    found = point_biserial(binned(number[None], converted[None], [100, 400]))
    assert found.value[0] == pytest.approx(pointbiserialr(converted, number).statistic, abs=1e-12)


@pytest.mark.parametrize("edges", [None, [100, 300, 600]])
def test_the_error_from_bins_is_that_from_rows(edges: list[float] | None) -> None:
    number, converted = sample(100_000, 1.7)
    found = standard_error(binned(number[None], converted[None], edges or choose_edges(number)))
    assert found == pytest.approx(influence_variance(number, converted) ** 0.5, rel=0.02 if edges is None else 0.05)


def test_each_group_is_told_by_itself() -> None:
    pairs = [sample(500, scale) for scale in (1.0, 2.0)]
    number, converted = (np.stack(values) for values in zip(*pairs, strict=True))
    both = point_biserial(binned(number, converted, [100, 400]))
    alone = [point_biserial(binned(x[None], y[None], [100, 400])) for x, y in pairs]
    np.testing.assert_allclose(both.low, [found.low[0] for found in alone])


def test_the_ends_stay_within_one_and_hold_the_value() -> None:
    converted = np.repeat([0.0, 1.0], 12)
    found = point_biserial(binned((converted + RNG.normal(0, 1e-3, 24))[None], converted[None], [0.5]))
    assert -1 <= found.low[0] <= found.value[0] <= found.high[0] <= 1


def test_a_number_in_another_unit_has_the_same_correlation() -> None:
    number, converted = sample(1_000, 1.4)
    seconds = point_biserial(binned(number[None], converted[None], [100, 400]))
    hours = point_biserial(binned(number[None] / 3_600, converted[None], [100 / 3_600, 400 / 3_600]))
    np.testing.assert_allclose((seconds.value, seconds.low), (hours.value, hours.low))


@pytest.mark.parametrize("n_converted", [MIN_OUTCOMES - 1, MIN_OUTCOMES])
def test_few_sessions_of_an_outcome_have_no_interval(n_converted: int) -> None:
    converted = (np.arange(200) < n_converted).astype(float)
    found = point_biserial(binned(RNG.gamma(2, 1, (1, 200)), converted[None], [2]))
    assert np.isfinite(found.value[0])
    assert np.isfinite(found.low[0]) == (n_converted >= MIN_OUTCOMES)


@pytest.mark.parametrize(
    ("number", "converted"),
    [([5.0] * 40, [0.0, 1.0] * 20), ([1.0, 2.0] * 20, [0.0] * 40), ([1.0, 2.0] * 20, [1.0] * 40), ([1.0], [1.0])],
)
def test_what_does_not_vary_has_no_correlation(number: list[float], converted: list[float]) -> None:
    found = point_biserial(binned(np.array([number]), np.array([converted]), [1.5]))
    assert np.isnan([found.value[0], found.low[0], found.high[0]]).all()


def test_no_sessions_have_no_correlation() -> None:
    nothing = np.zeros((3, 1))
    assert np.isnan(point_biserial(BinnedNumber(nothing, nothing, nothing, nothing, nothing)).value).all()
