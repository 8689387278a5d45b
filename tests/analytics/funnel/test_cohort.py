import numpy as np
import pytest

from analytics.funnel.cohort import DAY_MS, cohorts_of
from analytics.funnel.progress import progress_of
from analytics.funnel.spec import FunnelSpec, Step
from tests.analytics.funnel.slow import log_of

A_B = (Step(("a",)), Step(("b",)))
LOG = log_of([(0, 5, "a"), (0, 6, "b"), (1, 7, "a"), (2, 35, "a"), (3, 38, "a"), (3, 39, "b")], until=42)


def test_units_stand_in_the_period_in_which_they_began() -> None:
    found = cohorts_of(progress_of(LOG, FunnelSpec(A_B, window_ms=10)), 10)
    assert found.begins.tolist() == [0, 10, 20, 30]
    assert (found.n.tolist(), found.n_converted.tolist()) == ([2, 0, 0, 2], [1, 0, 0, 1])


def test_cohorts_whose_windows_are_not_over_are_immature() -> None:
    found = cohorts_of(progress_of(LOG, FunnelSpec(A_B, window_ms=10)), 10)
    assert found.is_mature.tolist() == [True, True, True, False]
    assert found.n_open.tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize(("window_from", "n_mature"), [("start", 3), ("step", 2)])
def test_windows_of_steps_add_up(window_from, n_mature) -> None:
    spec = FunnelSpec((*A_B, Step(("c",))), window_ms=8, window_from=window_from)
    assert cohorts_of(progress_of(LOG, spec), 10).is_mature.sum() == n_mature


def test_without_a_window_there_is_nothing_to_wait_for() -> None:
    assert cohorts_of(progress_of(LOG, FunnelSpec(A_B)), 10).is_mature.all()


def test_weeks_begin_on_mondays() -> None:
    monday = 4 * DAY_MS
    log = log_of([(0, monday - 1, "a"), (1, monday, "a")])
    found = cohorts_of(progress_of(log, FunnelSpec(A_B)), 7 * DAY_MS)
    assert found.begins.tolist() == [monday - 7 * DAY_MS, monday]


def test_without_units_there_are_no_cohorts() -> None:
    found = cohorts_of(progress_of(log_of([]), FunnelSpec(A_B)))
    assert found.begins.size == found.n.size == np.size(found.rate.value) == 0
