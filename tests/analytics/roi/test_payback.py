import math

import pytest

from analytics.roi.cost import DAYS_PER_MONTH, EngineCost
from analytics.roi.payback import Payback, payback_of

ONCE = EngineCost(one_off=1_000)


def test_it_is_what_was_spent_once_by_what_comes_in_a_day() -> None:
    assert payback_of((20, 10, 40), ONCE, 0) == Payback(50, 25, 100)


def test_running_cost_comes_off_first() -> None:
    extra = EngineCost(fixed_per_month=5 * DAYS_PER_MONTH, per_thousand_requests=1, one_off=1_000)
    assert payback_of((20, 20, 20), extra, 5_000).days == pytest.approx(100)


@pytest.mark.parametrize("margin", [0.0, -3.0, math.nan])
def test_what_never_comes_back_has_no_payback(margin) -> None:
    assert payback_of((margin, margin, margin), ONCE, 0) == Payback(None, None, None)


def test_where_it_may_never_come_back_there_is_no_latest_day() -> None:
    assert payback_of((20, -1, 40), ONCE, 0) == Payback(50, 25, None)


def test_where_nothing_was_spent_it_is_paid_at_once() -> None:
    assert payback_of((20, -1, 40), EngineCost(), 0) == Payback(0, 0, None)


def test_an_unbounded_end_is_soon_and_no_loss_of_days() -> None:
    assert payback_of((20, 10, math.inf), ONCE, 0).soonest == 0
    assert payback_of((1e-320, 0, 0), ONCE, 0).days is None
