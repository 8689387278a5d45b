import numpy as np
import pytest
from scipy.stats import ttest_ind

from analytics.experiment.effect import Effect
from analytics.experiment.interval import Interval
from analytics.experiment.plan import Plan
from analytics.roi.incremental import chance_above, incremental_of, incremental_share, scaled
from tests.analytics.roi.shops import ledger, ledgers, two_variants

FIXED = Plan("fixed")
VALUES, GROUP = two_variants(4_000)
NEW, OLD = ledgers(VALUES, GROUP)


def test_margin_is_welchs_difference_for_all_users_of_new() -> None:
    margin = VALUES[:, 2] - VALUES[:, 3] - VALUES[:, 4]
    expected = ttest_ind(margin[GROUP == 1], margin[GROUP == 0], equal_var=False).confidence_interval()
    found = incremental_of(NEW, OLD, 0.0, FIXED).margin
    assert (float(found.low), float(found.high)) == pytest.approx(
        (4_000 * expected.low, 4_000 * expected.high), rel=1e-2
    )


def test_profit_and_roi_are_margin_less_cost() -> None:
    found = incremental_of(NEW, OLD, 500.0, FIXED)
    assert float(found.profit.low) == pytest.approx(float(found.margin.low) - 500)
    assert float(found.roi.value) == pytest.approx((float(found.margin.value) - 500) / 500)


def test_the_chance_of_profit_falls_with_cost_and_is_a_half_at_the_estimate() -> None:
    costs = np.array([-1e5, float(incremental_of(NEW, OLD, 0.0, FIXED).margin.value), 1e5])
    chances = [float(incremental_of(NEW, OLD, cost, FIXED).chance_of_profit) for cost in costs]
    assert chances == pytest.approx([1, 0.5, 0], abs=1e-3)


def test_at_the_end_of_the_interval_the_chance_is_its_tail() -> None:
    low = float(incremental_of(NEW, OLD, 0.0, FIXED).margin.low)
    assert float(incremental_of(NEW, OLD, low, FIXED).chance_of_profit) == pytest.approx(0.975, abs=1e-4)


def test_at_the_break_even_lift_profit_is_nothing() -> None:
    found = incremental_of(NEW, OLD, 500.0, FIXED)
    base = float(OLD.arm("margin_per_user").point.value)
    assert float(found.break_even_lift) * base * float(NEW.n_users) == pytest.approx(500)


@pytest.mark.parametrize("cost", [0.0, -10.0])
def test_without_extra_cost_there_is_no_roi(cost) -> None:
    found = incremental_of(NEW, OLD, cost, FIXED)
    assert np.isnan(found.roi.value)
    assert np.isfinite(found.chance_of_profit)


def test_without_margin_of_old_there_is_no_break_even_lift() -> None:
    poor = ledger((1, 1, 10, 0, 12), (1, 1, 10, 0, 13))
    assert np.isnan(incremental_of(NEW, poor, 500.0, FIXED).break_even_lift)


def test_sequences_are_wider_than_one_look() -> None:
    one, every = (incremental_of(NEW, OLD, 0.0, Plan(method)).margin for method in ("fixed", "sequential"))
    assert float(every.high - every.low) > float(one.high - one.low)
    assert float(every.value) == float(one.value)


def test_without_an_error_there_is_no_chance() -> None:
    known = Effect(np.array(1.0), np.array(0.0), np.array(5.0))
    assert np.isnan(chance_above(known, 0.0))


def test_the_share_of_what_is_attributed_scales_its_ends() -> None:
    money = Interval(np.array(50.0), np.array(-10.0), np.array(110.0))
    assert float(incremental_share(money, 200.0).low) == -0.05
    assert np.isnan(incremental_share(money, 0.0).value)
    assert float(scaled(money, 2).high) == 220


def test_an_effect_has_the_error_of_its_finding() -> None:
    found = incremental_of(NEW, OLD, 0.0, FIXED)
    assert float(found.effect.interval().low) * 4_000 == pytest.approx(float(found.margin.low), rel=1e-6)
