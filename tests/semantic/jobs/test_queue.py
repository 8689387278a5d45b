import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from semantic.jobs import JobError, Queue, Terms
from semantic.jobs.queue import ABOUT

WORK = """
import pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
while not (folder.parent / "go").exists():
    time.sleep(0.01)
(folder / "out").write_text((folder / "about.json").read_text())
"""
ONE, TWO, THREE = ("A" * 22, "B" * 22, "C" * 22)


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Queue]:
    """Yield a queue whose jobs wait until they may go on."""
    made = Queue(tmp_path, Terms(lambda folder: [sys.executable, "-c", WORK, folder], tmp_path, most_waiting=3))
    yield made
    (tmp_path / "go").touch()
    until(lambda: not made.running())


def until(is_reached: Callable[[], bool]) -> None:
    for _ in range(1_000):
        if is_reached():
            return
        time.sleep(0.01)
    raise AssertionError("not reached in ten seconds")


def note(text: str = "work") -> Callable[[Path], None]:
    def fill(folder: Path) -> None:
        (folder / ABOUT).write_text(text)

    return fill


def test_equal_work_is_done_once(queue: Queue) -> None:
    assert queue.add(note("one"), ONE, "ann") == queue.add(note("other"), ONE, "bob") == ONE
    (queue.folder / "go").touch()
    until((queue.folder / ONE / "out").exists)
    assert (queue.folder / ONE / "out").read_text() == "one"
    assert queue.waiting() == []


def test_those_who_wait_take_turns(queue: Queue) -> None:
    queue.add(note(), "R" * 22, "zoe")
    for job_id, who in ((ONE, "ann"), (TWO, "ann"), (THREE, "bob")):
        queue.add(note(), job_id, who)
    assert [folder.name for folder in queue.waiting()] == [ONE, THREE, TWO]
    assert [queue.ahead(job_id) for job_id in (ONE, TWO, THREE)] == [1, 3, 2]


def test_a_job_that_several_ask_for_goes_on_until_none_does(queue: Queue) -> None:
    queue.add(note(), ONE, "ann")
    queue.add(note(), ONE, "bob")
    queue.cancel(ONE, "ann")
    assert queue.running() == ONE
    queue.cancel(ONE, "bob")
    until(lambda: not queue.running())
    with pytest.raises(JobError, match="no such job any more"):
        queue.place(ONE)


def test_too_many_are_refused(queue: Queue) -> None:
    for _ in range(4):
        queue.add(note())
    with pytest.raises(JobError, match="too many jobs are waiting"):
        queue.add(note())


def test_what_ended_can_be_forgotten_and_tried_again(queue: Queue) -> None:
    (queue.folder / "go").touch()
    queue.add(note("first"), ONE)
    until(lambda: not queue.running())
    queue.forget(ONE)
    queue.add(note("second"), ONE)
    until((queue.folder / ONE / "out").exists)
    assert (queue.folder / ONE / "out").read_text() == "second"


@pytest.mark.parametrize("job_id", ["../../etc", "", "A" * 21, ".lock"])
def test_an_id_that_was_not_given_out_finds_nothing(queue: Queue, job_id: str) -> None:
    with pytest.raises(JobError):
        queue.place(job_id)
