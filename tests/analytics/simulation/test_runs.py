import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analytics.simulation import runs as module
from analytics.simulation.engine import simulate
from analytics.simulation.runs import Runs
from analytics.simulation.settings import Settings
from config import Config
from semantic.jobs import JobError
from tests.analytics.simulation.waiting import until

SETTINGS = Settings.of({"days": "3", "repetitions": "300"})
FAILING = "import sys; sys.exit('the data is away')"
WAITING = "import pathlib, sys, time\nwhile not (pathlib.Path(sys.argv[1]).parent / 'go').exists(): time.sleep(0.01)"


@pytest.fixture
def doing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, config: Config) -> Callable[[str], Runs]:
    """Return a function that makes runs whose process is a few lines of its own."""

    def made(code: str) -> Runs:
        def command(folder: Path) -> list[Any]:
            return [sys.executable, "-c", code, folder]

        monkeypatch.setattr(module, "command_of", command)
        return Runs(tmp_path / "own", config)

    return made


def test_a_simulation_in_a_process_of_its_own_has_the_same_result(runs: Runs) -> None:
    key = runs.start(SETTINGS, "1")
    until(lambda: runs.status(key).state == "done")
    assert runs.result(SETTINGS, "1") == simulate(SETTINGS.scenario)


def test_equal_settings_are_run_once(runs: Runs) -> None:
    key = runs.start(SETTINGS, "1", "ann")
    until(lambda: runs.status(key).state == "done")
    written = (runs.queue.place(key) / "result.json").stat().st_mtime_ns
    assert runs.start(Settings.of({"days": "3.0", "repetitions": "300"}), "2", "bob") == key
    assert runs.status(key).state == "done"
    assert (runs.queue.place(key) / "result.json").stat().st_mtime_ns == written


def test_a_result_cannot_be_cancelled(runs: Runs) -> None:
    key = runs.start(SETTINGS, "1", "ann")
    until(lambda: runs.status(key).state == "done")
    runs.cancel(key, "ann")
    assert runs.status(key).state == "done"


def test_what_nobody_asked_for_is_absent(runs: Runs) -> None:
    assert runs.status("A" * 22).state == "absent"
    with pytest.raises(JobError, match="no such simulation"):
        runs.payload("A" * 22)


def test_a_simulation_that_fails_says_why_and_can_be_tried_again(doing: Callable[[str], Runs]) -> None:
    runs = doing(FAILING)
    key = runs.start(SETTINGS, "1")
    until(lambda: runs.status(key).state == "failed")
    assert runs.status(key).fault == "the data is away"
    assert runs.start(SETTINGS, "1") == key
    until(lambda: runs.status(key).state == "failed")


def test_a_simulation_that_is_cancelled_is_gone(doing: Callable[[str], Runs]) -> None:
    runs = doing(WAITING)
    key = runs.start(SETTINGS, "1", "ann")
    other = runs.start(Settings.of({"seed": "2"}), "1", "bob")
    assert (runs.status(key).state, runs.status(other).state) == ("running", "waiting")
    runs.cancel(other, "bob")
    runs.cancel(key, "ann")
    until(lambda: not runs.queue.running())
    assert runs.status(key).state == "absent"


def test_a_result_that_is_not_there_yet_is_said_to_be(doing: Callable[[str], Runs]) -> None:
    runs = doing(WAITING)
    key = runs.start(SETTINGS, "1")
    with pytest.raises(JobError, match="not done yet"):
        runs.payload(key)
    runs.cancel(key)
    until(lambda: not runs.queue.running())
