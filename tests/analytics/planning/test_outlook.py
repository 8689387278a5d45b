import pytest

from analytics.experiment.power.rule import Rule
from analytics.planning.outlook import Outlook
from tests.analytics.planning.drawn_traffic import request_of, traffic_for

TRAFFIC = traffic_for(request_of())


def outlook(method="fixed", null: float = 0.0, alternative="two-sided") -> Outlook:
    return Outlook(TRAFFIC, Rule(method, alternative=alternative), (0.5, 0.5), null)


@pytest.mark.parametrize("method", ["fixed", "group_sequential", "sequential"])
def test_days_are_the_first_on_which_the_lift_is_shown(method) -> None:
    found = outlook(method)
    days = found.days_for(0.08, 0.8)
    last = float(days.likely or 0)
    powers = [found.trial(day).power(float(found.units_by(day).value), 0.08) for day in (last - 1, last)]
    assert powers[0] < 0.8 <= powers[1]
    assert days.soonest <= days.likely <= days.latest


def test_what_can_be_shown_shrinks_with_the_days_and_holds_the_lift_that_takes_them() -> None:
    found = outlook()
    lifts = [float(found.detectable(7.0 * weeks, 0.8).value) for weeks in range(1, 9)]
    assert lifts == sorted(lifts, reverse=True)
    days = found.days_for(lifts[3], 0.8)
    assert days.likely == pytest.approx(28, abs=1)


def test_the_range_of_a_lift_is_that_of_the_traffic() -> None:
    found = outlook().detectable(84.0, 0.8)
    assert found.low < found.value < found.high


def test_a_loss_is_ruled_out_as_fast_as_a_gain_is_shown() -> None:
    gain = outlook(alternative="greater").detectable(28.0, 0.8)
    loss = outlook(alternative="greater", null=-0.02).detectable(28.0, 0.8)
    assert float(loss.value) == pytest.approx(float(gain.value), rel=0.1)


def test_a_lift_too_small_for_three_years_has_no_days() -> None:
    assert outlook().days_for(1e-5, 0.8).likely is None


def test_a_sequence_is_tuned_for_the_users_planned() -> None:
    tuned = outlook("sequential").trial(28).rule.tuned_at
    assert tuned == pytest.approx(1 / TRAFFIC.sessions_per_unit)


def test_half_of_what_is_known_takes_more_days_than_half_of_the_users() -> None:
    found = outlook()
    half = found.days_to(0.5, 56, 0.05)
    assert float(found.units_by(half).value) > 0.5 * float(found.units_by(56).value)
    assert found.days_to(1.0, 56, 0.05) == 56
