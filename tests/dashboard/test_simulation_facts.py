from pathlib import Path

from analytics.simulation.runs import Runs
from config import Config
from dashboard.simulation_facts import read_simulation, texts_of


def test_only_what_begins_so_is_a_setting() -> None:
    options = {"simulate-rate": "5", "simulate-run": "1", "model-threshold": "0.2"}
    assert texts_of(options) == {"rate": "5"}


def test_a_first_visit_is_run_at_once() -> None:
    assert read_simulation(None, {}, "1").is_asked
    assert not read_simulation(None, {"simulate-rate": "5"}, "1").is_asked
    assert read_simulation(None, {"simulate-rate": "5", "simulate-run": "1"}, "1").is_asked


def test_what_cannot_be_run_is_told() -> None:
    found = read_simulation(None, {"simulate-rate": "many"}, "1")
    assert found.settings is None
    assert "Conversion rate of control is 'many'" in found.fault
    assert found.kind == "test"


def test_without_a_result_there_is_its_state(tmp_path: Path, config: Config) -> None:
    found = read_simulation(Runs(tmp_path / "runs", config), {}, "1")
    assert found.status.state == "absent"
    assert found.result is None


def test_a_sort_that_there_is_not_falls_back_and_is_told() -> None:
    found = read_simulation(None, {"simulate-kind": "tset"}, "1")
    assert found.kind == "test"
    assert "did you mean 'test'" in found.fault
