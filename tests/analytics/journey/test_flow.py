import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.experiment.finding import compare
from analytics.experiment.plan import Plan
from analytics.experiment.proportion import wilson
from analytics.journey.flow import flows_of
from analytics.journey.path import paths_of
from analytics.journey.spec import PathSpec
from tests.analytics.funnel.drawn import LOGS
from tests.analytics.funnel.slow import log_of
from tests.analytics.journey.drawn import path_specs


def through(flows, paths, *, into: bool) -> np.ndarray:
    """Return what comes into, or goes out of, each node by position and group."""
    sums = np.zeros((paths.nodes.shape[1], len(paths.labels), flows.n.shape[1]))
    position, node = (flows.position + 1, flows.target) if into else (flows.position, flows.source)
    np.add.at(sums, (position, node), flows.n)
    return sums


@settings(max_examples=200, deadline=None)
@given(LOGS, path_specs(), st.integers(0, 2))
def test_as_much_goes_out_of_each_node_as_came_in(log, spec, seed) -> None:
    paths = paths_of(log, spec)
    flows = flows_of(paths, np.random.default_rng(seed).integers(0, 2, paths.unit.size), 2)
    into, out_of = through(flows, paths, into=True), through(flows, paths, into=False)
    assert (into[1:, : paths.first_end] == out_of[1:, : paths.first_end]).all()
    assert (out_of[:, paths.first_end :] == 0).all()


@given(LOGS, path_specs())
def test_all_that_begins_comes_to_an_end(log, spec) -> None:
    paths = paths_of(log, spec)
    flows = flows_of(paths, np.zeros(paths.unit.size, dtype=np.intp), 1)
    into, out_of = through(flows, paths, into=True), through(flows, paths, into=False)
    assert out_of[0].sum() == into[:, paths.first_end :].sum() == flows.n_units.sum() == paths.unit.size


def two_engines(n_users: int, n_sessions: int):
    """Return a log in which users of New go from a to b more often, each user alike in all sessions."""
    rows, sessions = [], []
    for user in range(n_users):
        follows = user % (2 if user % 2 else 8) == 1 or user % 8 == 0
        for session in range(n_sessions):
            rows += [(user, 10 * session, "a"), *([(user, 10 * session + 1, "b")] if follows else [])]
            sessions += [user * n_sessions + session] * (2 if follows else 1)
    return log_of(rows, sessions=sessions)


def arm_of(spec: PathSpec, n_sessions: int):
    """Return the shares of the way from a to b by engine."""
    paths = paths_of(two_engines(400, n_sessions), spec)
    flows = flows_of(paths, paths.user % 2, 2)
    edge = np.flatnonzero((flows.position == 0) & (flows.target == 1))[0]
    return flows.arm[edge]


def test_shares_of_users_have_wilsons_interval() -> None:
    found = arm_of(PathSpec("a", counts_sessions=False), 1).interval()
    assert found.value.tolist() == [0.25, 1.0]
    assert found.low[0] == pytest.approx(float(wilson(50, 200).low))


def test_new_is_told_from_old_way_by_way() -> None:
    arm = arm_of(PathSpec("a"), 1)
    found = compare(arm[..., 1], arm[..., 0], Plan("fixed")).difference
    assert float(found.value) == pytest.approx(0.75)
    assert bool(found.excludes_zero)


def test_many_sessions_of_alike_users_make_nothing_surer() -> None:
    one, five = arm_of(PathSpec("a"), 1).interval(), arm_of(PathSpec("a"), 5).interval()
    assert five.high[0] - five.low[0] == pytest.approx(one.high[0] - one.low[0], rel=0.1)


def test_paths_without_a_group_are_left_out() -> None:
    paths = paths_of(log_of([(0, 1, "a"), (1, 1, "a")]), PathSpec("a"))
    assert flows_of(paths, np.array([-1, 0]), 1).n.tolist() == [[1]]
