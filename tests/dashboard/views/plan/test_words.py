from dataclasses import replace

import pytest

from analytics.experiment.power.pace import Span
from analytics.planning.plan_result import PowerResult
from dashboard.format import NumberFormat
from dashboard.views.plan.words import answer, cases, in_weeks, percent, week_range

WRITE = NumberFormat("₹", "international")


@pytest.mark.parametrize(("power", "said"), [(0.5, "1 of 2 cases"), (0.95, "19 of 20 cases"), (0.99, "99 % of cases")])
def test_power_is_said_in_cases(power: float, said: str) -> None:
    assert cases(power, WRITE).replace("\u00a0", " ") == said


def test_weeks_are_whole() -> None:
    assert in_weeks(36, WRITE) == "6 weeks"
    assert week_range(Span(40, 36, 41), WRITE) == ""
    assert week_range(Span(40, 36, 50), WRITE) == "6 to 8 weeks"


def test_lifts_have_the_decimals_that_they_need() -> None:
    said = [percent(value, WRITE).replace("\u00a0", " ") for value in (0.02, 0.015, 0.0333)]
    assert said == ["2 %", "1.5 %", "3.33 %"]


def test_the_answer_is_a_sentence_with_users_and_weeks(found: PowerResult, guard: PowerResult) -> None:
    made = replace(found, n_units=182_000, days=Span(40, 36, 50))
    said = answer(made, WRITE).replace("\u00a0", " ")
    assert said == "To show a lift of 8 % in 4 of 5 cases you need 182,000 users: 6 full weeks of your traffic."
    assert answer(guard, WRITE).startswith("To rule out a loss of 8")


def test_what_takes_too_long_and_what_cannot_be_is_said(found: PowerResult, nothing: PowerResult) -> None:
    assert answer(replace(found, days=Span(None, None, None)), WRITE).endswith("more than three years of this traffic.")
    assert answer(replace(found, days=None), WRITE).endswith("users.")
    assert answer(replace(found, n_units=None), WRITE).startswith("No number of users can show")
    assert answer(nothing, WRITE) == nothing.notice
    assert "a fall of" in answer(replace(found, alternative="less"), WRITE)
