import time

import pytest
from flask import Flask
from redis import Redis

from analytics import shared_cache
from analytics.shared_cache import SharedCache
from semantic.errors import ConfigError
from tests.servers import RedisServer


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_cache, "RETRY_AFTER_S", 0.5)


@pytest.fixture(params=["memory", "redis"])
def cache(request: pytest.FixtureRequest) -> SharedCache:
    return SharedCache(Flask("test"), request.getfixturevalue("redis_url") if request.param == "redis" else "")


@pytest.fixture
def on_redis(redis_server: RedisServer) -> SharedCache:
    cache = SharedCache(Flask("test"), redis_server.url)
    cache.set_many({"a": b"1"})
    return cache


def test_what_was_kept_is_found_again(cache: SharedCache) -> None:
    cache.set_many({"a": b'{"n":1}', "b": b"2"})
    assert cache.get_many(["a", "b", "c"]) == {"a": b'{"n":1}', "b": b"2"}


def test_nothing_asked_is_nothing_found(cache: SharedCache) -> None:
    cache.set_many({})
    assert cache.get_many([]) == {}


def test_a_lock_is_held_by_one(cache: SharedCache) -> None:
    assert cache.acquire("a")
    assert not cache.acquire("a")
    assert cache.is_locked("a")
    cache.release("a")
    assert not cache.is_locked("a")
    assert cache.acquire("a")


def test_two_processes_share_redis(redis_url: str) -> None:
    SharedCache(Flask("one"), redis_url).set_many({"a": b"1"})
    assert SharedCache(Flask("two"), redis_url).get_many(["a"]) == {"a": b"1"}


def test_redis_holds_plain_bytes_that_expire(redis_url: str) -> None:
    SharedCache(Flask("test"), redis_url).set_many({"a": b'{"n":1}'})
    with Redis.from_url(redis_url) as client:
        assert client.get("recommender:a") == b'{"n":1}'
        assert 0 < client.ttl("recommender:a") <= shared_cache.KEEP_S


def test_memory_holds_a_bounded_number_of_entries() -> None:
    cache = SharedCache(Flask("test"))
    keys = [f"k{i}" for i in range(1_000)]
    for key in keys:
        cache.set_many({key: b"x"})
    assert len(cache.get_many(keys)) <= 130


@pytest.mark.parametrize("fault", ["stop", "freeze"])
def test_a_redis_that_goes_away_costs_one_short_wait(
    on_redis: SharedCache, redis_server: RedisServer, fault: str
) -> None:
    getattr(redis_server, fault)()
    started = time.monotonic()
    for _ in range(20):
        on_redis.set_many({"b": b"2"})
    assert time.monotonic() - started < 2 * shared_cache.TIMEOUT_S
    assert on_redis.state == "redis is away, memory"


@pytest.mark.parametrize("fault", ["stop", "freeze"])
def test_memory_takes_the_place_of_a_redis_that_is_away(
    on_redis: SharedCache, redis_server: RedisServer, fault: str
) -> None:
    getattr(redis_server, fault)()
    on_redis.set_many({"b": b"2"})
    assert on_redis.get_many(["a", "b"]) == {"b": b"2"}
    assert on_redis.acquire("b")


def test_a_redis_that_returns_is_used_again(on_redis: SharedCache, redis_server: RedisServer) -> None:
    redis_server.freeze()
    assert on_redis.get_many(["a"]) == {}
    redis_server.thaw()
    time.sleep(2 * shared_cache.RETRY_AFTER_S)
    assert on_redis.get_many(["a"]) == {"a": b"1"}
    assert on_redis.state == "redis"


def test_a_redis_that_was_never_there_delays_no_start() -> None:
    started = time.monotonic()
    cache = SharedCache(Flask("test"), "redis://127.0.0.1:1/0")
    assert cache.get_many(["a"]) == {}
    assert time.monotonic() - started < 1


def test_a_url_that_cannot_be_read_names_the_remedy() -> None:
    with pytest.raises(ConfigError, match="REDIS_URL cannot be read; write one such as redis://"):
        SharedCache(Flask("test"), "http://nowhere")
