import numpy as np
import pytest

from analytics.experiment.interval import Floats
from analytics.experiment.mean import Sample, welch
from analytics.experiment.overlap import overlapping_means, overlapping_proportions
from analytics.experiment.proportion import newcombe

NOTHING = Sample.of(0, 0, 0)


def sample(values: Floats) -> Sample:
    return Sample.of(values.size, values.sum(), (values**2).sum())


def test_without_overlap_means_have_welchs_interval() -> None:
    one, two = Sample.of(50, 600, 8_000), Sample.of(80, 800, 9_000)
    found, expected = overlapping_means(one, two, NOTHING, 0.9), welch(one, two, 0.9)
    assert (found.value, found.low, found.high) == pytest.approx((expected.value, expected.low, expected.high))


def test_without_overlap_proportions_have_newcombes_interval() -> None:
    found = overlapping_proportions(Sample.of(70, 56, 56), Sample.of(80, 48, 48), NOTHING)
    expected = newcombe(56, 70, 48, 80)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_the_error_is_that_of_what_each_session_adds() -> None:
    rng = np.random.default_rng(1)
    y, a, b = rng.normal(5, 2, 10_000), rng.random(10_000) < 0.6, rng.random(10_000) < 0.3
    found = overlapping_means(sample(y[a]), sample(y[b]), sample(y[a & b]))
    added = a * (y - y[a].mean()) / a.sum() - b * (y - y[b].mean()) / b.sum()
    assert float(found.high - found.low) == pytest.approx(2 * 1.96 * np.sqrt((added**2).sum()), rel=1e-3)


@pytest.mark.parametrize("compare", [overlapping_means, overlapping_proportions])
def test_the_same_sessions_differ_by_nothing_without_an_interval(compare) -> None:
    same = Sample.of(100, 30, 30)
    found = compare(same, same, same)
    assert (float(found.value), np.isnan(found.low), np.isnan(found.high)) == (0.0, True, True)


@pytest.mark.parametrize("compare", [overlapping_means, overlapping_proportions])
def test_an_unknown_overlap_leaves_a_value_without_an_interval(compare) -> None:
    unknown = Sample.of(np.nan, np.nan, np.nan)
    found = compare(Sample.of(100, 30, 30), Sample.of(200, 50, 50), unknown)
    assert float(found.value) == pytest.approx(0.05)
    assert np.isnan(found.low)


@pytest.mark.parametrize("compare", [overlapping_means, overlapping_proportions])
def test_without_sessions_there_is_no_value(compare) -> None:
    assert np.isnan(compare(NOTHING, Sample.of(10, 5, 5), NOTHING).value)


def test_an_overlap_makes_the_interval_narrower() -> None:
    one, two = Sample.of(1_000, 300, 300), Sample.of(1_000, 280, 280)
    widths = []
    for n in (0, 300, 900):
        found = overlapping_proportions(one, two, Sample.of(n, 0.28 * n, 0.28 * n))
        widths.append(float(found.high - found.low))
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_extreme_rates_have_an_interval(rate: float) -> None:
    found = overlapping_proportions(Sample.of(20, 20 * rate, 20 * rate), Sample.of(50, 25, 25), Sample.of(5, 0, 0))
    assert found.low < found.value < found.high


@pytest.mark.slow
@pytest.mark.parametrize(("in_one", "in_two"), [(0.5, 0.5), (0.9, 0.9), (0.3, 1.0), (0.1, 0.9), (0.05, 0.1)])
def test_intervals_cover_whatever_the_overlap(in_one: float, in_two: float) -> None:
    """Over 4,000 draws the Monte-Carlo error of the coverage is 0.35 points."""
    rng = np.random.default_rng(8)
    covered = {"rate": 0, "mean": 0}
    for _ in range(4_000):
        a, b = rng.random(1_500) < in_one, rng.random(1_500) < in_two
        rates = 0.1 + 0.1 * a + 0.15 * b
        truth = (0.1 + 0.1 + 0.15 * in_two) - (0.1 + 0.1 * in_one + 0.15)
        y = (rng.random(1_500) < rates).astype(float)
        found = overlapping_proportions(sample(y[a]), sample(y[b]), sample(y[a & b]))
        covered["rate"] += bool(found.low <= truth <= found.high)
        z = rates + rng.exponential(1.0, 1_500)
        found = overlapping_means(sample(z[a]), sample(z[b]), sample(z[a & b]))
        covered["mean"] += bool(found.low <= truth <= found.high)
    assert 0.93 < covered["rate"] / 4_000 < 0.975
    assert 0.93 < covered["mean"] / 4_000 < 0.975
