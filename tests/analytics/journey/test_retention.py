import numpy as np
import pytest

from analytics.experiment.proportion import wilson
from analytics.journey.retention import WEEK_MS, retention_of
from tests.analytics.funnel.slow import log_of

MONDAY = 4 * 86_400_000
ROWS = [(0, 0, "a"), (0, 2, "a"), (0, 2, "b"), (1, 0, "a"), (1, 1, "a"), (2, 1, "a"), (2, 2, "a")]
LOG = log_of([(user, MONDAY + week * WEEK_MS + 5, name) for user, week, name in ROWS], until=MONDAY + 2 * WEEK_MS + 9)
ALL = np.zeros(3, dtype=np.intp)


def test_users_stand_in_the_week_of_their_first_event() -> None:
    found = retention_of(LOG, ALL, 1)
    assert found.begins.tolist() == [MONDAY, MONDAY + WEEK_MS, MONDAY + 2 * WEEK_MS]
    assert found.n.tolist() == [[2, 1, 0]]


def test_who_has_an_event_in_a_later_week_is_back_once() -> None:
    active = retention_of(LOG, ALL, 1).n_active[0]
    assert active[0].tolist() == [2, 1, 1]
    assert active[1, :2].tolist() == [1, 1]


def test_beyond_the_data_nothing_is_said() -> None:
    found = retention_of(LOG, ALL, 1)
    assert np.isnan(found.n_active[0, 1, 2])
    assert np.isnan(found.rate.low[0, 2, 1])


def test_a_week_that_is_not_over_is_incomplete() -> None:
    assert retention_of(LOG, ALL, 1).is_complete.tolist() == [
        [True, True, False],
        [True, False, False],
        [False, False, False],
    ]


def test_rates_have_wilsons_interval() -> None:
    found = retention_of(LOG, ALL, 1).rate
    assert found.high[0, 0, 1] == pytest.approx(float(wilson(1, 2).high))


def test_groups_add_up_and_users_without_one_are_left_out() -> None:
    found = retention_of(LOG, np.array([0, 1, -1]), 2)
    assert found.n.tolist() == [[1, 0, 0], [1, 0, 0]]


def test_monday_begins_a_week() -> None:
    log = log_of([(0, MONDAY - 1, "a"), (1, MONDAY, "a")])
    assert retention_of(log, np.zeros(2, dtype=np.intp), 1).n.tolist() == [[1, 1]]


def test_without_events_there_are_no_weeks() -> None:
    found = retention_of(log_of([]), ALL, 2)
    assert (found.begins.size, found.n.shape, found.rate.low.shape) == (0, (2, 0), (2, 0, 0))
