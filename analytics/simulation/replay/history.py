"""History: the site's own users day by day, ready to be assigned anew; and one assignment of all of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analytics.experiment.interval import Floats
from semantic.errors import InputError
from semantic.user_days import UserDays

N_SUMS = 6
"""Users, sessions, conversions, and the squares and product of the last two."""

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class History:
    """Users who came, one row for each stretch between two looks in which a user did; by user, then by time.

    Attributes
    ----------
    user, look : ndarray of int
        Who, and the look that counts it first.
    n, converted : ndarray of int
        Sessions and conversions.
    starts : ndarray of int
        Where each user begins.
    n_looks : int
        Looks that there are.
    """

    user: Places
    look: Places
    n: Places
    converted: Places
    starts: Places
    n_looks: int

    @property
    def n_users(self) -> int:
        """How many users."""
        return int(self.starts.size)

    @cached_property
    def columns(self) -> list[Floats]:
        """What each row adds to the sums after users, as it happened."""
        return _columns(self, self.converted)

    @cached_property
    def sessions_so_far(self) -> Places:
        """Sessions of the row's user, up to it."""
        return _own_so_far(self.n, self)

    @property
    def by_look(self) -> tuple[Floats, Floats, Floats]:
        """Users, sessions and conversions at each look, all variants together."""
        first = np.bincount(self.look[self.starts], minlength=self.n_looks)
        sums = (np.bincount(self.look, column, self.n_looks) for column in (self.n, self.converted))
        users, sessions, converted = (np.cumsum(column).astype(np.float64) for column in (first, *sums))
        return users, sessions, converted


def history_of(found: UserDays, look_days: tuple[int, ...]) -> History:
    """Return the history of users between looks.

    Parameters
    ----------
    found : UserDays
        Of the data.
    look_days : tuple of int
        Days after which one looks, from 1; the last is the end.

    Raises
    ------
    InputError
        Where there are too few users to be assigned, or nobody or everybody converts.
    """
    rate = found.converted.sum() / max(found.n.sum(), 1)
    if found.n_users < 20 or not 0 < rate < 1:
        raise InputError(f"a replay needs 20 users of whom some convert and some do not; the data has {found.n_users}")
    look = np.searchsorted(look_days, found.day + 1)
    first = np.flatnonzero(np.diff(found.user * len(look_days) + look, prepend=-1))
    n, converted = (np.add.reduceat(column, first) for column in (found.n, found.converted))
    user = found.user[first]
    return History(user, look[first], n, converted, np.flatnonzero(np.diff(user, prepend=-1)), len(look_days))


@dataclass(frozen=True, slots=True)
class Injection:
    """How a lift is put into real conversions.

    Attributes
    ----------
    added : float
        Chance that a session that did not convert does.
    kept : float
        Chance that a conversion stays one.
    """

    added: float
    kept: float

    @classmethod
    def of(cls, lift: float, history: History) -> "Injection":
        """Return what makes the expected conversions of all users exactly ``1 + lift`` times as many.

        Raises
        ------
        InputError
            Where there are not so many sessions that could convert.
        """
        sessions, converted = float(history.n.sum()), float(history.converted.sum())
        if lift <= 0:
            return cls(0.0, 1 + lift)
        added = lift * converted / (sessions - converted)
        if added > 1:
            most = (sessions - converted) / converted
            raise InputError(f"an effect of {lift:+.0%} needs more sessions than there are; at most {most:+.0%} can be")
        return cls(added, 1.0)

    def lifts(self, history: History) -> Floats:
        """Return the expected lift over the users so far, at each look."""
        _, sessions, converted = history.by_look
        with np.errstate(divide="ignore", invalid="ignore"):
            lifts = self.kept - 1 + self.added * (sessions - converted) / converted
        return np.asarray(np.nan_to_num(lifts, posinf=0.0))


def assigned(
    history: History, shares: Floats, injections: tuple[Injection, ...], random: np.random.Generator
) -> Floats:
    """Return the sums so far of one assignment of all users, shape (`N_SUMS`, looks, variants).

    Parameters
    ----------
    history : History
        Who came when.
    shares : ndarray of float, shape (v,)
        Of control and treatments; they sum to 1.
    injections : tuple of Injection
        One for each treatment.
    random : Generator
        Assigns, and puts the lifts in.
    """
    variants = len(shares)
    arm_of = np.searchsorted(np.cumsum(shares)[:-1], random.random(history.n_users), side="right")
    arm = arm_of[history.user]
    is_changed = any(injection.added or injection.kept < 1 for injection in injections)
    columns = _columns(history, _injected(history, arm, injections, random)) if is_changed else history.columns
    place = history.look * variants + arm
    sums = [np.bincount(place, column, history.n_looks * variants) for column in columns]
    users = np.bincount(place[history.starts], minlength=history.n_looks * variants)
    shaped = np.stack([users, *sums]).reshape(N_SUMS, history.n_looks, variants)
    return np.asarray(np.cumsum(shaped, axis=1))


def _columns(history: History, converted: Places) -> list[Floats]:
    """Return what each row adds to sessions, conversions, and to squares and product of their sums within users."""
    n, x = history.sessions_so_far, _own_so_far(converted, history)
    before_n, before_x = n - history.n, x - converted
    columns = (history.n, converted, n**2 - before_n**2, n * x - before_n * before_x, x**2 - before_x**2)
    return [column.astype(np.float64) for column in columns]


def _injected(history: History, arm: Places, injections: tuple[Injection, ...], random: np.random.Generator) -> Places:
    converted = history.converted.copy()
    for place, injection in enumerate(injections, start=1):
        mine = np.flatnonzero(arm == place)
        if injection.added:
            converted[mine] += random.binomial(history.n[mine] - converted[mine], injection.added)
        elif injection.kept < 1:
            converted[mine] = random.binomial(converted[mine], injection.kept)
    return converted


def _own_so_far(column: Places, history: History) -> Places:
    """Return sums within each user so far, this row included."""
    total = np.cumsum(column)
    before = total[history.starts] - column[history.starts]
    return np.asarray(total - before[history.user])
