"""SharedCache: bytes by key in memory or in Redis; a Redis that is away slows a request a little and fails none."""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeVar

from cachelib.serializers import BaseSerializer
from flask import Flask
from flask_caching import Cache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from semantic.errors import ConfigError

KEEP_S = 3600
LOCK_S = 5
TIMEOUT_S = 0.3
RETRY_AFTER_S = 5.0
_MAX_ENTRIES = 128

T = TypeVar("T")


class _Bytes(BaseSerializer):
    """Stores bytes as they are: what comes out of Redis is never unpickled."""

    def dumps(self, value: bytes, *_: Any) -> bytes:
        return value

    def loads(self, bvalue: bytes | None) -> bytes | None:
        return bvalue


class SharedCache:
    """Bytes by key.

    Parameters
    ----------
    server : Flask
        Whose cache it is.
    redis_url : str
        Where Redis is; empty: memory of this process. While Redis is away memory takes its place.

    Raises
    ------
    ConfigError
        Where the URL cannot be read.
    """

    def __init__(self, server: Flask, redis_url: str = "") -> None:
        self._local = Cache(server, config={**_options(), "CACHE_TYPE": "SimpleCache"})
        self._redis = _redis(server, redis_url) if redis_url else None
        self._away_until = 0.0

    @property
    def state(self) -> Literal["memory", "redis", "redis is away, memory"]:
        """Where entries are kept now."""
        if not self._redis:
            return "memory"
        return "redis is away, memory" if self._away_until else "redis"

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the entries that exist."""
        names = list(keys)
        values = self._with(lambda cache: cache.get_many(*names)) if names else []
        return {key: value for key, value in zip(names, values, strict=True) if value is not None}

    def set_many(self, entries: Mapping[str, bytes]) -> None:
        """Keep entries for an hour."""
        if entries:
            self._with(lambda cache: cache.set_many(dict(entries), timeout=KEEP_S))

    def acquire(self, key: str) -> bool:
        """Return whether this caller now holds the lock of that key; it falls by itself after `LOCK_S`."""
        return bool(self._with(lambda cache: cache.add(f"lock:{key}", b"1", timeout=LOCK_S)))

    def is_locked(self, key: str) -> bool:
        """Return whether anyone holds the lock of that key."""
        return bool(self._with(lambda cache: cache.has(f"lock:{key}")))

    def release(self, key: str) -> None:
        """Give the lock of that key back."""
        self._with(lambda cache: cache.delete(f"lock:{key}"))

    def _with(self, action: Callable[[Cache], T]) -> T:
        """Return what the action makes of Redis; of memory where there is none, or where it failed a moment ago."""
        if self._redis and self._may_ask():
            try:
                found = action(self._redis)
            except (RedisError, OSError):
                self._away_until = time.monotonic() + RETRY_AFTER_S
            else:
                self._away_until = 0.0
                return found
        return action(self._local)

    def _may_ask(self) -> bool:
        """Return whether Redis is thought to answer; after a failure one caller every few seconds finds out."""
        if not self._away_until:
            return True
        is_due = time.monotonic() >= self._away_until
        self._away_until = time.monotonic() + RETRY_AFTER_S if is_due else self._away_until
        return is_due


def _options() -> dict[str, Any]:
    return {"CACHE_SERIALIZER": _Bytes, "CACHE_DEFAULT_TIMEOUT": KEEP_S, "CACHE_THRESHOLD": _MAX_ENTRIES}


def _redis(server: Flask, url: str) -> Cache:
    limits = {"socket_timeout": TIMEOUT_S, "socket_connect_timeout": TIMEOUT_S, "retry": Retry(NoBackoff(), 0)}
    place = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": url, "CACHE_KEY_PREFIX": "recommender:"}
    try:
        return Cache(server, config={**_options(), **place, "CACHE_OPTIONS": limits})
    except ValueError as error:
        raise ConfigError("REDIS_URL cannot be read; write one such as redis://localhost:6379/0") from error
