import dataclasses
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from threading import Barrier, Thread
from typing import Any

import pandas as pd
import pytest
from flask import Flask

from analytics import ANALYSES
from analytics.analysis import Params, Request, run
from analytics.cached import CachedAnalyses
from analytics.kpi import KPI
from analytics.shared_cache import SharedCache
from analytics.trend import TREND
from semantic.catalog import Catalog
from semantic.database import engine_for
from semantic.errors import StoreError, UnknownNameError
from semantic.filter import Filter
from semantic.store import Store
from tests.analytics.examples import example_params
from tests.semantic.conftest import build_cube, publish

EVERYTHING = [Request(analysis, params=example_params(analysis)) for analysis in ANALYSES]


class Computation:
    """A slow trend that counts how often it is computed, and fails as often as it is told to."""

    def __init__(self, seconds: float = 0.0, failures: int = 0) -> None:
        self.seconds, self.failures, self.n_computed = seconds, failures, 0
        self.request = Request(dataclasses.replace(TREND, compute=self._compute))

    def _compute(self, answers: Any, request: Request, catalog: Catalog) -> Any:
        self.n_computed += 1
        time.sleep(self.seconds)
        if self.n_computed <= self.failures:
            raise StoreError("gone for a moment")
        return TREND.compute(answers, request, catalog)


def cached(store: Store, redis_url: str = "") -> CachedAnalyses:
    return CachedAnalyses(store, SharedCache(Flask("test"), redis_url))


@pytest.fixture(params=["memory", "redis"])
def redis_or_none(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("redis_url")) if request.param == "redis" else ""


def test_results_are_those_of_run(store: Store, redis_or_none: str) -> None:
    answers = cached(store, redis_or_none)
    assert answers.results(EVERYTHING) == answers.results(EVERYTHING) == run(store, EVERYTHING)


def test_what_was_computed_is_not_computed_again(store: Store, redis_or_none: str) -> None:
    computation, answers = Computation(), cached(store, redis_or_none)
    answers.results([computation.request])
    answers.results([computation.request, computation.request])
    assert computation.n_computed == 1


def test_twenty_simultaneous_misses_are_one_computation(store: Store, redis_or_none: str) -> None:
    computation, answers, barrier = Computation(0.2), cached(store, redis_or_none), Barrier(20)

    def ask() -> Any:
        barrier.wait()
        return answers.results([computation.request])

    with ThreadPoolExecutor(20) as pool:
        found = [future.result() for future in [pool.submit(ask) for _ in range(20)]]
    assert computation.n_computed == 1
    assert all(result == found[0] for result in found)


def test_simultaneous_misses_of_two_processes_are_one_computation(store: Store, redis_url: str) -> None:
    computation = Computation(0.3)
    processes = [cached(store, redis_url) for _ in range(4)]
    threads = [Thread(target=answers.results, args=([computation.request],)) for answers in processes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert computation.n_computed == 1


def test_a_lock_whose_holder_died_is_waited_for_only_a_moment(
    store: Store, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analytics.cached.LOCK_S", 0.3)
    computation, answers = Computation(), cached(store, redis_url)
    answers.shared.acquire(answers.key(computation.request, store.snapshot()))
    started = time.monotonic()
    answers.results([computation.request])
    assert 0.2 < time.monotonic() - started < 2


def test_a_failure_is_raised_and_not_remembered(store: Store) -> None:
    computation, answers = Computation(failures=1), cached(store)
    with pytest.raises(StoreError, match="gone for a moment"):
        answers.results([computation.request])
    assert answers.results([computation.request]) == run(store, [Request(TREND)])


def test_who_waits_for_a_computation_that_fails_computes_itself(store: Store) -> None:
    computation, answers = Computation(0.2, failures=1), cached(store)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(answers.results, [computation.request])
        time.sleep(0.1)
        second = pool.submit(answers.results, [computation.request])
        assert isinstance(first.exception(), StoreError)
        assert second.result() == run(store, [Request(TREND)])


def test_a_request_that_cannot_be_planned_leaves_no_trace(store: Store) -> None:
    answers = cached(store)
    for _ in range(2):
        with pytest.raises(UnknownNameError):
            answers.results([Request(analysis, params=Params(by="nothing")) for analysis in ANALYSES])


def test_a_new_version_of_the_data_is_seen_at_once(
    fresh_database: Callable[[pd.DataFrame], str], sessions: pd.DataFrame, catalog: Catalog
) -> None:
    url = fresh_database(sessions.head(100))
    answers = cached(Store(engine_for(url, read_only=True), catalog, check_every_s=0))
    before, _ = answers.payloads(EVERYTHING)
    publish(engine_for(url, read_only=False), catalog, more := sessions.tail(200), build_cube(catalog, more), version=2)
    snapshot, _ = answers.payloads(EVERYTHING)
    assert (before.version, snapshot.version) == (1, 2)
    assert answers.results(EVERYTHING)[1].metrics[1].total.value == 200


@pytest.mark.parametrize("where", ["", "device=Mobile", "device=Mobile&variant=New", "day=2026-03-01"])
def test_keys_part_what_differs(store: Store, where: str) -> None:
    answers, snapshot = cached(store), store.snapshot()
    wheres, levels, dimensions = map(Filter.from_query, ("", where)), (0.9, 0.95), ("age", "device")
    asked = product(ANALYSES, wheres, levels, dimensions)
    requests = [Request(analysis, where, Params(level, by)) for analysis, where, level, by in asked]
    assert len({answers.key(request, snapshot) for request in requests}) == len(set(requests))


def test_data_loaded_anew_under_the_same_number_has_other_keys(store: Store) -> None:
    answers, snapshot = cached(store), store.snapshot()
    later = dataclasses.replace(snapshot, loaded_at=snapshot.loaded_at + 1)
    assert answers.key(EVERYTHING[0], snapshot) != answers.key(EVERYTHING[0], later)


def test_another_catalog_has_another_fingerprint(store: Store, catalog: Catalog) -> None:
    renamed = dataclasses.replace(catalog, control="New")
    assert cached(store).fingerprint != cached(Store(store.engine, renamed)).fingerprint


def test_keys_part_what_is_compared_with(store: Store) -> None:
    answers, snapshot, mobile = cached(store), store.snapshot(), Filter.from_query("device=Mobile")
    asked = [(Filter(), None), (Filter(), Filter()), (Filter(), mobile), (mobile, None), (mobile, Filter())]
    keys = {answers.key(Request(KPI, where, versus=versus), snapshot) for where, versus in asked}
    assert len(keys) == len(asked)
