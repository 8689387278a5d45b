import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from analytics.experiment import group_sequential
from analytics.experiment.group_sequential import boundaries, obrien_fleming, squared

FIFTHS = [0.2, 0.4, 0.6, 0.8, 1.0]


def crossing(critical: np.ndarray, times: list[float]) -> float:
    """Return the chance that any statistic is beyond its boundary on either side, by a normal box."""
    covariance = np.array([[min(s, t) / np.sqrt(s * t) for s in times] for t in times])
    box = multivariate_normal(np.zeros(len(times)), covariance, abseps=1e-9, releps=1e-9, maxpts=2_000_000)
    return 1 - float(box.cdf(critical, lower_limit=-critical))


def test_obrien_and_flemings_boundaries_are_those_printed() -> None:
    """Five looks at 5 %, as the programs of Reboussin, DeMets, Kim and Lan (2000) give them, on a coarser grid."""
    expected = [4.8769, 3.3569, 2.6803, 2.2898, 2.0310]
    assert boundaries(FIFTHS, obrien_fleming).tolist() == pytest.approx(expected, abs=2e-4)


@pytest.mark.parametrize("spending", [obrien_fleming, squared])
@pytest.mark.parametrize("times", [[0.3, 1.0], [0.2, 0.5, 1.0]])
def test_all_looks_together_err_as_often_as_they_say(spending, times: list[float]) -> None:
    assert crossing(boundaries(times, spending, 0.05), times) == pytest.approx(0.05, abs=2e-6)


@pytest.mark.parametrize("spending", [obrien_fleming, squared])
@pytest.mark.parametrize("is_one_sided", [True, False])
def test_one_look_at_the_end_is_the_fixed_test(spending, is_one_sided: bool) -> None:
    expected = norm.isf(0.05 if is_one_sided else 0.025)
    assert boundaries([1.0], spending, 0.05, is_one_sided=is_one_sided).tolist() == pytest.approx([expected])


def test_the_first_look_spends_what_it_may() -> None:
    assert float(boundaries([0.2, 1.0], squared)[0]) == pytest.approx(norm.isf(0.025 * 0.04))


def test_later_looks_do_not_change_earlier_boundaries() -> None:
    assert boundaries([0.2, 0.4], squared).tolist() == pytest.approx(boundaries(FIFTHS, squared)[:2].tolist())


def test_nothing_is_left_after_the_planned_end() -> None:
    assert boundaries([0.5, 1.0, 1.2], squared)[2] == np.inf


def test_a_look_so_early_that_nothing_is_spent_cannot_reject() -> None:
    assert boundaries([0.001, 1.0], obrien_fleming)[0] == np.inf


def test_all_is_spent_at_the_end() -> None:
    for spending in (obrien_fleming, squared):
        assert float(spending(np.array(1.0), 0.025)) == pytest.approx(0.025)


def test_obrien_and_fleming_spend_less_early() -> None:
    assert obrien_fleming(np.array(0.3), 0.05) < squared(np.array(0.3), 0.05) / 10


def test_daily_looks_for_a_quarter_err_as_often_as_they_say() -> None:
    """40,000 paths: 5 % has a Monte-Carlo error of 0.11 %."""
    times = np.arange(1, 91) / 90
    critical = boundaries(times, squared)
    paths = np.random.default_rng(1).normal(size=(40_000, 90)).cumsum(axis=1) / np.sqrt(np.arange(1, 91))
    assert (np.abs(paths) > critical).any(axis=1).mean() == pytest.approx(0.05, abs=0.004)


@pytest.mark.parametrize("is_one_sided", [False, True])
@pytest.mark.parametrize("alpha", [1e-30, 1e-3, 0.9])
def test_steps_too_far_to_matter_may_be_left_out(
    alpha: float, is_one_sided: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = np.arange(1, 101) / 100
    near = boundaries(times, obrien_fleming, alpha, is_one_sided=is_one_sided)
    monkeypatch.setattr(group_sequential, "_MOST_BANDED", 0.0)
    assert boundaries(times, obrien_fleming, alpha, is_one_sided=is_one_sided) == pytest.approx(near, rel=1e-12)
    monkeypatch.setattr(group_sequential, "_within", lambda nodes, mass, *_: (nodes, mass))
    assert boundaries(times, obrien_fleming, alpha, is_one_sided=is_one_sided) == pytest.approx(near, rel=1e-12)
