"""Profiler: sessions in, the profile of a version out; users are spooled to disk, so that memory does not grow."""

import tempfile
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.pipeline.users import Hashes, user_hashes
from semantic.catalog import USER_ID, VARIANT, Catalog
from semantic.profile import Profile, UserCounts

Counts = npt.NDArray[np.int64]
_PORTION = 4_000_000
"""Sessions whose users are sorted at a time."""


class Profiler:
    """Counts what is missing, and the sessions of each user; a context manager, since its spool is a temporary file.

    Notes
    -----
    A user is a 64-bit hash (`user_hashes`); 10 bytes a session go to disk. They are sorted in portions of about four
    million, parted by the hash's highest bits, so that memory is bounded whatever the number of users.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._columns = [column.name for column in catalog.columns]
        self._has_users = USER_ID in self._columns
        self._n_missing = dict.fromkeys(self._columns, 0)
        self._n_sessions = self._n_incomplete = self._n_spooled = 0
        self._code_of: dict[str, int] = {}
        self._spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._parts: list[tuple[int, int]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()

    def add(self, frame: pd.DataFrame, sign: int = 1) -> None:
        """Count sessions in, or out again.

        Parameters
        ----------
        frame : DataFrame
            The catalog's columns, as cleaned.
        sign : {1, -1}
            -1 takes out sessions that were counted in before.
        """
        is_incomplete = np.zeros(len(frame), dtype=bool)
        for name in self._columns:
            is_missing = frame[name].isna().to_numpy()
            self._n_missing[name] += sign * int(np.count_nonzero(is_missing))
            is_incomplete |= is_missing
        self._n_incomplete += sign * int(np.count_nonzero(is_incomplete))
        self._n_sessions += sign * len(frame)
        if self._has_users:
            self._spool_users(frame, sign)

    def profile(self) -> Profile:
        """Return the profile of all sessions so far."""
        users = self._users() if self._has_users else None
        return Profile(0, self._n_sessions, self._n_incomplete, dict(self._n_missing), users)

    def _spool_users(self, frame: pd.DataFrame, sign: int) -> None:
        known = frame[USER_ID].notna().to_numpy()
        variants = frame[VARIANT].astype("category").cat
        table = [self._code_of.setdefault(str(v), len(self._code_of)) for v in variants.categories]
        codes = np.array([*table, len(table)], dtype=np.uint16)[variants.codes.to_numpy()][known]
        self._spool.write(user_hashes(frame)[known].tobytes())
        self._spool.write(codes.tobytes())
        self._parts.append((sign, len(codes)))
        self._n_spooled += len(codes)

    def _users(self) -> UserCounts:
        n_portions = max(1, -(-self._n_spooled // _PORTION))
        width = 2**64 // n_portions + 1
        sizes, n_in_two_variants = np.zeros(1, dtype=np.int64), 0
        for portion in range(n_portions):
            sessions, variants = self._count(portion * width, min((portion + 1) * width, 2**64) - 1)
            n_in_two_variants += int(np.count_nonzero(variants > 1))
            found = np.bincount(sessions)
            sizes = np.pad(sizes, (0, max(0, len(found) - len(sizes))))
            sizes[: len(found)] += found
        present = np.flatnonzero(sizes)
        by_sessions = tuple(zip(present.tolist(), sizes[present].tolist(), strict=True))
        n_sessions = sum(n * n_users for n, n_users in by_sessions)
        return UserCounts(int(sizes.sum()), n_sessions, n_in_two_variants, by_sessions)

    def _count(self, low: int, high: int) -> tuple[Counts, Counts]:
        """Return for each user whose hash lies in [low, high] how many sessions and how many variants it has."""
        users, codes, signs = self._read(low, high)
        pairs = [_counted(users[codes == code], signs[codes == code]) for code in self._code_of.values()]
        everyone = np.concatenate([np.empty(0, np.uint64), *(found for found, _ in pairs)])
        sessions = np.concatenate([np.empty(0, np.int64), *(n for _, n in pairs)])
        order = np.argsort(everyone, kind="stable")  # merges the sorted users of each variant
        starts = _starts(everyone[order])
        if not len(starts):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        return np.add.reduceat(sessions[order], starts), np.diff(np.append(starts, len(order)))

    def _read(self, low: int, high: int) -> tuple[Hashes, Any, Any]:
        self._spool.seek(0)
        kept: list[tuple[Any, ...]] = []
        for sign, size in self._parts:
            users = np.frombuffer(self._spool.read(8 * size), dtype=np.uint64)
            codes = np.frombuffer(self._spool.read(2 * size), dtype=np.uint16)
            mine = slice(None) if (low, high) == (0, 2**64 - 1) else (users >= low) & (users <= high)
            kept.append((users[mine], codes[mine], np.full(len(users[mine]), sign, dtype=np.int8)))
        self._spool.seek(0, 2)
        empty = (np.empty(0, np.uint64), np.empty(0, np.uint16), np.empty(0, np.int8))
        users, codes, signs = (np.concatenate(parts) for parts in zip(empty, *kept, strict=True))
        return users, codes, signs


def _counted(users: Hashes, signs: npt.NDArray[np.int8]) -> tuple[Hashes, Counts]:
    """Return each user once, ascending, with the sessions counted in less those counted out, where any is left."""
    if (signs > 0).all():
        users.sort()
        starts = _starts(users)
        return users[starts], np.diff(np.append(starts, len(users)))
    found, places = np.unique(users, return_inverse=True)
    counts = np.rint(np.bincount(places, weights=signs, minlength=len(found))).astype(np.int64)
    return found[counts > 0], counts[counts > 0]


def _starts(users: Hashes) -> npt.NDArray[np.int64]:
    """Return where each user begins in users that are ascending."""
    is_new = np.ones(len(users), dtype=bool)
    is_new[1:] = users[1:] != users[:-1]
    return np.flatnonzero(is_new)
