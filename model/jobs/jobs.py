"""Jobs: one file is scored at a time on a server, whichever of its processes took it; results are kept for an hour."""

import fcntl
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO, Any, BinaryIO

from config import Config
from model.jobs.status import ABOUT, OUT, PROGRESS, REJECTED, SAID, SOURCE, STARTED, JobError, JobStatus, status_of
from model.jobs.upload import take_upload
from model.task import TaskName
from semantic.errors import UnknownNameError, unknown_name

MOST_ROWS = 2_000_000
MOST_WAITING = 5
KEPT_S = 3600.0
_NICE = 10
_ID = re.compile(r"[\w-]{22}")
_LIMITS = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
_UNKNOWN = "there is no such file any more; results are kept for an hour, send it again"


class Jobs:
    """Files to be scored, for any number of threads and processes that share a folder.

    The process that scores inherits the lock of the folder and holds it as long as it lives. The web process that
    began it begins the next one then; where that process is gone, whoever asks for a job does. So none is lost.

    Parameters
    ----------
    folder : Path
        Where files are kept; made when it is first needed.
    config : Config
        Where ``config.yaml`` is, which the scoring process reads.
    """

    def __init__(self, folder: Path, config: Config) -> None:
        self._folder, self._config = folder.absolute(), config

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
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sweep()
        if len(self._waiting()) >= MOST_WAITING:
            raise JobError(f"{MOST_WAITING} files are waiting to be scored; try again in a few minutes")
        job_id = secrets.token_urlsafe(16)
        hidden = self._folder / f".{job_id}"
        hidden.mkdir(mode=0o700)
        try:
            take_upload(stream, hidden / SOURCE)
            (hidden / ABOUT).write_text(json.dumps({"name": Path(name).name, "task": task, "at": time.time()}))
            hidden.rename(self._folder / job_id)
        finally:
            shutil.rmtree(hidden, ignore_errors=True)
        self._start_next()
        return job_id

    def status(self, job_id: str) -> JobStatus:
        """Return how a job is doing; raises JobError where there is none of that id."""
        self._sweep()
        folder = self._place(job_id)
        self._start_next()
        waiting = self._waiting()
        ahead = waiting.index(folder) + 1 if folder in waiting else 0
        try:
            return status_of(folder, is_running=self._running() == job_id, ahead=ahead)
        except KeyError as error:
            raise JobError(_UNKNOWN) from error

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
        return self._place(job_id) / files[part]

    def cancel(self, job_id: str) -> None:
        """Stop a job and forget it; raises JobError where there is none of that id."""
        folder = self._place(job_id)
        process = folder / STARTED
        if self._running() == job_id and (number := process.read_text()):
            with suppress(ProcessLookupError):
                os.killpg(int(number), signal.SIGTERM)
        shutil.rmtree(folder, ignore_errors=True)

    def _place(self, job_id: str) -> Path:
        folder = self._folder / job_id
        if not _ID.fullmatch(job_id) or not folder.is_dir():
            raise JobError(_UNKNOWN)
        return folder

    def _waiting(self) -> list[Path]:
        """Return the folders of jobs that have not begun, the oldest first."""
        found = []
        for folder in self._folder.glob("[!.]*/"):
            with suppress(FileNotFoundError):
                came_ns = (folder / ABOUT).stat().st_mtime_ns
                if not (folder / STARTED).exists():
                    found.append((came_ns, folder))
        return [folder for _, folder in sorted(found)]

    def _running(self) -> str:
        """Return the id of the job whose process lives; empty where none does."""
        if not self._folder.is_dir():
            return ""
        with self._locked() as file:
            return "" if self._is_free(file) else file.read()

    def _start_next(self) -> None:
        with self._locked() as file:
            if self._is_free(file) and (waiting := self._waiting()):
                with suppress(FileNotFoundError):  # it was taken back meanwhile
                    child = self._begin(waiting[0], file)
                    Thread(target=self._go_on, args=(child, waiting[0]), daemon=True).start()

    def _go_on(self, child: "subprocess.Popen[bytes]", folder: Path) -> None:
        child.wait()
        (folder / SOURCE).unlink(missing_ok=True)
        self._start_next()

    def _begin(self, folder: Path, lock: IO[str]) -> "subprocess.Popen[bytes]":
        lock.truncate(0)
        lock.write(folder.name)
        lock.flush()
        (folder / STARTED).touch()
        with (folder / SAID).open("wb") as said:
            child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                _command(folder),
                cwd=self._config.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                env={**os.environ, **_LIMITS, "DATABASE_URL": self._config.database_url},
                pass_fds=(lock.fileno(),),
                start_new_session=True,
            )
        os.setpriority(os.PRIO_PROCESS, child.pid, _NICE)
        (folder / STARTED).write_text(str(child.pid))
        return child

    def _locked(self) -> IO[str]:
        return (self._folder / ".lock").open("a+", encoding="utf-8")

    @staticmethod
    def _is_free(file: IO[str]) -> bool:
        """Return whether no job runs, and hold the lock as long as the file is open; go to its beginning."""
        file.seek(0)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _sweep(self) -> None:
        """Remove jobs that were begun or left more than an hour ago, but not the one that runs."""
        running = self._running()
        for folder in self._folder.glob("*/"):
            with suppress(FileNotFoundError):  # another process removes it too
                newest = max(path.stat().st_mtime for path in [folder, *folder.iterdir()])
                if folder.name != running and time.time() - newest > KEPT_S:
                    shutil.rmtree(folder, ignore_errors=True)


def _command(folder: Path) -> list[Any]:
    about = json.loads((folder / ABOUT).read_bytes())
    files = ("--in", folder / SOURCE, "--out", folder / OUT, "--rejected", folder / REJECTED)
    limits = ("--task", about["task"], "--most-rows", str(MOST_ROWS), "--progress", folder / PROGRESS)
    return [sys.executable, "-m", "model", "score", "--quiet", *files, *limits]
