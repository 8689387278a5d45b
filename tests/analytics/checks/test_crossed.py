"""Users under more than one variant."""

from dataclasses import replace

import pytest

from analytics.checks.crossed import check_crossed_users, check_known_users
from tests.analytics.answers import catalog_of
from tests.analytics.checks.observations import ENGINES, observed_of, two_engines, units_of


@pytest.mark.parametrize(
    ("n_crossed", "status"), [(0, "passed"), (10, "passed"), (11, "warning"), (500, "warning"), (501, "failed")]
)
def test_the_share_of_such_users_decides(n_crossed: int, status: str) -> None:
    check = check_crossed_users(two_engines(5_000 + n_crossed, 5_000, n_crossed=n_crossed))
    assert check.status == status
    assert bool(check.remedy) is (status != "passed")
    assert {detail.label: detail.value for detail in check.details}["of all users"] == n_crossed / 10_000


def test_the_remedy_names_the_key_of_the_configuration() -> None:
    check = check_crossed_users(two_engines(1_000, 1_000, n_crossed=300))
    assert "cleaning.users_in_two_variants: first" in check.remedy
    assert "300 users of 1,700 (17.6" in check.sentence


def test_without_users_nobody_can_be_seen_twice() -> None:
    answer = units_of(ENGINES, [10, 10])
    check = check_crossed_users(observed_of(catalog_of("started_at"), units=answer))
    assert check.status == "unknown"
    assert "fields.user_id" in check.remedy


def test_no_data_is_no_fault() -> None:
    assert check_crossed_users(two_engines(0, 0)).status == "passed"


@pytest.mark.parametrize(("n_alone", "status"), [(0, "passed"), (10, "passed"), (11, "warning")])
def test_sessions_without_a_user_warn_above_one_in_a_hundred(n_alone: int, status: str) -> None:
    observed = two_engines(500, 500)
    changed = replace(observed, answers={"units": replace(observed.units, n_without_user=n_alone)})
    check = check_known_users(changed)
    assert check.status == status
    assert ("fields.user_id.missing: quarantine" in check.remedy) is (status == "warning")


def test_data_that_names_no_users_says_so() -> None:
    observed = observed_of(catalog_of(), units=units_of(ENGINES, [10, 10]))
    assert check_known_users(observed).status == "unknown"
    assert check_known_users(two_engines(0, 0)).status == "passed"
