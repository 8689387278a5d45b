"""JobStatus: how a job is doing, read from the files in its folder."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from model.batch import BatchOutcome
from semantic.jobs.queue import ABOUT, SAID, STARTED

SOURCE, OUT, REJECTED = "source", "scored.csv", "rejected.csv"
PROGRESS = "progress.json"
_LOST = "scoring ended before it was done; try again, or split the file into smaller ones"


@dataclass(frozen=True, slots=True)
class JobStatus:
    """How a job is doing.

    Attributes
    ----------
    id : str
        Cannot be guessed; who knows it may see the job.
    name : str
        Of the file, as it was sent.
    task : str
        Which model scores it.
    state : {"waiting", "running", "done", "failed"}
        Where it is.
    ahead : int
        Jobs that come before it.
    share : float
        How much of the file was read, in [0, 1].
    n_read : int
        Rows read.
    outcome : BatchOutcome or None
        Where it is done.
    fault : str
        One sentence where it failed.
    """

    id: str
    name: str
    task: str
    state: Literal["waiting", "running", "done", "failed"]
    ahead: int = 0
    share: float = 0.0
    n_read: int = 0
    outcome: BatchOutcome | None = None
    fault: str = ""


def status_of(folder: Path, *, is_running: bool, ahead: int) -> JobStatus:
    """Return how the job in a folder is doing.

    Parameters
    ----------
    folder : Path
        Of the job; its name is the id.
    is_running : bool
        Whether its process lives.
    ahead : int
        Jobs that come before it.
    """
    about, told = _read(folder / ABOUT), _read(folder / PROGRESS)
    who = (folder.name, str(about["name"]), str(about["task"]))
    share, n_read = float(told.get("share", 0.0)), int(told.get("n_read", 0))
    if "outcome" in told:
        return JobStatus(*who, "done", 0, 1.0, n_read, BatchOutcome(**told["outcome"]))
    if is_running:
        return JobStatus(*who, "running", 0, share, n_read)
    if not (folder / STARTED).exists():
        return JobStatus(*who, "waiting", ahead)
    return JobStatus(*who, "failed", 0, share, n_read, fault=_fault(folder / SAID))


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return {}


def _fault(said: Path) -> str:
    """Return the sentence that the process left; a stack of calls is nothing for a screen."""
    text = said.read_text(encoding="utf-8", errors="replace").strip() if said.exists() else ""
    return _LOST if not text or "Traceback" in text else text.splitlines()[-1]
