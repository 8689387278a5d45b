"""Jobs: files that people drop are scored one at a time on a server; results are kept for an hour."""

import json
import sys
import time
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from config import Config
from model.jobs.status import OUT, PROGRESS, REJECTED, SOURCE, JobStatus, status_of
from model.jobs.upload import take_upload
from model.task import TaskName
from semantic.errors import UnknownNameError, unknown_name
from semantic.jobs import JobError, Queue, Terms
from semantic.jobs.queue import ABOUT

MOST_ROWS = 2_000_000
MOST_WAITING = 5
KEPT_S = 3600.0
_GONE = "there is no such file any more; results are kept for an hour, send it again"
_FULL = f"{MOST_WAITING} files are waiting to be scored; try again in a few minutes"


class Jobs:
    """Files to be scored, for any number of threads and processes that share a folder; see `Queue`.

    Parameters
    ----------
    folder : Path
        Where files are kept; made when it is first needed.
    config : Config
        Where ``config.yaml`` is, which the scoring process reads.
    """

    def __init__(self, folder: Path, config: Config) -> None:
        self._folder, self._config = folder, config

    @cached_property
    def queue(self) -> Queue:
        """Where the files wait."""
        terms = Terms(
            command=lambda folder: _command(folder),
            cwd=self._config.folder,
            environment={"DATABASE_URL": self._config.database_url},
            most_waiting=MOST_WAITING,
            kept_s=KEPT_S,
            gone=_GONE,
            full=_FULL,
            passing=SOURCE,
        )
        return Queue(self._folder, terms)

    def start(self, stream: BinaryIO, name: str, task: TaskName = "arrival") -> str:
        """Return the id of a new job.

        Parameters
        ----------
        stream : file
            Csv or Parquet, in bytes.
        name : str
            Of the file, as people know it.
        task : TaskName
            Which model scores it.

        Raises
        ------
        JobError
            Where too many are waiting.
        InputError
            Where the file is too large or empty.
        """

        def fill(folder: Path) -> None:
            take_upload(stream, folder / SOURCE)
            (folder / ABOUT).write_text(json.dumps({"name": Path(name).name, "task": task, "at": time.time()}))

        return self.queue.add(fill)

    def status(self, job_id: str) -> JobStatus:
        """Return how a job is doing; raises JobError where there is none of that id."""
        self.queue.sweep()
        folder = self.queue.place(job_id)
        self.queue.start_next()
        ahead = self.queue.ahead(job_id)
        try:
            return status_of(folder, is_running=self._running() == job_id, ahead=ahead)
        except KeyError as error:
            raise JobError(_GONE) from error

    def result(self, job_id: str, part: str = "scored") -> Path:
        """Return the file of a job that is done.

        Parameters
        ----------
        job_id : str
            As of `start`.
        part : {"scored", "rejected"}
            Which of the two.

        Raises
        ------
        JobError
            Where there is no such job, or it is not done.
        UnknownNameError
            Where there is no such part.
        """
        files = {"scored": OUT, "rejected": REJECTED}
        if part not in files:
            raise UnknownNameError(unknown_name("part", part, files))
        if self.status(job_id).state != "done":
            raise JobError("the file is not scored yet; wait until it is done")
        return self.queue.place(job_id) / files[part]

    def cancel(self, job_id: str) -> None:
        """Stop a job and forget it; raises JobError where there is none of that id."""
        self.queue.cancel(job_id)

    def _running(self) -> str:
        return self.queue.running()


def _command(folder: Path) -> list[Any]:
    about = json.loads((folder / ABOUT).read_bytes())
    files = ("--in", folder / SOURCE, "--out", folder / OUT, "--rejected", folder / REJECTED)
    limits = ("--task", about["task"], "--most-rows", str(MOST_ROWS), "--progress", folder / PROGRESS)
    return [sys.executable, "-m", "model", "score", "--quiet", *files, *limits]
