"""What users did before the experiment, in words."""

from datetime import date

import numpy as np
import pytest

from analytics.checks.balance import check_balance
from analytics.checks.check import Check
from analytics.experiment.statistic import Moments
from semantic.catalog import VARIANT
from semantic.units import UnitAnswer
from tests.analytics.answers import catalog_of
from tests.analytics.checks.observations import ENGINES, catalog_with, observed_of, units_of


def balance(shift: float, n: int = 2_000, method: str = "fixed") -> Check:
    """Return the check where users of New had had more sessions by so many."""
    rng, group = np.random.default_rng(1), np.repeat([0, 1], n)
    sessions = rng.poisson(2.0 + shift * (group == 0))
    moments = Moments.of_units(np.column_stack([sessions, rng.binomial(sessions, 0.3)]).astype(float), group, 2)
    before = UnitAnswer((VARIANT,), ENGINES, moments.n, moments.totals, moments.products, 1, "index")
    catalog = catalog_with(started_on=date(2026, 7, 1))
    return check_balance(observed_of(catalog, method, units=units_of(ENGINES, [n, n]), before=before))


@pytest.mark.parametrize("method", ["fixed", "sequential"])
def test_users_who_came_more_often_before_are_told(method: str) -> None:
    check = balance(0.3, method=method)
    assert check.status == "failed"
    assert "most in sessions, New +0.2" in check.sentence
    assert check.details[0].label == "Sessions, gap"


@pytest.mark.parametrize("method", ["fixed", "sequential"])
def test_users_who_were_alike_pass(method: str) -> None:
    check = balance(0.0, method=method)
    assert (check.status, check.remedy) == ("passed", "")
    assert "alike in 2 figures" in check.sentence


def test_few_users_from_before_say_nothing() -> None:
    assert balance(0.3, n=20).status == "unknown"


def test_without_a_start_the_key_is_named() -> None:
    check = check_balance(observed_of(catalog_with(), units=units_of(ENGINES, [5, 5])))
    assert check.status == "unknown"
    assert "experiment.started_on" in check.remedy


def test_without_users_there_is_no_before() -> None:
    check = check_balance(observed_of(catalog_of("started_at"), units=units_of(ENGINES, [5, 5])))
    assert "names no users" in check.sentence
