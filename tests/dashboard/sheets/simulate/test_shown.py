from dataclasses import replace

from dashboard.sheets.facts import Facts
from dashboard.sheets.simulate.methods import METHODS
from dashboard.sheets.simulate.shown import NOTHING_YET, run_of
from dashboard.simulation_facts import SimulationFacts
from tests.dashboard.sheets.simulate.runs_shown import shown


def test_a_sheet_is_absent_until_there_is_a_result(facts: Facts) -> None:
    nothing = replace(facts, simulation=SimulationFacts())
    sent = METHODS.sent(nothing)
    assert (sent["is_absent"], sent["blocks"], sent["says"]) == (True, [], NOTHING_YET)
    assert METHODS.table(nothing).rows == ()


def test_a_sheet_is_awaited_where_its_sort_is_chosen_and_not_run(facts: Facts) -> None:
    nothing = replace(facts, simulation=SimulationFacts())
    assert METHODS.sent(nothing)["is_awaited"]
    assert not METHODS.sent(shown(facts))["is_awaited"]
    assert not METHODS.sent(replace(facts, simulation=SimulationFacts({"kind": "ramp"})))["is_awaited"]


def test_a_sheet_is_absent_for_another_sort(facts: Facts) -> None:
    assert run_of(shown(facts), "bandit") is None
    assert not METHODS.sent(shown(facts))["is_absent"]
