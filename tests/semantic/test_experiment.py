"""How the comparison was planned: shares that sum to one."""

import pytest

from semantic.experiment import Experiment


@pytest.mark.parametrize("scale", [1, 100])
def test_planned_shares_sum_to_one_in_any_scale(scale: int) -> None:
    planned = Experiment(shares=(("Old", 0.9 * scale), ("New", 0.1 * scale)))
    assert planned.share_of(("New", "Old")) == pytest.approx((0.1, 0.9))


def test_without_a_plan_shares_are_equal() -> None:
    assert Experiment().share_of(("A", "B", "C")) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_a_variant_that_was_not_planned_has_no_share() -> None:
    assert Experiment(shares=(("Old", 1.0),)).share_of(("Old", "New")) == (1.0, 0.0)
