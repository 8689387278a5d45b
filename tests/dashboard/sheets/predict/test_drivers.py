"""The steps from nobody in particular to the visitor add up exactly."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from dashboard.sheets.predict.drivers import DRIVERS, MOST_STEPS, chance, steps_of
from model.prediction import Contribution
from tests.dashboard.sheets.predict.conftest import Ask, asked, block_of, told


@pytest.mark.parametrize("options", [{}, {"session-device": "Tablet", "session-age": "61"}])
def test_steps_lead_from_the_base_to_the_prediction(ask: Ask, options: dict[str, str]) -> None:
    facts = ask(options)
    found, steps = facts.visitor.prediction, steps_of(asked(facts))
    assert steps[0].before == chance(found.base_log_odds)
    assert all(step.after == after.before for step, after in pairwise(steps))
    assert math.isclose(steps[-1].after, found.probability, abs_tol=1e-12)
    total = sum(step.after - step.before for step in steps)
    assert math.isclose(total, found.probability - chance(found.base_log_odds), abs_tol=1e-12)


def test_the_largest_step_comes_first(ask: Ask) -> None:
    sizes = [abs(float(row[2] or 0)) for row in DRIVERS.table(ask()).rows[1:]]
    assert sizes == sorted(sizes, reverse=True)


def test_of_many_attributes_the_rest_is_one_step(ask: Ask) -> None:
    facts = ask()
    many = tuple(Contribution(f"f{i}", f"F{i}", "x", 0.2 - 0.01 * i) for i in range(15))
    facts.visitor.__dict__["prediction"] = replace(facts.visitor.prediction, contributions=many)
    steps = steps_of(asked(facts))
    assert (len(steps), steps[-1].label) == (MOST_STEPS, "6 more")
    assert math.isclose(sum(step.log_odds for step in steps), sum(one.log_odds for one in many))


def test_bars_rise_and_fall_on_one_scale(ask: Ask) -> None:
    first, *steps, last = block_of(DRIVERS, ask(), "ladder")["rows"]
    assert (first["label"], last["label"]) == ("Nobody in particular", "This visitor")
    assert {row["tone"] for row in steps} <= {"up", "down"}
    assert all(0 <= row["bar"][0] <= row["bar"][1] <= 1 for row in steps)


def test_the_sentence_names_the_first_driver_and_the_total(ask: Ask) -> None:
    said = told(ask(), DRIVERS)
    assert " it most (" in said
    assert said.endswith(" pt.")
