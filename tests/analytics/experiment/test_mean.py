import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.experiment.mean import Sample, student, welch

samples = arrays(np.float64, st.integers(2, 40), elements=st.floats(-1e4, 1e4).map(lambda v: round(v, 2)))


def sample_of(values: np.ndarray) -> Sample:
    return Sample.of(len(values), values.sum(), (values**2).sum())


@given(samples)
def test_mean_and_variance_are_those_of_numpy(values: np.ndarray) -> None:
    sample = sample_of(values)
    assert float(sample.mean) == pytest.approx(values.mean(), abs=1e-6)
    assert float(sample.variance) == pytest.approx(values.var(ddof=1), rel=1e-6, abs=1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_students_interval_is_that_of_scipy(seed: int) -> None:
    values = np.random.default_rng(seed).gamma(2, 100, 5 + 10 * seed)
    theirs = stats.t.interval(0.9, len(values) - 1, loc=values.mean(), scale=stats.sem(values))
    ours = student(sample_of(values), 0.9)
    assert (float(ours.low), float(ours.high)) == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_welchs_interval_is_that_of_scipy(seed: int) -> None:
    draw = np.random.default_rng(seed)
    one, two = draw.normal(5, 1 + seed, 12), draw.gamma(2, 2, 30 + seed)
    theirs = stats.ttest_ind(one, two, equal_var=False).confidence_interval(0.95)
    ours = welch(sample_of(one), sample_of(two))
    assert (float(ours.low), float(ours.high)) == pytest.approx((theirs.low, theirs.high), rel=1e-9)


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_values_have_no_interval(n: int) -> None:
    interval = student(Sample.of(n, 3.0 * n, 9.0 * n))
    assert np.isnan([interval.low, interval.high]).all()


def test_no_value_has_no_mean() -> None:
    assert np.isnan(student(Sample.of(0, 0, 0)).value)


def test_equal_values_have_no_interval_even_when_rounding_leaves_a_trace() -> None:
    interval = student(sample_of(np.full(1_000, 0.1)))
    assert float(interval.value) == pytest.approx(0.1)
    assert np.isnan([interval.low, interval.high]).all()


def test_variance_is_never_negative() -> None:
    assert Sample.of(3, 0.3, 0.03 - 1e-18).variance >= 0


def test_one_varying_sample_suffices_for_welch() -> None:
    ours = welch(sample_of(np.array([1.0, 2.0, 4.0])), sample_of(np.array([2.0, 2.0, 2.0])))
    assert ours.low < ours.value < ours.high


def test_arrays_broadcast_against_one_control() -> None:
    many = welch(Sample.of([3, 4], [6, 9], [14, 25]), Sample.of([5], [10], [30]))
    assert many.value.shape == (2,)
