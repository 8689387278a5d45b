import numpy as np
import pytest

from analytics.experiment.finding import compare
from analytics.experiment.plan import Plan
from analytics.experiment.proportion import wilson
from analytics.funnel.progress import progress_of
from analytics.funnel.reached import Exposure, exposed_arms, rates_of
from analytics.funnel.spec import FunnelSpec, Step
from tests.analytics.funnel.slow import log_of

A_B = (Step(("a",)), Step(("b",)))
WITH_OPTION = FunnelSpec((Step(("a",)), Step(("x",), is_optional=True), Step(("b",))))
EVENTS = [(0, 1, "a"), (0, 2, "b"), (1, 1, "a"), (1, 2, "x"), (2, 1, "a"), (2, 2, "x"), (2, 3, "b"), (3, 4, "a")]


def repeating(n_users: int, n_sessions: int, rng):
    """Return a log in which a user converts in all sessions or in none."""
    converts = rng.random(n_users) < 0.3
    rows = []
    for user in range(n_users):
        for session in range(n_sessions):
            time = 10 * session
            rows += [(user, time, "a"), *([(user, time + 1, "b")] if converts[user] else [])]
    sessions = [user * n_sessions + time // 10 for user, time, _ in rows]
    return log_of(rows, sessions=sessions)


def test_rates_of_users_have_wilsons_interval() -> None:
    found = rates_of(progress_of(log_of(EVENTS), WITH_OPTION), np.zeros(4, dtype=np.intp), 1)
    assert found.n[:, 0].tolist() == [4, 2, 2]
    assert found.n_dropped[:, 0].tolist() == [0, 2, 2]
    assert found.of_first.low[2, 0] == wilson(2, 4).low


def test_the_step_before_is_the_required_one() -> None:
    found = rates_of(progress_of(log_of(EVENTS), WITH_OPTION), np.zeros(4, dtype=np.intp), 1)
    assert found.of_previous.value[:, 0].tolist() == [1, 0.5, 0.5]


def test_groups_add_up_and_units_without_one_are_left_out() -> None:
    progress = progress_of(log_of(EVENTS), WITH_OPTION)
    found = rates_of(progress, np.array([0, 1, 1, -1]), 2)
    assert found.n.tolist() == [[1, 2], [0, 2], [1, 1]]


@pytest.mark.parametrize("counted", ["sessions", "totals"])
def test_sessions_of_one_user_count_as_one_where_they_are_alike(counted) -> None:
    log = repeating(400, 5, np.random.default_rng(1))
    progress = progress_of(log, FunnelSpec(A_B, counted=counted))
    found = rates_of(progress, np.zeros(progress.unit.size, dtype=np.intp), 1).of_first
    users = wilson(400 * found.value[1, 0], 400)
    assert found.high[1, 0] - found.low[1, 0] == pytest.approx(float(users.high - users.low), rel=0.02)


def test_new_and_old_are_compared_over_all_exposed_users() -> None:
    exposure = Exposure(np.array([0, 0, 1, 1, 1, -1]), np.ones(6), 2)
    arm = exposed_arms(progress_of(log_of(EVENTS), WITH_OPTION), exposure)
    assert arm.n_units.tolist() == [[2, 3]] * 3
    assert arm.point.value.tolist() == pytest.approx(np.array([[1, 2 / 3], [1 / 2, 1 / 3], [1 / 2, 1 / 3]]))


def test_a_plan_tells_new_from_old_at_each_step() -> None:
    rows = [(user, time, name) for user in range(400) for time, name in enumerate("ab") if user % 2 or not time]
    arm = exposed_arms(progress_of(log_of(rows), FunnelSpec(A_B)), Exposure(np.arange(500) % 2, np.ones(500), 2))
    found = compare(arm[..., 1], arm[..., 0], Plan("fixed"))
    assert found.difference.value.tolist() == pytest.approx([0, 0.8])
    assert found.is_significant.tolist() == [False, True]


def test_over_exposed_sessions_each_session_counts() -> None:
    log = repeating(100, 3, np.random.default_rng(2))
    arm = exposed_arms(
        progress_of(log, FunnelSpec(A_B, counted="sessions")), Exposure(np.arange(100) % 2, np.full(100, 6.0), 2)
    )
    assert arm.point.value[0].tolist() == [0.5, 0.5]
    assert (arm.design_effect[1] > 2).all()


def test_totals_are_means_per_exposed_user() -> None:
    log = log_of([(0, 1, "a"), (0, 2, "a"), (1, 1, "a")])
    arm = exposed_arms(
        progress_of(log, FunnelSpec(A_B, counted="totals")), Exposure(np.zeros(4, dtype=np.intp), np.ones(4), 1)
    )
    assert arm.point.value[:, 0].tolist() == [0.75, 0]


@pytest.mark.parametrize("counted", ["users", "sessions", "totals"])
def test_without_units_nothing_is_said(counted) -> None:
    found = rates_of(progress_of(log_of([]), FunnelSpec(A_B, counted=counted)), np.empty(0, dtype=np.intp), 2)
    assert found.n.tolist() == [[0, 0], [0, 0]]
    assert np.isnan(found.of_first.low).all()
