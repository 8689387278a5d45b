"""Runs: simulations in processes of their own; equal settings are run once, and their result is kept for a day."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from analytics.simulation.settings import KIND, Settings
from config import Config
from semantic.jobs import JobError, Queue, Terms
from semantic.jobs.queue import ABOUT, SAID, STARTED

PROGRESS, RESULT = "progress.json", "result.json"
MOST_WAITING = 12
_LOST = "the simulation ended before it was done; run it again, or with fewer experiments"


@dataclass(frozen=True, slots=True)
class RunStatus:
    """How a simulation is doing.

    Attributes
    ----------
    id : str
        Name of the result.
    state : {"absent", "waiting", "running", "done", "failed"}
        Where it is.
    ahead : int
        Simulations that come before it.
    share : float
        How much is done, in [0, 1].
    fault : str
        One sentence where it failed.
    """

    id: str
    state: Literal["absent", "waiting", "running", "done", "failed"]
    ahead: int = 0
    share: float = 0.0
    fault: str = ""


class Runs:
    """Simulations, for any number of threads and processes that share a folder; see `Queue`.

    Parameters
    ----------
    folder : Path
        Where results are kept; made when it is first needed.
    config : Config
        Where ``config.yaml`` is, and the data that may be replayed.
    """

    def __init__(self, folder: Path, config: Config) -> None:
        terms = Terms(
            command=command_of,
            cwd=config.folder,
            environment={"DATABASE_URL": config.database_url},
            most_waiting=MOST_WAITING,
            kept_s=24 * 3600.0,
            gone="there is no such simulation any more; run it again",
            full=f"{MOST_WAITING} simulations are waiting; try again in a minute",
        )
        self.queue = Queue(folder, terms)

    def start(self, settings: Settings, version: str, who: str = "") -> str:
        """Return the name of the result, which is there, or will be.

        Parameters
        ----------
        settings : Settings
            What is run.
        version : str
            Of the data.
        who : str
            Who asks; those who wait take turns.

        Raises
        ------
        JobError
            Where too many are waiting.
        """
        key = settings.key(version)
        if self.status(key).state == "failed":
            self.queue.forget(key)
        about = {KIND: settings.kind.name, **settings.texts}
        return self.queue.add(lambda folder: _write(folder / ABOUT, about), key, who)

    def status(self, key: str) -> RunStatus:
        """Return how a simulation is doing; one that nobody asked for is absent."""
        try:
            folder = self.queue.place(key)
        except JobError:
            return RunStatus(key, "absent")
        if (folder / RESULT).exists():
            return RunStatus(key, "done", share=1.0)
        self.queue.start_next()
        share = float(_read(folder / PROGRESS).get("share", 0.0))
        if self.queue.running() == key:
            return RunStatus(key, "running", share=share)
        if (folder / RESULT).exists():
            return RunStatus(key, "done", share=1.0)
        if (folder / STARTED).exists():
            return RunStatus(key, "failed", share=share, fault=_fault(folder / SAID))
        return RunStatus(key, "waiting", self.queue.ahead(key))

    def payload(self, key: str) -> bytes:
        """Return the result as JSON; raises JobError where it is not there."""
        try:
            return (self.queue.place(key) / RESULT).read_bytes()
        except FileNotFoundError as error:
            raise JobError("the simulation is not done yet; wait until it is") from error

    def result(self, settings: Settings, version: str) -> Any:
        """Return the result of settings; raises JobError where it is not there."""
        return _adapter(settings.kind.result).validate_json(self.payload(settings.key(version)))

    def cancel(self, key: str, who: str = "") -> None:
        """Stop a simulation that nobody else waits for; raises JobError where there is none. Results stay."""
        if self.status(key).state != "done":
            self.queue.cancel(key, who)


def command_of(folder: Path) -> list[Any]:
    """Return the command that runs the simulation of a folder."""
    return [sys.executable, "-m", "analytics.simulation", folder]


def _write(path: Path, about: Mapping[str, str]) -> None:
    path.write_text(json.dumps(about), encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return {}


def _fault(said: Path) -> str:
    text = said.read_text(encoding="utf-8", errors="replace").strip() if said.exists() else ""
    return _LOST if not text or "Traceback" in text else text.splitlines()[-1]


@cache
def _adapter(result: type) -> TypeAdapter[Any]:
    return TypeAdapter(result)
