import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from analytics.experiment.group_sequential import boundaries, obrien_fleming
from analytics.experiment.power.crossing import stopping

TIMES = np.array([0.3, 0.6, 1.0])


def stayed(critical, drift: float) -> float:
    """Return the chance that no statistic is beyond its boundary, by a normal box."""
    covariance = np.array([[min(s, t) / np.sqrt(s * t) for s in TIMES] for t in TIMES])
    box = multivariate_normal(drift * np.sqrt(TIMES), covariance, abseps=1e-9, releps=1e-9, maxpts=2_000_000)
    return float(box.cdf(critical, lower_limit=-critical))


@pytest.mark.parametrize("drift", [0.0, 1.0, -2.5, 4.0])
def test_chances_are_those_of_a_normal_box(drift: float) -> None:
    critical = np.array([2.6, 2.3, 2.0])
    assert float(stopping(TIMES, critical, drift).power) == pytest.approx(1 - stayed(critical, drift), abs=2e-6)


def test_without_a_drift_a_boundary_errs_as_often_as_it_says() -> None:
    times = np.arange(1, 31) / 30
    assert float(stopping(times, boundaries(times, obrien_fleming), 0.0).power) == pytest.approx(0.05, abs=1e-8)


def test_many_drifts_at_once_are_those_one_by_one() -> None:
    critical, drifts = np.array([2.6, 2.3, 2.0]), np.array([[-1.0, 0.0], [2.0, 5.0]])
    together = stopping(TIMES, critical, drifts)
    assert together.above.shape == (2, 2, 3)
    alone = [float(stopping(TIMES, critical, drift).power) for drift in drifts.ravel()]
    assert together.power.ravel().tolist() == pytest.approx(alone)


def test_one_look_is_the_z_test() -> None:
    found = stopping(np.ones(1), np.array([1.96]), np.array([2.8, -2.8]))
    assert found.above[:, 0].tolist() == pytest.approx(norm.sf(1.96, [2.8, -2.8]).tolist())
    assert found.below[:, 0].tolist() == pytest.approx(norm.cdf(-1.96, [2.8, -2.8]).tolist())


def test_one_sided_tests_never_stop_below() -> None:
    found = stopping(TIMES, np.array([2.6, 2.3, 2.0]), -3.0, is_one_sided=True)
    assert found.below.sum() == 0


def test_looks_without_a_boundary_are_passed_over() -> None:
    with_open = stopping(TIMES, np.array([np.inf, 2.3, 2.0]), 12.0)
    assert float(with_open.above[0]) == 0
    assert float(with_open.power) == pytest.approx(1.0)


def test_a_start_moves_the_chances() -> None:
    ends = np.array([1.0])
    found = stopping(ends, np.array([1.96]), 2.0, start=(0.5, 1.2))
    expected = norm.sf((1.96 - 1.2 - 2.0 * 0.5) / np.sqrt(0.5))
    assert float(found.above[0]) == pytest.approx(expected)


def test_the_mean_end_lies_between_the_looks() -> None:
    found = stopping(TIMES, np.array([2.6, 2.3, 2.0]), np.array([0.0, 3.0, 20.0]))
    assert found.expected_time.tolist() == sorted(found.expected_time.tolist(), reverse=True)
    assert float(found.expected_time[-1]) == pytest.approx(0.3)


def test_drawn_paths_stop_as_often() -> None:
    """100,000 paths: the standard error of a chance is 0.0016 at most."""
    steps = np.diff(TIMES, prepend=0.0)
    draws = np.random.default_rng(5).normal(size=(100_000, 3)) * np.sqrt(steps) + 2.0 * steps
    statistics = draws.cumsum(axis=1) / np.sqrt(TIMES)
    critical = np.array([2.6, 2.3, 2.0])
    seen = (np.abs(statistics) > critical).any(axis=1).mean()
    assert float(stopping(TIMES, critical, 2.0).power) == pytest.approx(seen, abs=0.006)
