"""UserDays: how often users came and converted on each day, for a bounded sample of whole users."""

import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from semantic.catalog import N_CONVERTED
from semantic.errors import InputError, StoreError
from semantic.finder import NotIndexedError
from semantic.snapshot import Snapshot
from semantic.store import Store
from semantic.unit_rows import Taken, UnitRows

_NO_INDEX = "the data has no row index, which a replay reads; load it again with this release"

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class UserDays:
    """One row for each day on which a user came; by user, then by day.

    Attributes
    ----------
    user : ndarray of int
        Number of the user, from 0; a session without a user is one of its own.
    day : ndarray of int
        Days since the first one; 0 where the data has no days.
    n, converted : ndarray of int
        Sessions of the user on that day, and those that converted.
    n_days : int
        Days that there are.
    n_rows : int
        Sessions of the data; more than those here where this is a sample.
    """

    user: Numbers
    day: Numbers
    n: Numbers
    converted: Numbers
    n_days: int
    n_rows: int

    @property
    def n_users(self) -> int:
        """How many users."""
        return int(self.user[-1]) + 1 if self.user.size else 0


def read_user_days(store: Store, most_sessions: int) -> UserDays:
    """Return how often users came and converted on each day since the experiment began, all variants together.

    Parameters
    ----------
    store : Store
        Where the sessions are; they must have a row index.
    most_sessions : int
        Of more sessions, those of some users are read. Users lie in the order of a hash of their names, and
        stretches of this order are taken evenly, so the sample does not depend on who they are.

    Raises
    ------
    InputError
        Where the data has no row index.
    StoreError
        Where the database is away.
    """
    with store.reading() as (connection, snapshot):
        try:
            return _read(store, snapshot, connection, most_sessions)
        except NotIndexedError as error:
            raise InputError(_NO_INDEX) from error
        except (OSError, ValueError, zlib.error) as error:
            raise StoreError("the row index cannot be read; load the data again") from error


def _read(store: Store, snapshot: Snapshot, connection: sa.Connection, most_sessions: int) -> UserDays:
    index = store.rows.index(snapshot, connection)
    if index is None:
        raise NotIndexedError(_NO_INDEX)
    rows = UnitRows(index, snapshot, connection, store.catalog)
    since = max(rows.day_of(store.catalog.experiment.started_on) or 0, 0)
    n_days = max(rows.n_days - since, 1)
    taken = rows.added(store.catalog.measure(N_CONVERTED))
    parts, n_before = [], 0
    for part in _evenly(rows.chunks(), most_sessions):
        found = _by_day(rows, taken, part, (since, n_days))
        user = np.unique(found[0], return_inverse=True)[1] + n_before
        parts.append((user, *found[1:]))
        n_before = int(user[-1]) + 1 if user.size else n_before
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)] if parts else [np.zeros(0, np.int64)] * 4
    return UserDays(columns[0], columns[1], columns[2], columns[3], n_days, index.n_rows)


def _evenly(chunks: list[slice], most: int) -> list[slice]:
    """Return some of the slices, evenly, with about so many rows at most; at least one."""
    n_rows = sum(part.stop - part.start for part in chunks)
    if n_rows <= most:
        return chunks
    n_taken = max(len(chunks) * most // n_rows, 1)
    return [chunks[place * len(chunks) // n_taken] for place in range(n_taken)]


def _by_day(
    rows: UnitRows, taken: Taken, part: slice, days: tuple[int, int]
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    (since, n_days), user = days, np.cumsum(rows.starts(part)) - 1
    day = rows.days(part).astype(np.int64) - since if rows.n_days else np.zeros(user.size, dtype=np.int64)
    converted = taken(part)
    is_kept = (day >= 0) & (day < n_days)
    keys, place = np.unique(user[is_kept] * n_days + day[is_kept], return_inverse=True)
    sums = np.bincount(place), np.bincount(place, converted[is_kept])
    return keys // n_days, keys % n_days, sums[0].astype(np.int64), np.rint(sums[1]).astype(np.int64)
