import pytest

from analytics.planning.asked import N_LOOKS, Asked
from semantic.catalog import Catalog
from tests.analytics.planning.drawn_traffic import CATALOG, planned, request_of, traffic_for


def asked(catalog: Catalog = CATALOG, names=("Old", "New"), **params) -> Asked:
    request = request_of(**params)
    return Asked(request, catalog, names, traffic_for(request))


def test_a_lift_is_shown_against_none() -> None:
    assert asked(effect=0.03).goal == (0.03, 0.0)
    assert asked(effect=0.03, alternative="less").goal == (-0.03, 0.0)


def test_a_loss_is_ruled_out_where_nothing_changes_and_on_one_side() -> None:
    found = asked(goal="no_loss", effect=0.03, alternative="two-sided")
    assert found.goal == (0.0, -0.03)
    assert found.plan.alternative == "greater"


def test_shares_are_the_planned_ones_unless_asked_otherwise() -> None:
    assert asked(planned(shares=(("Old", 80), ("New", 20)))).shares == (0.8, 0.2)
    assert asked(treatment_share=0.1).shares == (0.9, 0.1)
    assert asked(names=("Old", "A", "B"), treatment_share=0.2).shares == pytest.approx((0.8, 0.1, 0.1))


def test_a_share_that_nobody_has_counts_as_equal_shares() -> None:
    assert asked(planned(shares=(("Old", 1), ("Other", 1)))).shares == (0.5, 0.5)


def test_the_method_is_the_planned_one_unless_asked_otherwise() -> None:
    assert asked(planned(method="fixed", planned_units=10)).plan.method == "fixed"
    assert asked(method="group_sequential").plan.method == "group_sequential"


def test_methods_look_as_often_as_planned_and_sequences_often() -> None:
    found = asked(planned(n_looks=5))
    assert found.outlook("group_sequential").rule.n_looks == 5
    assert found.outlook("sequential").rule.n_looks == N_LOOKS


def test_a_part_of_the_traffic_brings_that_part_of_the_users() -> None:
    whole, half = (asked(traffic_share=share).outlook("fixed") for share in (1.0, 0.5))
    assert float(half.units_by(28).value) == pytest.approx(float(whole.units_by(28).value) / 2)


def test_treatments_share_the_false_alarms() -> None:
    assert asked(names=("Old", "A", "B")).outlook("fixed").rule.n_comparisons == 2
