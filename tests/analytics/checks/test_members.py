"""Planned shares within members, users where they were on their first day."""

import numpy as np
import pytest

from analytics.checks.members import check_member_ratios
from analytics.checks.observed import Observed
from semantic.catalog import MISSING
from semantic.units import EXPOSURE_DAY
from tests.analytics.checks.observations import ENGINES, catalog_with, observed_of, units_of

DEVICES = ("Mobile", "Desktop", MISSING)


def seen(new: list[int], old: list[int], method: str = "fixed", back: int = 0) -> Observed:
    """Return users by device; so many of New came back on a desktop on a later day."""
    counts = np.array([new, old])
    by_device = units_of({**ENGINES, "device": DEVICES}, counts + np.array([[0, back, 0], [0, 0, 0]]))
    later = np.stack([counts, np.array([[0, back, 0], [0, 0, 0]])], axis=-1)
    newcomers = units_of({**ENGINES, "device": DEVICES, EXPOSURE_DAY: ("0", "1")}, later)
    total = units_of(ENGINES, counts.sum(axis=1))
    return observed_of(catalog_with("device"), method, units=total, by_device=by_device, new_by_device=newcomers)


@pytest.mark.parametrize("method", ["fixed", "sequential"])
def test_a_member_that_lost_users_is_named(method: str) -> None:
    check = check_member_ratios(seen([45_000, 5_000, 9], [50_000, 5_010, 0], method))
    assert (check.status, check.details[0].label) == ("failed", "Device Mobile, share of New")
    assert "Among 95,000 users with Device Mobile, New has 47.4" in check.sentence
    assert "redirect" in check.remedy


def test_users_who_come_back_elsewhere_are_no_mismatch() -> None:
    check = check_member_ratios(seen([10_000, 5_000, 0], [10_000, 5_000, 0], back=900))
    assert (check.status, check.p_value) == ("passed", 1.0)


def test_two_faults_that_cancel_out_are_found() -> None:
    check = check_member_ratios(seen([11_000, 9_000, 0], [9_000, 11_000, 0]))
    assert check.status == "failed"


def test_missing_members_are_left_to_their_own_check() -> None:
    assert check_member_ratios(seen([1_000, 1_000, 900], [1_000, 1_000, 0])).status == "passed"


def test_p_values_are_corrected_for_the_number_of_members() -> None:
    p = check_member_ratios(seen([1_060, 1_000, 0], [1_000, 1_000, 0])).p_value
    assert p == pytest.approx(2 * 0.1864, abs=1e-3)


def test_without_dimensions_nothing_is_known() -> None:
    assert check_member_ratios(observed_of(catalog_with(), units=units_of(ENGINES, [5, 5]))).status == "unknown"
    assert check_member_ratios(seen([0, 0, 0], [0, 0, 0])).status == "unknown"
