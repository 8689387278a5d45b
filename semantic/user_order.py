"""UserOrder: places of rows by user, found in bounded memory; rows without a user come last, each alone."""

import tempfile
from collections.abc import Iterator
from itertools import pairwise
from typing import IO

import numpy as np
import numpy.typing as npt
import pandas as pd

from semantic.row_codes import AnyCodes, Places

ORDER = "users.order"
STARTS = "users.starts"
NOBODY = 0
ALONE = 2
"""Stands where a row without a user begins a unit of its own."""
_PORTION = 1_000_000
"""Rows that are sorted at a time."""

Hashes = npt.NDArray[np.uint64]
_RECORD = np.dtype([("user", "<u8"), ("place", "<u4"), ("rank", "<u4")])


def hashes_of_users(users: "pd.Series[str]") -> Hashes:
    """Return a 64-bit hash of each user, `NOBODY` where there is none."""
    hashes = pd.util.hash_array(users.fillna("").to_numpy(object), categorize=False)
    hashes[users.isna().to_numpy()] = NOBODY
    return hashes


class UserOrder:
    """Collects rows in order of arrival; owned and closed by the IndexBuilder that feeds it.

    Parameters
    ----------
    n_rows : int
        How many will come, or a few more.

    Notes
    -----
    A user is a 64-bit hash: among 20 million users the odds that any two share one are 1 in 90,000. Rows are parted by
    its highest bits on disk, so that about a million are sorted at a time.
    """

    def __init__(self, n_rows: int) -> None:
        self._n_parts = max(1, -(-n_rows // _PORTION))
        self._pieces: list[list[tuple[int, int]]] = [[] for _ in range(self._n_parts + 1)]
        self._spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close
        self._n_rows = 0

    def add(self, users: Hashes, ranks: Places) -> None:
        """Take rows.

        Parameters
        ----------
        users : ndarray of uint64
            As `hashes_of_users` returned them.
        ranks : ndarray of int
            What the rows of one user are ordered by before their arrival, at least 0.
        """
        records = np.empty(len(users), dtype=_RECORD)
        records["user"], records["rank"] = users, ranks
        records["place"] = np.arange(self._n_rows, self._n_rows + len(users))
        self._n_rows += len(users)
        parts = (users >> np.uint64(32)) * np.uint64(self._n_parts) >> np.uint64(32)
        parts[users == NOBODY] = self._n_parts
        order = np.argsort(parts.astype(np.uint16), kind="stable")
        bounds = np.searchsorted(parts[order], np.arange(self._n_parts + 2))
        records = records[order]
        for pieces, (first, last) in zip(self._pieces, pairwise(bounds.tolist()), strict=True):
            if first < last:
                pieces.append((self._spool.tell(), last - first))
                self._spool.write(records[first:last].tobytes())

    def parts(self) -> Iterator[tuple[AnyCodes, AnyCodes]]:
        """Yield places by user, and a 1 where a user begins; `ALONE` where a row has none."""
        for pieces in self._pieces[:-1]:
            if pieces:
                yield _sorted(np.concatenate([self._read(*piece) for piece in pieces]))
        for piece in self._pieces[-1]:
            places = self._read(*piece)["place"]
            yield places, np.full(len(places), ALONE, dtype=np.uint8)

    def close(self) -> None:
        """Remove the file."""
        self._spool.close()

    def _read(self, start: int, n_records: int) -> "np.ndarray[tuple[int], np.dtype[np.void]]":
        self._spool.seek(start)
        return np.frombuffer(self._spool.read(n_records * _RECORD.itemsize), dtype=_RECORD)


def _sorted(records: "np.ndarray[tuple[int], np.dtype[np.void]]") -> tuple[AnyCodes, AnyCodes]:
    users = np.ascontiguousarray(records["user"])
    by_user = np.argsort(users)
    ascending = users[by_user]
    number = np.cumsum(np.diff(ascending, prepend=ascending[:1]) != 0)
    ranks = records["rank"][by_user].astype(np.int64)
    row_bits, rank_bits = len(users).bit_length(), int(ranks.max()).bit_length()
    if int(number[-1]).bit_length() + rank_bits + row_bits > 63:
        order = by_user[np.lexsort((by_user, ranks, number))]
        number = number[np.lexsort((by_user, ranks, number))]
    else:
        keys = np.sort((((number << rank_bits) | ranks) << row_bits) | by_user)
        order, number = keys & ((1 << row_bits) - 1), keys >> (row_bits + rank_bits)
    starts = np.diff(number, prepend=-1) != 0
    return records["place"][order], starts.astype(np.uint8)
