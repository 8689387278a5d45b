"""Users in two variants: who they are, counted in bounded memory, and which of their sessions go."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.clean import Fault
from semantic.catalog import STARTED_AT, USER_ID, VARIANT

Hashes = npt.NDArray[np.uint64]
RULE = "user must be in one variant"
FIELDS = (USER_ID, VARIANT, STARTED_AT)
_PORTION = 2_000_000
_NEVER = np.iinfo(np.int64).max


class Exposures:
    """Collects which users saw which variant.

    Notes
    -----
    Users are kept as 64-bit hashes, 8 bytes each for every variant that they saw: among 20 million users the odds
    that any two share one are 1 in 90,000.
    """

    def __init__(self) -> None:
        self._users: dict[str, list[Hashes]] = {}
        self._pending = 0

    def add(self, frame: pd.DataFrame) -> None:
        """Take in the users and variants of cleaned records; records without either are passed over."""
        if USER_ID not in frame:
            return
        users, known = user_hashes(frame), frame[USER_ID].notna().to_numpy()
        variants = frame[VARIANT].cat
        codes = variants.codes.to_numpy()
        for code, variant in enumerate(variants.categories):
            found = _distinct(users[known & (codes == code)])
            self._users.setdefault(str(variant), []).append(found)
            self._pending += len(found)
        if self._pending > _PORTION:
            self._merge()

    def in_two_variants(self) -> Hashes:
        """Return the users that saw more than one variant, ascending."""
        self._merge()
        everyone = np.concatenate([np.empty(0, np.uint64), *(parts[0] for parts in self._users.values())])
        everyone.sort()
        return np.unique(everyone[1:][everyone[1:] == everyone[:-1]])

    def _merge(self) -> None:
        for variant in list(self._users):
            parts = np.concatenate(self._users.pop(variant))
            self._users[variant] = [_distinct(parts)]
        self._pending = 0


@dataclass(frozen=True)
class UserPolicy:
    """Which sessions of users in two variants are rejected.

    Attributes
    ----------
    column : str
        Source column of the user.
    users : ndarray of uint64
        Whose; ascending.
    allowed : tuple of str or None
        The variant that each may keep; None: none at all.
    """

    column: str = ""
    users: Hashes = field(default_factory=lambda: np.empty(0, np.uint64))
    allowed: tuple[str, ...] | None = None

    def faults(self, frame: pd.DataFrame) -> list[Fault]:
        """Return the rejected sessions of a batch."""
        if not len(self.users):
            return []
        places, bad = _places(frame, self.users)
        if self.allowed is not None:
            allowed = np.array(self.allowed, dtype=object)[places]
            bad &= frame[VARIANT].to_numpy(object) != allowed
        return [Fault(self.column, RULE, bad)] if bad.any() else []


class FirstSeen:
    """Finds the variant of each user's earliest session, by time and else by order of arrival."""

    def __init__(self, users: Hashes) -> None:
        self._users = users
        self._at = np.full(len(users), _NEVER)
        self._variant = np.full(len(users), "", dtype=object)

    def add(self, frame: pd.DataFrame) -> None:
        """Take in cleaned records, in order of arrival."""
        places, mine = _places(frame, self._users)
        mine &= frame[VARIANT].notna().to_numpy()
        rows = np.flatnonzero(mine)
        times = _times(frame)[rows]
        order = np.argsort(times, kind="stable")
        users, first = np.unique(places[rows][order], return_index=True)
        earliest = rows[order][first]
        at = _times(frame)[earliest]
        sooner = (at < self._at[users]) | (self._variant[users] == "")
        self._at[users[sooner]] = at[sooner]
        self._variant[users[sooner]] = frame[VARIANT].to_numpy(object)[earliest[sooner]]

    def variants(self) -> tuple[str, ...]:
        """Return the first variant of each user."""
        return tuple(self._variant.tolist())


def user_hashes(frame: pd.DataFrame) -> Hashes:
    """Return a 64-bit hash of each record's user; that of an empty user means nothing."""
    return pd.util.hash_array(frame[USER_ID].fillna("").to_numpy(object), categorize=False)


def policy_for(policy: str, column: str, batches: Iterable[pd.DataFrame], again: Iterable[pd.DataFrame]) -> UserPolicy:
    """Return which sessions go.

    Parameters
    ----------
    policy : {"keep", "exclude", "first"}
        As configured.
    column : str
        Source column of the user.
    batches, again : iterable of DataFrame
        All records, cleaned, with `FIELDS` only; the second reading is begun only for ``first``.
    """
    if policy == "keep":
        return UserPolicy(column)
    exposures = Exposures()
    for frame in batches:
        exposures.add(frame)
    users = exposures.in_two_variants()
    if policy == "exclude" or not len(users):
        return UserPolicy(column, users)
    first = FirstSeen(users)
    for frame in again:
        first.add(frame)
    return UserPolicy(column, users, first.variants())


def _distinct(users: Hashes) -> Hashes:
    """Return the users once each, ascending; sorts in place, since np.unique makes a table several times their size."""
    users.sort()
    is_new = np.ones(len(users), dtype=bool)
    is_new[1:] = users[1:] != users[:-1]
    return np.asarray(users[is_new])


def _places(frame: pd.DataFrame, users: Hashes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    hashes = user_hashes(frame)
    places = np.minimum(np.searchsorted(users, hashes), len(users) - 1)
    return places, (users[places] == hashes) & frame[USER_ID].notna().to_numpy()


def _times(frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    if STARTED_AT not in frame:
        return np.full(len(frame), _NEVER)
    times = frame[STARTED_AT].to_numpy(np.float64)
    return np.where(np.isnan(times), _NEVER, np.nan_to_num(times)).astype(np.int64)
