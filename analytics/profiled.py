"""Profiled: what is missing and how often users came, over all sessions of a version, with intervals."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.estimate import Estimate, estimate
from analytics.experiment.mean import Sample, student
from analytics.experiment.proportion import wilson
from config import Config
from semantic.profile import Profile, UserCounts

UNKNOWN_PROFILE = "version {version} was loaded without a profile; run: python -m etl load --force"
_SINGLE = 10
_STEPS = (2.0, 2.5, 2.0)


@dataclass(frozen=True, slots=True)
class ColumnResult:
    """What is missing in one field.

    Attributes
    ----------
    name, label, source_column : str
        Of the field.
    missing_rule : str
        What becomes of an empty cell: ``keep``, ``quarantine`` (the record is refused) or ``zero``.
    n_missing : int
        Sessions in which it is missing.
    missing : Estimate
        Their share of all sessions, Wilson interval.
    """

    name: str
    label: str
    source_column: str
    missing_rule: str
    n_missing: int
    missing: Estimate


@dataclass(frozen=True, slots=True)
class UserGroup:
    """Users who came equally often.

    Attributes
    ----------
    label : str
        Such as ``3`` or ``11–20``.
    low, high : int
        Fewest and most sessions of such a user, both included.
    n_users : int
        How many there are.
    share : Estimate
        Their share of all users, Wilson interval; its n is users.
    """

    label: str
    low: int
    high: int
    n_users: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class UsersResult:
    """Sessions per user; the n of each estimate is users.

    Attributes
    ----------
    n_users, n_sessions : int
        Distinct users, and the sessions whose user is known.
    n_in_two_variants : int
        Users with sessions under more than one variant.
    in_two_variants : Estimate
        Their share of all users, Wilson interval.
    sessions_per_user : Estimate
        Mean, Student's interval.
    median, p90 : float or None
        Quantiles of the sessions per user, linear between neighbours; None without users.
    maximum : int
        Sessions of the user who came most often.
    groups : tuple of UserGroup
        1 to 10 sessions one by one, then 11–20, 21–50, 51–100, …, as far as anybody came; together all users.
    """

    n_users: int
    n_sessions: int
    n_in_two_variants: int
    in_two_variants: Estimate
    sessions_per_user: Estimate
    median: float | None
    p90: float | None
    maximum: int
    groups: tuple[UserGroup, ...]


@dataclass(frozen=True, slots=True)
class ProfileResult:
    """What is known of all sessions of one version.

    Attributes
    ----------
    data_version, n_sessions : int
        Which version, and how many sessions it has.
    n_incomplete : int
        Sessions in which at least one column is missing.
    incomplete : Estimate
        Their share, Wilson interval.
    columns : tuple of ColumnResult
        In the order of the configured fields.
    users : UsersResult or None
        None where the data has no user.
    """

    data_version: int
    n_sessions: int
    n_incomplete: int
    incomplete: Estimate
    columns: tuple[ColumnResult, ...]
    users: UsersResult | None


def profile_result(profile: Profile, config: Config, confidence: float) -> ProfileResult:
    """Return a profile with labels and intervals.

    Parameters
    ----------
    profile : Profile
        As `read_profile` returned it; it is over all sessions, whatever the filter.
    config : Config
        The fields.
    confidence : float
        Level of every interval.
    """
    n = profile.n_sessions
    columns = tuple(
        ColumnResult(name, spec.label, spec.column, spec.missing or "keep", missing, _share(missing, n, confidence))
        for name, spec in config.fields.items()
        for missing in [profile.n_missing[name]]
    )
    users = users_result(profile.users, confidence) if profile.users else None
    incomplete = _share(profile.n_incomplete, n, confidence)
    return ProfileResult(profile.version, n, profile.n_incomplete, incomplete, columns, users)


def users_result(users: UserCounts, confidence: float) -> UsersResult:
    """Return sessions per user with intervals.

    Parameters
    ----------
    users : UserCounts
        How many users have exactly so many sessions.
    confidence : float
        Level of every interval.
    """
    pairs = np.array(users.users_by_sessions, dtype=np.int64).reshape(-1, 2)
    sizes, counts = pairs[:, 0], pairs[:, 1]
    sample = Sample.of(users.n_users, users.n_sessions, float((sizes.astype(np.float64) ** 2) @ counts))
    return UsersResult(
        users.n_users,
        users.n_sessions,
        users.n_in_two_variants,
        _share(users.n_in_two_variants, users.n_users, confidence),
        estimate(student(sample, confidence), users.n_users),
        _quantile(sizes, counts, 0.5),
        _quantile(sizes, counts, 0.9),
        int(sizes[-1]) if len(sizes) else 0,
        tuple(_groups(sizes, counts, confidence)),
    )


def _share(x: int, n: int, confidence: float) -> Estimate:
    return estimate(wilson(x, n, confidence), n)


def _quantile(sizes: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], q: float) -> float | None:
    """Return the quantile of values that stand ``counts`` times each, linear between neighbours (type 7)."""
    if not len(sizes):
        return None
    ends = np.cumsum(counts)
    place = (ends[-1] - 1) * q
    low, high = (sizes[np.searchsorted(ends, end, side="right")] for end in (np.floor(place), np.ceil(place)))
    return float(low + (high - low) * (place - np.floor(place)))


def _groups(sizes: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], confidence: float) -> Iterator[UserGroup]:
    n_users = int(counts.sum())
    for low, high in _bounds(int(sizes[-1]) if len(sizes) else 0):
        found = int(counts[(sizes >= low) & (sizes <= high)].sum())
        label = str(low) if low == high else f"{low:,}–{high:,}"
        yield UserGroup(label, low, high, found, _share(found, n_users, confidence))


def _bounds(largest: int) -> Iterator[tuple[int, int]]:
    """Yield 1, 2, … 10, then the spans up to 20, 50, 100, 200, 500, … as far as the largest."""
    for size in range(1, min(largest, _SINGLE) + 1):
        yield size, size
    high, step = _SINGLE, 0
    while high < largest:
        low, high = high + 1, int(high * _STEPS[step % len(_STEPS)])
        step += 1
        yield low, high
