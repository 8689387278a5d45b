"""UserDays: how often users came and converted on each day, for a bounded sample of whole users."""

import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from semantic.catalog import CONVERTED, DAY, N_CONVERTED, USER_ID
from semantic.finder import NotIndexedError
from semantic.schema import ROW_ID
from semantic.snapshot import Snapshot
from semantic.store import Store
from semantic.unit_rows import Taken, UnitRows

_PORTION = 5_000

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
        Where the sessions are.
    most_sessions : int
        Of more sessions, about so many are read, those of some users. They lie in the order of a hash of their names,
        and stretches of this order are taken evenly, so the sample does not depend on who they are. Without a row
        index, as after an append, SQL reads those whose CRC-32 is small.

    Raises
    ------
    StoreError
        Where the database is away.
    """
    with store.reading() as (connection, snapshot):
        with suppress(NotIndexedError, OSError, ValueError, zlib.error):
            return _indexed(store, snapshot, connection, most_sessions)
        return _by_sql(store, snapshot, connection, most_sessions)


def _indexed(store: Store, snapshot: Snapshot, connection: sa.Connection, most_sessions: int) -> UserDays:
    index = store.rows.index(snapshot, connection)
    if index is None:
        raise NotIndexedError("the version has no row index")
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


def _by_sql(store: Store, snapshot: Snapshot, connection: sa.Connection, most_sessions: int) -> UserDays:
    first, n_days = _days(store, snapshot)
    share, number_of = most_sessions / max(snapshot.n_rows, 1), dict[str, int]()
    kept: list[tuple[int, int, int, int]] = []
    for rows in connection.execute(_select(snapshot.table).execution_options(yield_per=_PORTION)).partitions():
        for lone, user, day, n, converted in rows:
            key = f"\0{lone}" if user is None else str(user)
            place = int((np.datetime64(str(day)) - first).astype(int)) if first is not None and day is not None else 0
            is_in = 0 <= place < n_days and (first is None or day is not None)
            if is_in and zlib.crc32(key.encode()) < share * 2**32:
                kept.append((number_of.setdefault(key, len(number_of)), place, int(n), int(converted)))
    columns = np.array(sorted(kept), dtype=np.int64).reshape(-1, 4).T
    return UserDays(columns[0], columns[1], columns[2], columns[3], n_days, snapshot.n_rows)


def _days(store: Store, snapshot: Snapshot) -> tuple[np.datetime64 | None, int]:
    """Return the first day that counts, None where the data has no days, and how many there are."""
    domain = snapshot.domains.get(DAY)
    if domain is None or not domain.n_present:
        return None, 1
    start = np.datetime64(store.catalog.experiment.started_on or domain.first_day)
    since = max(int((start - np.datetime64(domain.first_day)).astype(int)), 0)
    return np.datetime64(domain.first_day) + since, max(domain.n_present - since, 1)


def _select(table: sa.Table) -> sa.Select[Any]:
    user: sa.ColumnElement[Any] = table.c[USER_ID] if USER_ID in table.c else sa.null()
    day = sa.type_coerce(table.c[DAY], sa.String) if DAY in table.c else sa.null()
    lone = sa.case((user.is_(None), table.c[ROW_ID]))
    sums = sa.func.count(), sa.func.sum(sa.func.coalesce(table.c[CONVERTED], 0))
    return sa.select(lone, user, day, *sums).group_by(lone, user, day)
