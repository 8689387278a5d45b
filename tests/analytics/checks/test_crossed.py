"""Users under more than one variant."""

import pytest

from analytics.checks.crossed import check_crossed_users
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
