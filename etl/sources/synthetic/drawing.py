"""The profiles: from a profile, a number of sessions and a seed to the same blocks of sessions every time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from etl.sources.synthetic.outcome import (
    NULL_RATE,
    SEED_RATE,
    conversion_chance,
    draw_behaviour,
    draw_revenue,
)
from etl.sources.synthetic.population import (
    AGES,
    CATEGORIES,
    DEVICES,
    ENGINES,
    GENDERS,
    LOCATIONS,
    SESSIONS_PER_USER_DRAWN,
    Codes,
    Floats,
    draw_visitors,
)
from etl.sources.synthetic.traffic import draw_starts, moments

BLOCK_SESSIONS = 1 << 16
Profile = Literal["planted", "null", "seed"]


@dataclass(frozen=True, slots=True)
class Sessions:
    """A block of sessions in codes, one array a column; see `population` for what the codes stand for."""

    user: Codes
    number: Codes
    age: Codes
    gender: Codes
    device: Codes
    location: Codes
    time_spent_s: Floats
    pages_viewed: Codes
    category: Codes
    engine: Codes
    converted: Codes
    started_at: Codes
    revenue: Floats


def n_users(sessions: int) -> int:
    """Return how many users there are to draw from; not all of them come."""
    return max(1, round(sessions / SESSIONS_PER_USER_DRAWN))


def draw(profile: Profile, sessions: int, seed: int) -> Iterator[Sessions]:
    """Yield the sessions in blocks of `BLOCK_SESSIONS`; each block has its own random stream."""
    return _draw_legacy(sessions, seed) if profile == "seed" else _draw_lifelike(profile, sessions, seed)


def _block_sizes(sessions: int) -> Iterator[tuple[int, int, int]]:
    for block, first in enumerate(range(0, sessions, BLOCK_SESSIONS)):
        yield block, first, min(BLOCK_SESSIONS, sessions - first)


def _draw_lifelike(profile: Profile, sessions: int, seed: int) -> Iterator[Sessions]:
    for block, first, size in _block_sizes(sessions):
        random = np.random.default_rng([seed, block])
        visitors = draw_visitors(random, size, n_users(sessions), seed)
        started_at = draw_starts(random, first, size, sessions)
        is_null = profile == "null"
        chance = np.full(size, NULL_RATE) if is_null else conversion_chance(visitors, moments(started_at))
        converted = (random.random(size) < chance).astype(np.int64)
        pages, time = draw_behaviour(random, visitors, converted, is_null=is_null)
        yield Sessions(
            user=visitors.number + 1,
            number=np.arange(first + 1, first + size + 1),
            age=AGES[visitors.age],
            gender=visitors.gender,
            device=visitors.device,
            location=visitors.location,
            time_spent_s=time,
            pages_viewed=pages,
            category=visitors.category,
            engine=visitors.engine,
            converted=converted,
            started_at=started_at,
            revenue=draw_revenue(random, visitors.category, converted),
        )


def _draw_legacy(sessions: int, seed: int) -> Iterator[Sessions]:
    """Yield the source project's rows.

    It drew all ages, then all times, then all pages from one stream; three copies of the stream, wound to where each
    column begins, give the same numbers a block at a time.
    """
    ages, times, pages = (np.random.RandomState(seed) for _ in range(3))
    for _, _, size in _block_sizes(sessions):
        for stream in (times, pages):
            _legacy_ages(stream, size)
    for _, _, size in _block_sizes(sessions):
        _legacy_times(pages, size)
    for block, first, size in _block_sizes(sessions):
        random = np.random.default_rng([seed, block])
        category = random.integers(len(CATEGORIES), size=size)
        converted = (random.random(size) < SEED_RATE).astype(np.int64)
        yield Sessions(
            user=np.arange(first + 1, first + size + 1),
            number=np.arange(first + 1, first + size + 1),
            age=_legacy_ages(ages, size),
            gender=random.integers(len(GENDERS), size=size),
            device=random.integers(len(DEVICES), size=size),
            location=random.integers(len(LOCATIONS), size=size),
            time_spent_s=_legacy_times(times, size),
            pages_viewed=pages.randint(1, 20, size),
            category=category,
            engine=random.integers(len(ENGINES), size=size),
            converted=converted,
            started_at=draw_starts(random, first, size, sessions),
            revenue=draw_revenue(random, category, converted),
        )


def _legacy_ages(stream: np.random.RandomState, size: int) -> Codes:
    return np.asarray(stream.randint(18, 65, size))


def _legacy_times(stream: np.random.RandomState, size: int) -> Floats:
    return np.asarray(np.round(stream.normal(300, 100, size), 2))
