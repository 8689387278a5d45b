"""Models: what pages and API ask for the model; reads the registry at most once a second, and survives its absence."""

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Lock

from config import Config
from model.checked import check, checked_with
from model.errors import ModelError
from model.predictors import Predictors
from model.registry import ModelVersion, Registry, State, Stored
from model.report import Drift, Report
from model.status import ModelStatus, status_of
from semantic.data_hash import data_hash
from semantic.errors import StoreError
from semantic.store import Store

_AWAY_S = 4.0
_NOTHING = State()


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
        By the names of tasks, each made when it is first asked for; that raises ModelError where it cannot be.
    """

    version: ModelVersion
    report: Report
    tasks: Predictors


@dataclass(frozen=True)
class _Look:
    state: State = _NOTHING
    versions: tuple[ModelVersion, ...] = ()
    served: Served | None = None
    fault: str = ""
    away: str = ""
    drift: Drift | None = None


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
    check_every_s : float
        How long what was read may be served before the registry is asked for changes.
    """

    def __init__(self, config: Config, registry: Registry, store: Store, check_every_s: float = 1.0) -> None:
        self.config, self.registry, self.store = config, registry, store
        self._check_every_s = check_every_s
        self._look_at = -float("inf")
        self._look: _Look | None = None
        self._data: tuple[str, str] = ("", "")
        self._lock = Lock()

    def served(self) -> Served | None:
        """Return the version that is served, at most about a second old; None where there is none or it is damaged."""
        return self._current().served

    def status(self) -> ModelStatus:
        """Return how the model is doing, in words."""
        look = self._current()
        if not look.served:
            return status_of(None, look.state.training, look.fault or look.away, "")
        fault = look.served.tasks.fault
        return status_of(look.served.version, look.state.training, fault, self._stale(look.served))

    def versions(self) -> tuple[ModelVersion, ...]:
        """Return all versions, the newest first."""
        return self._current().versions

    def drift(self) -> Drift | None:
        """Return the newest look at how sessions differ from those that were learned from; None: nobody has looked."""
        return self._current().drift

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
            is_new = state.stamp != known.state.stamp
            look = self._read(state, known.served) if is_new else replace(known, state=state, away="")
        except StoreError as error:
            look, patience_s = replace(known, away=str(error)), _AWAY_S
        self._look, self._look_at = look, time.monotonic() + patience_s
        return look

    def _read(self, state: State, served: Served | None) -> _Look:
        """Return what is there now; a version that is served already is not read again."""
        versions: tuple[ModelVersion, ...] = ()
        try:
            versions = self.registry.versions()
            if state.promoted is None:
                return _Look(state, versions)
            drift = self.registry.drift(state.promoted)
            if served and _key(served.version) in [_key(v) for v in versions if v.version == state.promoted]:
                return _Look(state, versions, served, drift=drift)
            stored = self.registry.read(state.promoted)
        except ModelError as error:
            return _Look(state, versions, fault=str(error))
        return _Look(
            state, versions, Served(stored.version, stored.report, Predictors(stored, self._check)), drift=drift
        )

    def _check(self, stored: Stored) -> None:
        """Load a version elsewhere first, unless that was done with this LightGBM on a machine of this kind."""
        here = checked_with()
        if stored.version.checked_with != here:
            check(stored)
            with suppress(StoreError):
                self.registry.note_checked(stored.version.version, here)

    def _stale(self, served: Served) -> str:
        """Return why what is served is older than the data or its configuration; empty where it is not."""
        features = [feature for task in served.report.tasks for feature in task.features]
        lost = sorted({feature.label for feature in features if not self.config.catalog.has_dimension(feature.name)})
        if lost:
            return f"The model uses {', '.join(lost)}, which the data does not have any more"
        if self._data_hash() not in ("", served.version.data_hash):
            return "The data has changed since the model was trained"
        if self.registry.config_hash != served.version.config_hash:
            return "The configuration has changed since the model was trained"
        return ""

    def _data_hash(self) -> str:
        """Return the hash of the data of now, asked for once a version of it; empty where it cannot be read."""
        try:
            snapshot = self.store.snapshot()
            named = f"{snapshot.version}-{snapshot.loaded_at}"
            if self._data[0] != named:
                self._data = (named, data_hash(self.store))
        except StoreError:
            return ""
        return self._data[1]


def _key(version: ModelVersion) -> tuple[int, int, str]:
    """Return what tells a version from another one, of a registry that began anew too."""
    return version.version, version.created_at, version.data_hash
