"""When sessions begin: 92 days in India with weekends, a daily curve and slow growth."""

from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

N_DAYS = 92
# Midnight of 1 July 2026 in India, which is 5:30 h ahead of UTC all year.
FIRST_SECOND = int(datetime(2026, 6, 30, 18, 30, tzinfo=UTC).timestamp())
_FIRST_WEEKDAY = 2
_BY_WEEKDAY = np.array([0.95, 0.93, 0.95, 0.98, 1.05, 1.20, 1.15])
_BY_HOUR = np.array(
    [22, 14, 9, 7, 6, 9, 16, 28, 42, 54, 62, 67, 70, 69, 62, 58, 60, 66, 76, 88, 98, 100, 82, 48], dtype=float
)
_GROWTH = 0.10
_DAILY_SPREAD = 0.04
_EVENING = (19, 23)

Seconds = npt.NDArray[np.int64]


def _intensity() -> npt.NDArray[np.float64]:
    days = np.arange(N_DAYS)
    luck = np.random.default_rng(2026).normal(0, _DAILY_SPREAD, N_DAYS)
    by_day = _BY_WEEKDAY[(days + _FIRST_WEEKDAY) % 7] * (1 + _GROWTH * days / N_DAYS) * np.exp(luck)
    weight = np.multiply.outer(by_day, _BY_HOUR).ravel()
    return np.asarray(weight / weight.sum())


_SHARES = _intensity()
_CUMULATIVE = np.concatenate([[0.0], np.cumsum(_SHARES)])
_HOUR_EDGES = np.arange(N_DAYS * 24 + 1) * 3600.0


def draw_starts(random: np.random.Generator, first: int, sessions: int, total: int) -> Seconds:
    """Return ascending seconds since 1970 (UTC), one for each session of a block.

    Parameters
    ----------
    random : numpy.random.Generator
        The block's own stream.
    first, sessions, total : int
        The block goes from ``first`` to ``first + sessions`` of ``total`` sessions, which fill the 92 days.
    """
    share = (first + np.sort(random.random(sessions)) * sessions) / total
    since = np.interp(share, _CUMULATIVE, _HOUR_EDGES).astype(np.int64)
    return np.asarray(FIRST_SECOND + np.minimum(since, N_DAYS * 86400 - 1))


def moments(starts: Seconds) -> npt.NDArray[np.int64]:
    """Return 0 to 3 for each start: 1 for the evening, plus 2 for the weekend, both in India."""
    return np.asarray(_MOMENT_OF_HOUR[(starts - FIRST_SECOND) // 3600])


def moment_shares() -> npt.NDArray[np.float64]:
    """Return the share of sessions in each of the four moments."""
    return np.asarray(np.bincount(_MOMENT_OF_HOUR, _SHARES, minlength=4), np.float64)


def _moment_of_hour() -> npt.NDArray[np.int64]:
    day, hour = np.divmod(np.arange(N_DAYS * 24), 24)
    is_evening = (hour >= _EVENING[0]) & (hour < _EVENING[1])
    is_weekend = (day + _FIRST_WEEKDAY) % 7 >= 5
    return np.asarray(is_evening + 2 * is_weekend, np.int64)


_MOMENT_OF_HOUR = _moment_of_hour()
