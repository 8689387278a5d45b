import pytest

from analytics.roi.cost import DAYS_PER_MONTH, EngineCost

NEW = EngineCost(1_000, 500, 2.0, 9_000)


def test_a_month_costs_what_is_paid_by_month_and_by_request() -> None:
    assert NEW.running(DAYS_PER_MONTH, 10_000) == pytest.approx(1_520)


def test_what_is_spent_once_is_not_running() -> None:
    assert EngineCost(one_off=9_000).running(365, 1e6) == 0


def test_the_extra_cost_is_new_less_old() -> None:
    extra = NEW - EngineCost(400, 100, 0.5, 0)
    assert extra == EngineCost(600, 400, 1.5, 9_000)
    assert extra.running(30, 1_000) == pytest.approx(
        NEW.running(30, 1_000) - EngineCost(400, 100, 0.5).running(30, 1_000)
    )
