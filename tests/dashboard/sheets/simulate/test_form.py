import json

from dashboard.sheets.facts import Facts
from dashboard.sheets.simulate.form import FORM, form
from dashboard.simulation_facts import read_simulation
from tests.dashboard.sheets.simulate.runs_shown import shown


def test_every_field_stands_with_its_value_and_whether_it_is_usual() -> None:
    found = form(read_simulation(None, {"simulate-rate": "5", "simulate-looks": "7"}, "1"))
    fields = {field["option"]: field for field in found["fields"]}
    assert (fields["simulate-rate"]["value"], fields["simulate-rate"]["is_usual"]) == ("5", False)
    assert fields["simulate-looks"]["control"] == "select"
    assert fields["simulate-days"]["is_usual"]


def test_the_address_of_the_run_holds_every_setting() -> None:
    href = form(read_simulation(None, {"simulate-rate": "5"}, "1"))["href"]
    assert href.startswith("/simulate/runs?simulate-kind=test")
    assert "simulate-rate=5&" in href


def test_the_preset_in_force_is_marked() -> None:
    found = form(read_simulation(None, {"simulate-looks": "0"}, "1"))
    assert [preset["label"] for preset in found["presets"] if preset["is_current"]] == ["A/A, one look"]


def test_a_fault_is_told_and_nothing_is_run() -> None:
    found = form(read_simulation(None, {"simulate-rate": "many"}, "1"))
    assert "must be a number" in found["fault"]
    assert found["fields"][0]["value"] == "many"


def test_it_is_sent_as_plain_data_with_a_table(facts: Facts) -> None:
    sent = FORM.sent(shown(facts))
    assert json.loads(json.dumps(sent))["blocks"][0]["kind"] == "simulate"
    assert FORM.table(shown(facts)).rows[0] == ("Conversion rate of control", "12", "12")
