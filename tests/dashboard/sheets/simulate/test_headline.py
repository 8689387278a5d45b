from dataclasses import replace

from analytics.simulation.replay.replayed import replay
from analytics.simulation.settings import Settings
from dashboard.sheets.facts import Facts
from dashboard.sheets.simulate.headline import HEADLINE, headline, summary
from dashboard.simulation_facts import SimulationFacts, read_simulation
from tests.analytics.simulation.replay.users import users
from tests.dashboard.sheets.simulate.runs_shown import shown


def asked(facts: Facts, **options: str) -> Facts:
    return replace(facts, simulation=read_simulation(None, options, "1"))


def test_peeking_is_told_beside_the_interval_that_allows_it(facts: Facts) -> None:
    said = headline(shown(facts))
    assert said.startswith("Looking every day with a fixed 95\u00a0% test calls a winner in ")
    assert "nothing differs; the always-valid interval in " in said


def test_one_look_is_told_by_itself(facts: Facts) -> None:
    assert headline(shown(facts, looks="0")).startswith("A fixed 95\u00a0% test, once at the end, calls a winner")


def test_an_effect_is_told_with_how_often_it_is_found(facts: Facts) -> None:
    said = headline(shown(facts, effects="20"))
    assert said.startswith("A true lift of +20.0\u00a0% is found by one test after 6 days in ")


def test_before_there_is_a_result_the_page_says_what_it_is_for(facts: Facts) -> None:
    assert headline(asked(facts)) == "Try an experiment a thousand times before you run it once."
    assert summary(asked(facts)).startswith("How often each way of deciding is right")
    assert headline(asked(facts, **{"simulate-rate": "5"})) == "These settings have not been run yet."


def test_a_fault_stands_in_the_summary(facts: Facts) -> None:
    assert summary(asked(facts, **{"simulate-rate": "200"})).startswith("The conversion rate must be")


def test_lost_users_are_told_with_the_check_that_sees_them(facts: Facts) -> None:
    assert "The check of the sample ratio fails in " in summary(shown(facts, lost="30"))
    assert "sample ratio" not in summary(shown(facts))


def test_the_table_holds_the_settings(facts: Facts) -> None:
    assert ("Seed", "1") in HEADLINE.table(shown(facts)).rows
    assert HEADLINE.table(asked(facts, **{"simulate-rate": "200"})).rows == ()


def test_a_replay_tells_whose_users_they_are(facts: Facts) -> None:
    settings = Settings.of({"kind": "replay", "repetitions": "100"})
    result = replay(settings.scenario, users(200, 5), lambda share: None)
    found = replace(facts, simulation=SimulationFacts({"kind": "replay"}, settings, result=result))
    assert headline(found).startswith("Looking every day with a fixed 95")
    assert "Your own users over 5 days (" in summary(found)
    assert " sessions), assigned anew each time" in summary(found)


def test_how_much_was_simulated_is_told_of_every_sort(facts: Facts) -> None:
    assert summary(shown(facts, kind="ramp", repetitions="200")).startswith("200 runs of each effect, seed 1. How soon")
