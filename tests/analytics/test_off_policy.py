import numpy as np
import pytest

from analytics.analysis import Params, Request
from analytics.experiment.off_policy import Clustering, LoggedSums, always, clustering_of
from analytics.experiment.statistic import Moments
from analytics.off_policy import OFF_POLICY, OffPolicyResult, _Log, compute_off_policy
from semantic.query import Answer
from semantic.units import UnitAnswer
from tests.analytics.answers import catalog_of
from tests.analytics.experiment.logged import draw_log, truth_of

CATALOG = catalog_of("propensity", "device", "user_id")
MEMBERS = {"variant": ("Old", "New"), "device": ("Mobile", "Desktop", "Tablet")}


def valued(n_users: int = 4_000, shift: float = 0.0) -> OffPolicyResult:
    """Return the values of policies on a log whose truth is known; its cells are devices."""
    log = draw_log(3, n_users, shift=shift)
    sums, users = log.sums(), log.users()
    request = Request(OFF_POLICY, params=Params(by="device"))
    measures = OFF_POLICY.queries(request, CATALOG)["cells"].measures
    arrays = (sums.n, sums.total, sums.weight, sums.weight_squared, sums.weighted, sums.weighted_twice)
    cells = Answer(("variant", "device"), MEMBERS, dict(zip(measures, arrays, strict=True)), 1, "cube")
    units = UnitAnswer(("variant",), MEMBERS, users.n, users.totals, users.products, 1, "sql")
    return compute_off_policy({"cells": cells, "users": units}, request, CATALOG)


def test_values_of_all_policies_are_near_the_truth() -> None:
    result = valued()
    sums: LoggedSums = draw_log(3, 4_000).sums()
    for place, policy in enumerate(result.policies[:2]):
        assert policy.value.low < truth_of(always(place, sums)) < policy.value.high
    assert [policy.member for policy in result.policies] == ["", "", "Mobile", "Desktop", "Tablet"]


def test_a_gain_in_one_cell_is_shown_and_a_loss_too() -> None:
    shown = {policy.member: policy.shown for policy in valued(20_000).policies if policy.member}
    assert shown == {"Mobile": "more", "Desktop": "open", "Tablet": "less"}


def test_control_gains_nothing_over_itself() -> None:
    control = valued().policies[0]
    assert (control.variant, control.gain.value, control.shown) == ("Old", 0.0, "open")


def test_a_log_that_is_worth_few_users_is_refused() -> None:
    result = valued(150)
    assert {policy.shown for policy in result.policies[1:]} == {"refused"}
    assert "and 100 are needed" in result.headline


def test_a_member_with_few_sessions_is_refused_by_itself() -> None:
    log = _Log(*few_in_the_last_cell(), ("Old", "New"), 0.95)
    shown = {policy.member: policy for policy in log.policies(("Mobile", "Tablet")) if policy.member}
    assert shown["Mobile"].shown != "refused"
    assert (shown["Tablet"].shown, shown["Tablet"].n_effective) == ("refused", 10.0)


def few_in_the_last_cell() -> tuple[LoggedSums, Clustering]:
    """Return a log of a fair choice in which a member has ten sessions of either variant."""
    n = np.array([[1_000.0, 10.0], [1_000.0, 10.0]])
    log = LoggedSums(n, n / 4, 2 * n, 4 * n, n / 2, n, n)
    each = np.ones((2, 3, 3)) * np.outer([1, 2, 0.5], [1, 2, 0.5]) * n.sum(axis=1)[:, None, None]
    users = Moments(n.sum(axis=1), np.stack([n.sum(axis=1) * c for c in (1, 2, 0.5)], axis=1), each)
    return log, clustering_of(log, users)


def test_propensities_that_do_not_add_up_are_refused() -> None:
    result = valued(shift=-0.04)
    assert result.balances[0].low > 1
    assert "not right" in result.headline
    assert {policy.shown for policy in result.policies} == {"refused"}


def test_without_propensities_it_is_not_available() -> None:
    assert OFF_POLICY.is_available(CATALOG)
    assert not OFF_POLICY.is_available(catalog_of("device"))


@pytest.mark.parametrize("by", ["device", "", "unknown"])
def test_cells_are_made_of_what_is_known_before(by: str) -> None:
    asked = OFF_POLICY.queries(Request(OFF_POLICY, params=Params(by=by)), CATALOG)
    assert asked["cells"].by == ("variant", "device")


def test_an_empty_selection_is_told() -> None:
    request, zeros = Request(OFF_POLICY), np.zeros((2, 3))
    measures = OFF_POLICY.queries(request, CATALOG)["cells"].measures
    cells = Answer(("variant", "device"), MEMBERS, dict.fromkeys(measures, zeros), 1, "cube")
    units = UnitAnswer(("variant",), MEMBERS, np.zeros(2), np.zeros((2, 3)), np.zeros((2, 3, 3)), 1, "sql")
    found = compute_off_policy({"cells": cells, "users": units}, request, CATALOG)
    assert (found.policies, found.headline[:8]) == ((), "Sessions")
