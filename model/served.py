"""Models: what pages and API ask for the model; reads the registry at most once a second, and survives its absence."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from config import Config
from model.errors import ModelError
from model.registry import ModelVersion, Registry, State, Stored
from model.report import Report
from model.status import ModelStatus, status_of
from model.trained import TrainedTask
from semantic.errors import StoreError
from semantic.store import Store

_AWAY_S = 4.0
_NOTHING = State()

Make = Callable[[TrainedTask, Mapping[str, bytes]], Any]
"""From a trained task and the files of its version to its predictor."""


class Predictors(Mapping[str, Any]):
    """Predictors by task, each made when it is first asked for.

    Parameters
    ----------
    stored : Stored
        The version.
    make : callable
        See `Make`; may raise ModelError.
    """

    def __init__(self, stored: Stored, make: Make) -> None:
        self._stored, self._make = stored, make
        self._tasks = {str(task.name): task for task in stored.tasks}
        self._made: dict[str, Any] = {}
        self._lock = Lock()

    def __getitem__(self, name: str) -> Any:
        task = self._tasks[name]
        if name not in self._made:
            with self._lock:
                self._made[name] = self._made.get(name) or self._make(task, self._stored.files)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tasks)

    def __len__(self) -> int:
        return len(self._tasks)


@dataclass(frozen=True)
class Served:
    """The version that is served.

    Attributes
    ----------
    version : ModelVersion
        Which.
    report : Report
        What its training found.
    tasks : mapping of str to Predictor
        By the names of tasks, each made when it is first asked for; raises ModelError where it cannot be.
    """

    version: ModelVersion
    report: Report
    tasks: Mapping[str, Any]


@dataclass(frozen=True)
class _Look:
    state: State = _NOTHING
    versions: tuple[ModelVersion, ...] = ()
    served: Served | None = None
    fault: str = ""


class Models:
    """What is served of the model, and how it is doing; for any number of threads.

    Parameters
    ----------
    config : Config
        The words of the data.
    registry : Registry
        Where versions are kept.
    store : Store
        The data of now.
    make : callable
        Makes predictors, see `Make`.
    check_every_s : float
        How long what was read may be served before the registry is asked for changes.
    """

    def __init__(
        self, config: Config, registry: Registry, store: Store, make: Make | None = None, check_every_s: float = 1.0
    ) -> None:
        self.config, self.registry, self.store = config, registry, store
        self._make = make or _trained_task
        self._check_every_s = check_every_s
        self._look_at = -float("inf")
        self._look: _Look | None = None
        self._lock = Lock()

    def served(self) -> Served | None:
        """Return the version that is served, at most about a second old; None where there is none or it is damaged."""
        return self._current().served

    def status(self) -> ModelStatus:
        """Return how the model is doing, in words."""
        look = self._current()
        version = look.served.version if look.served else None
        return status_of(version, look.state.training, look.fault, self._stale(look.served))

    def versions(self) -> tuple[ModelVersion, ...]:
        """Return all versions, the newest first."""
        return self._current().versions

    def stamp(self) -> str:
        """Return what changes whenever another version is served, one is added, or a training begins or ends."""
        return self._current().state.stamp

    def _current(self) -> _Look:
        current = self._look
        if current and (time.monotonic() < self._look_at or not self._lock.acquire(blocking=False)):
            return current
        if not current:
            self._lock.acquire()
        try:
            return self._refresh(self._look or _Look())
        finally:
            self._lock.release()

    def _refresh(self, known: _Look) -> _Look:
        patience_s = self._check_every_s
        try:
            state = self.registry.state()
            look = _Look(state, known.versions, known.served, known.fault)
            if state.stamp != known.state.stamp:
                look = self._read(state, known.served)
        except StoreError as error:
            look, patience_s = _Look(known.state, known.versions, known.served, known.fault or str(error)), _AWAY_S
            if known.served:
                look = known
        self._look, self._look_at = look, time.monotonic() + patience_s
        return look

    def _read(self, state: State, served: Served | None) -> _Look:
        """Return what is there now; a version that is served already is not read again."""
        versions: tuple[ModelVersion, ...] = ()
        try:
            versions = self.registry.versions()
            if state.promoted is None:
                return _Look(state, versions)
            if served and served.version.version == state.promoted:
                return _Look(state, versions, served)
            stored = self.registry.read(state.promoted)
        except ModelError as error:
            return _Look(state, versions, fault=str(error))
        return _Look(state, versions, Served(stored.version, stored.report, Predictors(stored, self._make)))

    def _stale(self, served: Served | None) -> str:
        """Return why what is served is older than the data or its configuration; empty where it is not."""
        if not served:
            return ""
        features = [feature for task in served.report.tasks for feature in task.features]
        lost = sorted({feature.label for feature in features if not self.config.catalog.has_dimension(feature.name)})
        if lost:
            return f"The model uses {', '.join(lost)}, which the data does not have any more"
        return ""


def _trained_task(task: TrainedTask, _files: Mapping[str, bytes]) -> TrainedTask:
    return task
