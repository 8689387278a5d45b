"""CachedAnalyses: results by data version, filter and parameters; each is computed once however many ask at a time."""

import hashlib
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import orjson
from pydantic import TypeAdapter

from analytics.analysis import Request, run
from analytics.shared_cache import LOCK_S, SharedCache
from semantic.catalog import Catalog
from semantic.snapshot import Snapshot
from semantic.store import Store

_POLL_S = 0.02
_MAX_ATTEMPTS = 3
_COMPUTING = [Path(__file__).parent, Path(__file__).parents[1] / "semantic"]


class CachedAnalyses:
    """Runs analyses and remembers their results.

    Parameters
    ----------
    store : Store
        What is asked.
    shared : SharedCache
        What remembers.

    Attributes
    ----------
    fingerprint : str
        Names the words of the data and the code that computes.
    """

    def __init__(self, store: Store, shared: SharedCache) -> None:
        self.store = store
        self.shared = shared
        self.fingerprint = _fingerprint(store.catalog)
        self._flights: dict[str, Future[bytes]] = {}
        self._lock = Lock()

    def results(self, requests: Sequence[Request]) -> list[Any]:
        """Return the result of each request, all from one version of the data.

        Raises
        ------
        ProductError
            What `run` raises.
        """
        return self.dated_results(requests)[1]

    def dated_results(self, requests: Sequence[Request]) -> tuple[Snapshot, list[Any]]:
        """Return the version of the data, and the result of each request; raises what `run` raises."""
        snapshot, payloads = self.payloads(requests)
        found = zip(requests, payloads, strict=True)
        return snapshot, [_adapter(request.analysis.result).validate_json(payload) for request, payload in found]

    def payloads(self, requests: Sequence[Request]) -> tuple[Snapshot, list[bytes]]:
        """Return the version of the data and, for each request, its result as JSON; raises what `run` raises."""
        for _ in range(_MAX_ATTEMPTS):
            snapshot = self.store.snapshot()
            wanted = {self.key(request, snapshot): request for request in requests}
            found = self._payloads(wanted, snapshot)
            if self.store.version() == snapshot.version:
                break
        return snapshot, [found[self.key(request, snapshot)] for request in requests]

    def _payloads(self, wanted: Mapping[str, Request], snapshot: Snapshot) -> dict[str, bytes]:
        found = self.shared.get_many(wanted)
        mine, theirs = self._claim([key for key in wanted if key not in found])
        try:
            computed = self._compute_once({key: wanted[key] for key in mine}, snapshot)
        except BaseException as error:
            self._land(mine, error)
            raise
        self._land(mine, computed)
        found |= computed
        for key, flight in theirs.items():
            found[key] = flight.result() if not flight.exception() else _compute(self.store, {key: wanted[key]})[key]
        return found

    def _claim(self, keys: Sequence[str]) -> tuple[dict[str, Future[bytes]], dict[str, Future[bytes]]]:
        """Return the keys that this thread shall compute, and those that another one computes already."""
        with self._lock:
            theirs = {key: self._flights[key] for key in keys if key in self._flights}
            mine: dict[str, Future[bytes]] = {key: Future() for key in keys if key not in theirs}
            self._flights |= mine
        return mine, theirs

    def _land(self, mine: Mapping[str, Future[bytes]], outcome: Mapping[str, bytes] | BaseException) -> None:
        with self._lock:
            for key in mine:
                del self._flights[key]
        for key, flight in mine.items():
            if isinstance(outcome, BaseException):
                flight.set_exception(outcome)
            else:
                flight.set_result(outcome[key])

    def _compute_once(self, wanted: Mapping[str, Request], snapshot: Snapshot) -> dict[str, bytes]:
        """Return the results, waiting a moment for another process that is at the first of them."""
        if not wanted:
            return {}
        lock = next(iter(wanted))
        if not self.shared.acquire(lock):
            found = self._await(wanted, lock)
            rest = {key: request for key, request in wanted.items() if key not in found}
            return found | _compute(self.store, rest)
        try:
            found = self.shared.get_many(wanted)
            computed = _compute(self.store, {key: request for key, request in wanted.items() if key not in found})
            if self.store.version() == snapshot.version:
                self.shared.set_many(computed)
            return found | computed
        finally:
            self.shared.release(lock)

    def _await(self, wanted: Mapping[str, Request], lock: str) -> dict[str, bytes]:
        until = time.monotonic() + LOCK_S
        while self.shared.is_locked(lock) and time.monotonic() < until:
            time.sleep(_POLL_S)
        return self.shared.get_many(wanted)

    def key(self, request: Request, snapshot: Snapshot) -> str:
        """Return what names a result: equal keys have equal results, in every process and release."""
        versus = "" if request.versus is None else f"?{request.versus.to_query()}"
        asked = f"{request.analysis.name}?{request.where.to_query()}{versus}#{request.params}"
        version = f"{snapshot.version}-{snapshot.loaded_at}"
        return f"{self.fingerprint}:{version}:{hashlib.sha256(asked.encode()).hexdigest()}"


def _compute(store: Store, wanted: Mapping[str, Request]) -> dict[str, bytes]:
    results = run(store, list(wanted.values())) if wanted else []
    return {key: orjson.dumps(result) for key, result in zip(wanted, results, strict=True)}


def _fingerprint(catalog: Catalog) -> str:
    """Return what names the words of the data and the code that computes: results of another release are not ours."""
    digest = hashlib.sha256(repr(catalog).encode())
    for path in sorted(path for folder in _COMPUTING for path in folder.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def _adapter(result: type) -> TypeAdapter[Any]:
    return TypeAdapter(result)
