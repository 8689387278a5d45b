"""How often users come, by engine."""

import pytest

from analytics.checks.check import Check
from analytics.checks.visits import check_visits
from tests.analytics.answers import catalog_of
from tests.analytics.checks.observations import ENGINES, catalog_with, observed_of, units_of


def visits(new: float, old: float, n: int = 10_000, method: str = "fixed") -> Check:
    """Return the check where users came so often on average, with the variance 1."""
    means = [new, old]
    products = [[[n * mean**2 + (n - 1)]] for mean in means]
    return check_visits(
        observed_of(catalog_with(), method, units=units_of(ENGINES, [n, n], [n * new, n * old], products=products))
    )


@pytest.mark.parametrize("method", ["fixed", "sequential"])
def test_users_who_come_more_often_with_one_engine_warn(method: str) -> None:
    check = visits(2.1, 2.0, method=method)
    assert check.status == "warning"
    assert check.sentence.replace("\u00a0", " ") == "Users came 2.100 times with New, 2.000 with Old (p < 0.001)."
    assert "users who convert" in check.remedy


def test_users_who_come_equally_often_pass() -> None:
    assert visits(2.001, 2.0).sentence.startswith("Users came equally often: 2.001 times with New")


def test_one_session_each_needs_no_test() -> None:
    answer = units_of(ENGINES, [40, 60])
    assert check_visits(observed_of(catalog_with(), units=answer)).sentence == "All users came once."


def test_without_users_or_with_one_engine_nothing_is_known() -> None:
    assert check_visits(observed_of(catalog_of(), units=units_of(ENGINES, [9, 9]))).status == "unknown"
    assert check_visits(observed_of(catalog_with(), units=units_of(ENGINES, [9, 0]))).status == "unknown"
