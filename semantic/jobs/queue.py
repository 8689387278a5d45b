"""Queue: one job of a kind runs at a time on a server, whichever of its processes took it; results are kept a while."""

import fcntl
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import IO, Any

from semantic.errors import ProductError

ABOUT, STARTED, SAID = "about.json", "started", "said.txt"
ASKED = "asked-"
"""Begins the names of empty files, one for each who asked for a job."""

_NICE = 10
_ID = re.compile(r"[\w-]{22}")
_LIMITS = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}


class JobError(ProductError):
    """There is no such job, or no room for one more."""


@dataclass(frozen=True)
class Terms:
    """What holds for all jobs of a queue.

    Attributes
    ----------
    command : callable
        From the folder of a job to the command that does it. What it says on standard error is kept.
    cwd : Path
        Where it runs.
    environment : mapping of str to str
        Set beside what the web process has.
    most_waiting : int
        Jobs that may wait; more are refused.
    kept_s : float
        How long a job is kept once it was last written to.
    gone, full : str
        Sentences for a job that is not there, and for one that is refused.
    passing : str
        Name of a file that is removed once a job has ended; empty: none.
    """

    command: Callable[[Path], Sequence[Any]]
    cwd: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    most_waiting: int = 5
    kept_s: float = 3600.0
    gone: str = "there is no such job any more; start it again"
    full: str = "too many jobs are waiting; try again in a few minutes"
    passing: str = ""


class Queue:
    """Jobs for any number of threads and processes that share a folder.

    The process that works inherits the lock of the folder and holds it as long as it lives. The web process that began
    it begins the next one then; where that process is gone, whoever asks for a job does. So none is lost. Those who
    wait take turns: the second job of one comes behind the first of each other.

    Parameters
    ----------
    folder : Path
        Where jobs are kept; made when it is first needed.
    terms : Terms
        What holds for all.
    """

    def __init__(self, folder: Path, terms: Terms) -> None:
        self.folder, self.terms = folder.absolute(), terms

    def add(self, fill: Callable[[Path], None], job_id: str = "", who: str = "") -> str:
        """Return the id of a job that runs, waits, or is done already.

        Parameters
        ----------
        fill : callable
            Writes into a new folder what the job needs, `ABOUT` among it.
        job_id : str
            Equal work has an equal id, 22 letters, digits, ``-`` or ``_``, and is done once; empty: new work.
        who : str
            Who asks for it; a job that several ask for is only stopped once none does.

        Raises
        ------
        JobError
            Where too many wait.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sweep()
        job_id = job_id or secrets.token_urlsafe(16)
        if not (self.folder / job_id).is_dir():
            if len(self.waiting()) >= self.terms.most_waiting:
                raise JobError(self.terms.full)
            self._make(fill, job_id)
        with suppress(FileNotFoundError):
            (self.folder / job_id / f"{ASKED}{who}").touch()
        self.start_next()
        return job_id

    def place(self, job_id: str) -> Path:
        """Return the folder of a job; raises JobError where there is none of that id."""
        folder = self.folder / job_id
        if not _ID.fullmatch(job_id) or not folder.is_dir():
            raise JobError(self.terms.gone)
        return folder

    def ahead(self, job_id: str) -> int:
        """Return the place of a job among those that wait, from 1; 0 where it does not wait."""
        waiting = [folder.name for folder in self.waiting()]
        return waiting.index(job_id) + 1 if job_id in waiting else 0

    def cancel(self, job_id: str, who: str = "") -> None:
        """Stop a job that nobody else asks for, and forget it; raises JobError where there is none of that id."""
        folder = self.place(job_id)
        (folder / f"{ASKED}{who}").unlink(missing_ok=True)
        if any(folder.glob(f"{ASKED}*")):
            return
        with suppress(FileNotFoundError, ProcessLookupError, ValueError):
            if self.running() == job_id:
                os.killpg(int((folder / STARTED).read_text()), signal.SIGTERM)
        self._remove(folder)

    def forget(self, job_id: str) -> None:
        """Remove a job that has ended, so that it can be tried again."""
        self._remove(self.place(job_id))

    def waiting(self) -> list[Path]:
        """Return the folders of jobs that have not begun, in the order in which they will."""
        came, owners = [], Counter[str]()
        for folder in self.folder.glob("[!.]*/"):
            with suppress(FileNotFoundError):
                came_ns = (folder / ABOUT).stat().st_mtime_ns
                if not (folder / STARTED).exists():
                    came.append((came_ns, folder))
        turns = []
        for came_ns, folder in sorted(came):
            owner = min((path.name for path in folder.glob(f"{ASKED}*")), default="")
            owners[owner] += 1
            turns.append((owners[owner] if owner != ASKED else 1, came_ns, folder))
        return [folder for _, _, folder in sorted(turns)]

    def running(self) -> str:
        """Return the id of the job whose process lives; empty where none does."""
        if not self.folder.is_dir():
            return ""
        with self._locked() as file:
            return "" if self._is_free(file) else file.read()

    def start_next(self) -> None:
        """Begin the next job if none runs."""
        with self._locked() as file:
            if self._is_free(file) and (waiting := self.waiting()):
                with suppress(FileNotFoundError):  # it was taken back meanwhile
                    child = self._begin(waiting[0], file)
                    Thread(target=self._go_on, args=(child, waiting[0]), daemon=True).start()

    def sweep(self) -> None:
        """Remove jobs that were begun or left too long ago, but not the one that runs."""
        running = self.running()
        for folder in self.folder.glob("*/"):
            with suppress(FileNotFoundError):  # another process removes it too
                newest = max(path.stat().st_mtime for path in [folder, *folder.iterdir()])
                if folder.name != running and time.time() - newest > self.terms.kept_s:
                    shutil.rmtree(folder, ignore_errors=True)

    def _make(self, fill: Callable[[Path], None], job_id: str) -> None:
        hidden = self.folder / f".{job_id}.{secrets.token_hex(4)}"
        hidden.mkdir(mode=0o700)
        try:
            fill(hidden)
            with suppress(OSError):  # another process was asked for the same
                hidden.rename(self.folder / job_id)
        finally:
            shutil.rmtree(hidden, ignore_errors=True)

    def _remove(self, folder: Path) -> None:
        """Remove a folder at once: file by file, another thread could take it for one that waits."""
        hidden = self.folder / f".{folder.name}.{secrets.token_hex(4)}"
        with suppress(OSError):
            folder.rename(hidden)
        shutil.rmtree(hidden, ignore_errors=True)

    def _go_on(self, child: "subprocess.Popen[bytes]", folder: Path) -> None:
        child.wait()
        if self.terms.passing:
            (folder / self.terms.passing).unlink(missing_ok=True)
        self.start_next()

    def _begin(self, folder: Path, lock: IO[str]) -> "subprocess.Popen[bytes]":
        lock.truncate(0)
        lock.write(folder.name)
        lock.flush()
        (folder / STARTED).touch()
        with (folder / SAID).open("wb") as said:
            child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                self.terms.command(folder),
                cwd=self.terms.cwd,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                env={**os.environ, **_LIMITS, **self.terms.environment},
                pass_fds=(lock.fileno(),),
                start_new_session=True,
            )
        os.setpriority(os.PRIO_PROCESS, child.pid, _NICE)
        (folder / STARTED).write_text(str(child.pid))
        return child

    def _locked(self) -> IO[str]:
        return (self.folder / ".lock").open("a+", encoding="utf-8")

    @staticmethod
    def _is_free(file: IO[str]) -> bool:
        """Return whether no job runs, and hold the lock as long as the file is open; go to its beginning."""
        file.seek(0)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
