import json
from pathlib import Path

import pytest

from model.batch import BatchOutcome
from model.jobs.status import PROGRESS, JobStatus, status_of
from semantic.jobs.queue import ABOUT, SAID, STARTED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ABOUT).write_text(json.dumps({"name": "visits.csv", "task": "arrival"}))
    return tmp_path


def status(folder: Path, *, is_running: bool = False) -> JobStatus:
    return status_of(folder, is_running=is_running, ahead=2)


def test_a_job_waits_until_it_is_begun(folder: Path) -> None:
    found = status(folder)
    assert (found.name, found.task, found.state, found.ahead) == ("visits.csv", "arrival", "waiting", 2)


def test_a_job_that_runs_tells_how_far_it_is(folder: Path) -> None:
    (folder / STARTED).touch()
    (folder / PROGRESS).write_text(json.dumps({"share": 0.4, "n_read": 900}))
    found = status(folder, is_running=True)
    assert (found.state, found.share, found.n_read, found.ahead) == ("running", 0.4, 900, 0)


@pytest.mark.parametrize("is_running", [True, False])
def test_a_job_is_done_once_its_outcome_is_written(folder: Path, *, is_running: bool) -> None:
    outcome = {"n_read": 3, "n_scored": 2, "n_rejected": 1, "seconds": 0.1}
    (folder / PROGRESS).write_text(json.dumps({"share": 1.0, "n_read": 3, "outcome": outcome}))
    found = status(folder, is_running=is_running)
    assert (found.state, found.outcome) == ("done", BatchOutcome(3, 2, 1, 0.1))


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("the column age is absent", "the column age is absent"),
        ("Traceback (most recent call last):\nKeyError: 'x'", "scoring ended before it was done"),
        ("", "scoring ended before it was done"),
    ],
)
def test_a_job_that_failed_says_why_in_one_sentence(folder: Path, said: str, fault: str) -> None:
    (folder / STARTED).touch()
    (folder / SAID).write_text(said)
    assert status(folder).state == "failed"
    assert status(folder).fault.startswith(fault)
