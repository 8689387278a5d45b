"""Shares of new users over days, in words."""

from datetime import date, timedelta

import numpy as np
import pytest

from analytics.checks.check import Check
from analytics.checks.drift import check_drift
from semantic.units import FIRST_DAY
from tests.analytics.answers import catalog_of
from tests.analytics.checks.observations import ENGINES, catalog_with, observed_of, units_of


def drift(new: list[int], old: list[int], method: str = "fixed") -> Check:
    days = [(date(2026, 7, 1) + timedelta(days=place)).isoformat() for place in range(len(new))]
    by_day = units_of({**ENGINES, FIRST_DAY: days}, [new, old])
    total = units_of(ENGINES, [sum(new), sum(old)])
    return check_drift(observed_of(catalog_with(), method, units=total, first_days=by_day))


@pytest.mark.parametrize("method", ["fixed", "sequential"])
def test_a_broken_day_of_a_short_run_is_named(method: str) -> None:
    check = drift([500] * 5 + [100] + [500] * 4, [500] * 10, method)
    assert check.status == "failed"
    assert check.sentence.startswith("New had 16.7")
    assert "on 2026-07-06, 47.9" in check.sentence


@pytest.mark.parametrize("method", ["fixed", "sequential"])
def test_a_ramp_is_told_by_its_week(method: str) -> None:
    share = np.repeat([100, 300, 500, 500], 7)
    check = drift(share.tolist(), (1_000 - share).tolist(), method)
    assert check.status == "failed"
    assert "of new users in the week from 2026-07-01, 35.0" in check.sentence
    assert "ramp" in check.remedy


def test_even_days_are_fine_and_empty_ends_do_not_count() -> None:
    check = drift([0, 50, 52, 49, 0], [0, 51, 50, 50, 0])
    assert (check.status, check.remedy) == ("passed", "")
    assert "over 3 days" in check.sentence


def test_one_day_or_no_time_is_not_known() -> None:
    assert drift([50], [50]).status == "unknown"
    check = check_drift(observed_of(catalog_of(), units=units_of(ENGINES, [5, 5])))
    assert "started_at" in check.remedy
