"""Planned shares, at one look and at every look."""

import pytest

from analytics.checks.allocation import check_sample_ratio
from tests.analytics.checks.observations import ENGINES, catalog_with, observed_of, two_engines, units_of


def test_a_published_experiment_has_its_sample_ratio() -> None:
    check = check_sample_ratio(two_engines(145_310, 145_274))
    assert check.p_value == pytest.approx(0.9467543682, rel=1e-9)
    assert (check.status, check.remedy) == ("passed", "")
    assert "Old 145,274 and New 145,310" in check.sentence


@pytest.mark.parametrize("method", ["fixed", "sequential", "group_sequential"])
def test_half_a_percent_too_many_of_200_000_fails(method: str) -> None:
    check = check_sample_ratio(two_engines(101_000, 99_000, method))
    assert check.status == "failed"
    assert "New has 50.5" in check.sentence
    assert "redirects" in check.remedy


def test_what_is_rare_at_one_look_alone_warns_of_many() -> None:
    check = check_sample_ratio(two_engines(100_800, 99_200, "sequential"))
    assert check.status == "warning"
    assert "rare at one look (p\u00a0<\u00a00.001)" in check.sentence
    assert check_sample_ratio(two_engines(100_800, 99_200, "fixed")).status == "failed"


def test_shares_are_those_planned() -> None:
    planned = (("Old", 80.0), ("New", 20.0))
    assert check_sample_ratio(two_engines(20_010, 79_990, shares=planned)).status == "passed"
    assert check_sample_ratio(two_engines(50_010, 49_990, shares=planned)).status == "failed"


def test_the_method_asked_for_wins_over_the_planned_one() -> None:
    numbers = {method: check_sample_ratio(two_engines(10_100, 9_900, method)).p_value for method in ("", "fixed")}
    assert numbers[""] == 1.0
    assert numbers["fixed"] == pytest.approx(0.157, abs=1e-3)


def test_one_engine_alone_is_not_known() -> None:
    for new, old in ((0, 0), (10, 0)):
        check = check_sample_ratio(two_engines(new, old, shares=(("New", 1.0),)))
        assert (check.status, check.p_value) == ("unknown", None)


def test_three_engines_name_the_one_that_is_off_most() -> None:
    answer = units_of({"variant": ("A", "B", "Old")}, [10_000, 11_000, 10_000])
    check = check_sample_ratio(observed_of(catalog_with(), "fixed", units=answer))
    assert check.status == "failed"
    assert check.sentence.startswith("B has 35.5")


def test_details_hold_the_counts_and_both_tests() -> None:
    details = {detail.label: detail.value for detail in check_sample_ratio(two_engines(60, 40)).details}
    assert (details["New, users"], details["Old, planned"]) == (60.0, 0.5)
    assert details["p at one look"] == pytest.approx(0.0455, abs=1e-4)
    assert 0 < (details["p at every look"] or 0) <= 1
    assert list(ENGINES["variant"]) == ["New", "Old"]
