"""How often valid experiments are stopped, and faults found; the long run is in docs/methods/validity.md."""

import numpy as np
import pytest

from tests.simulation.gate_runs import FAULTS, Plan, draw, gate, power_of, statuses_of_valid


@pytest.mark.slow
@pytest.mark.parametrize(("method", "days"), [("fixed", (27,)), ("sequential", (9, 15, 21, 27))])
def test_valid_experiments_are_hardly_ever_stopped(method: str, days: tuple[int, ...]) -> None:
    """Of 120; long runs fail 0.1 % and warn 5 % of the time."""
    found = [{result.status for result in results} for results in statuses_of_valid(120, method, days)]
    assert sum("failed" in statuses for statuses in found) <= 2
    assert sum("warning" in statuses for statuses in found) <= 16


@pytest.mark.slow
@pytest.mark.parametrize("method", ["fixed", "sequential"])
@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_found(fault: str, method: str) -> None:
    name, plan = FAULTS[fault]
    failed, told = power_of(plan, name, 8, method)
    assert told >= 0.5
    assert failed <= told


def test_a_log_has_the_users_and_sessions_that_were_drawn() -> None:
    log = draw(Plan(n_users=500, lost_on_mobile=1.0), 1)
    result = gate(log, Plan(n_users=500), "fixed")
    assert sum(check.name == "engines" for check in result.checks) == 1
    n_seen = np.unique(log.unit).size
    assert result.shares[0].n == n_seen < 500


def test_equal_seeds_have_equal_results() -> None:
    plan = Plan(n_users=300)
    assert gate(draw(plan, 3), plan, "") == gate(draw(plan, 3), plan, "")
