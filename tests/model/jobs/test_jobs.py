import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config import load_config
from model.jobs import JobError, Jobs, JobStatus, jobs
from model.jobs.status import OUT, PROGRESS, SOURCE
from semantic.errors import InputError, UnknownNameError

CONFIG = load_config(Path(__file__).resolve().parents[3] / "config.yaml", {})
OUTCOME = '{"share":1,"n_read":1,"outcome":{"n_read":1,"n_scored":1,"n_rejected":0,"seconds":0.1}}'
WORK = """
import pathlib, sys, time
folder, source, out, progress = map(pathlib.Path, sys.argv[1:])
word = source.read_text()
while word == "wait" and not (folder.parent / "go").exists():
    time.sleep(0.01)
if word == "fail":
    sys.exit("the column age is absent")
out.write_text(word.upper())
part = progress.with_suffix(".part")
part.write_text('%s')
part.replace(progress)
"""

TAKER = """
import io, pathlib, sys
from model.jobs import jobs
from model.jobs.status import OUT, PROGRESS, SOURCE
from tests.model.jobs.test_jobs import OUTCOME, WORK, jobs_of
files = ("", SOURCE, OUT, PROGRESS)
jobs._command = lambda folder: [sys.executable, "-c", WORK % OUTCOME, *(folder / name for name in files)]
print(jobs_of(pathlib.Path(sys.argv[1])).start(io.BytesIO(b"wait"), "a"))
"""


@pytest.fixture(autouse=True)
def scoring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Put a process of a few lines in the place of the one that scores, and let all of them end."""

    def command(folder: Path) -> list[Any]:
        return [sys.executable, "-c", WORK % OUTCOME, folder, folder / SOURCE, folder / OUT, folder / PROGRESS]

    monkeypatch.setattr(jobs, "_command", command)
    yield
    (tmp_path / "go").touch()
    idle(jobs_of(tmp_path))


def idle(found: Jobs) -> None:
    while found._running():
        time.sleep(0.01)


def jobs_of(folder: Path) -> Jobs:
    return Jobs(folder, CONFIG)


def text(word: str) -> io.BytesIO:
    return io.BytesIO(word.encode())


def eventually(found: Jobs, job_id: str, is_reached: Callable[[JobStatus], bool]) -> JobStatus:
    for _ in range(1_000):
        status = found.status(job_id)
        if is_reached(status):
            return status
        time.sleep(0.01)
    raise AssertionError(status)


def ended(found: Jobs, job_id: str) -> JobStatus:
    return eventually(found, job_id, lambda status: status.state in ("done", "failed"))


def test_a_file_is_scored_and_handed_out(tmp_path: Path) -> None:
    found = jobs_of(tmp_path)
    job_id = found.start(text("rows"), "visits.csv")
    assert ended(found, job_id).state == "done"
    assert found.result(job_id).read_text() == "ROWS"


def test_one_file_is_scored_at_a_time_in_the_order_they_came(tmp_path: Path) -> None:
    found = jobs_of(tmp_path)
    first, second, third = (found.start(text("wait"), "a") for _ in range(3))
    assert [found.status(each).state for each in (first, second, third)] == ["running", "waiting", "waiting"]
    assert [found.status(each).ahead for each in (second, third)] == [1, 2]
    (tmp_path / "go").touch()
    assert [ended(found, each).state for each in (first, second, third)] == ["done"] * 3


def test_another_process_knows_and_goes_on_with_what_one_took(tmp_path: Path) -> None:
    one, other = jobs_of(tmp_path), jobs_of(tmp_path)
    first, second = (one.start(text("wait"), "a") for _ in range(2))
    assert [other.status(each).state for each in (first, second)] == ["running", "waiting"]
    (tmp_path / "go").touch()
    assert [ended(other, each).state for each in (first, second)] == ["done"] * 2


def test_a_job_outlives_the_process_that_took_it(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", TAKER, tmp_path], capture_output=True, text=True, check=True)
    job_id = run.stdout.strip()
    found = jobs_of(tmp_path)
    assert found.status(job_id).state == "running"
    (tmp_path / "go").touch()
    assert ended(found, job_id).state == "done"


def test_a_job_that_fails_says_why(tmp_path: Path) -> None:
    found = jobs_of(tmp_path)
    job_id = found.start(text("fail"), "a")
    assert ended(found, job_id).fault == "the column age is absent"
    with pytest.raises(JobError, match="not scored yet"):
        found.result(job_id)


@pytest.mark.parametrize("word", ["a", "fail"])
def test_what_was_sent_is_removed_once_its_job_has_ended(tmp_path: Path, word: str) -> None:
    found = jobs_of(tmp_path)
    job_id = found.start(text(word), "a.csv")
    sent = tmp_path / job_id / SOURCE
    status = eventually(found, job_id, lambda _: not sent.exists())
    assert status.state == ("failed" if word == "fail" else "done")


def test_a_job_that_is_stopped_is_gone_and_the_next_one_begins(tmp_path: Path) -> None:
    found = jobs_of(tmp_path)
    first, second = (found.start(text("wait"), "a") for _ in range(2))
    found.cancel(first)
    eventually(found, second, lambda status: status.state == "running")
    with pytest.raises(JobError, match="no such file any more"):
        found.status(first)


def test_a_job_that_waits_can_be_taken_back(tmp_path: Path) -> None:
    found = jobs_of(tmp_path)
    first, second = (found.start(text("wait"), "a") for _ in range(2))
    found.cancel(second)
    assert not (tmp_path / second).exists()
    assert found.status(first).state == "running"


def test_too_many_waiting_files_are_refused(tmp_path: Path) -> None:
    found = jobs_of(tmp_path)
    for _ in range(jobs.MOST_WAITING + 1):
        found.start(text("wait"), "a")
    with pytest.raises(JobError, match="try again in a few minutes"):
        found.start(text("wait"), "a")


def test_results_are_forgotten_after_an_hour(tmp_path: Path) -> None:
    found = jobs_of(tmp_path)
    job_id = found.start(text("rows"), "a")
    ended(found, job_id)
    idle(found)
    long_ago = time.time() - jobs.KEPT_S - 10
    for path in [*(tmp_path / job_id).iterdir(), tmp_path / job_id]:
        os.utime(path, (long_ago, long_ago))
    with pytest.raises(JobError):
        found.status(job_id)


@pytest.mark.parametrize("job_id", ["../../etc", "", "A" * 22, ".lock", "a/b"])
def test_an_id_that_was_not_given_out_finds_nothing(tmp_path: Path, job_id: str) -> None:
    with pytest.raises(JobError, match="no such file any more"):
        jobs_of(tmp_path).status(job_id)


def test_ids_differ_and_the_folder_is_closed_to_others(tmp_path: Path) -> None:
    found = jobs_of(tmp_path / "new")
    ids = {found.start(text("rows"), "a") for _ in range(2)}
    assert (len(ids), len(min(ids))) == (2, 22)
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    for job_id in ids:
        ended(found, job_id)


def test_an_empty_file_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        jobs_of(tmp_path).start(text(""), "a")
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_a_part_that_there_is_not_is_named(tmp_path: Path) -> None:
    found = jobs_of(tmp_path)
    job_id = found.start(text("rows"), "a")
    ended(found, job_id)
    with pytest.raises(UnknownNameError, match="'score'"):
        found.result(job_id, "score")
