"""Events in order: arrays by unit and time, with the places of each name kept."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from semantic.errors import UnknownNameError, unknown_name

Places = npt.NDArray[np.intp]
Codes = npt.NDArray[np.integer]


@dataclass(frozen=True)
class EventLog:
    """Events of users in their sessions.

    Attributes
    ----------
    user, session : ndarray of int, shape (events,)
        Codes of the user and of the session.
    time : ndarray of int, shape (events,)
        Milliseconds since 1970 in UTC.
    name : ndarray of int, shape (events,)
        Place of the event's name in ``names``.
    names : tuple of str
        Every name that an event may have.
    until : int
        Where the data end, in milliseconds; events after it are not known yet.
    is_by_session : bool
        The session is the unit, not the user.
    """

    user: Codes
    session: Codes
    time: Codes
    name: Codes
    names: tuple[str, ...]
    until: int
    is_by_session: bool = False

    @property
    def unit(self) -> Codes:
        """What is counted: the user's code, or the session's."""
        return self.session if self.is_by_session else self.user

    @cached_property
    def in_order(self) -> "EventLog":
        """The same events by unit and, within a unit, by time; equal times keep the order in which they came."""
        if _is_sorted(self.unit, self.time):
            return self
        return self.taken(np.lexsort((self.time, self.unit)))

    @cached_property
    def by_session(self) -> "EventLog":
        """The same events with the session as their unit, in order."""
        return replace(self, is_by_session=True).in_order

    @cached_property
    def places_by_name(self) -> tuple[Places, ...]:
        """Where the events of each name stand, ascending."""
        code = np.uint8 if len(self.names) <= 256 else np.int64
        order = np.argsort(self.name.astype(code), kind="stable")
        ends = np.cumsum(np.bincount(self.name, minlength=len(self.names)))
        return tuple(np.split(order, ends[:-1]))

    def taken(self, places: Places) -> "EventLog":
        """Return the events at these places, in this order."""
        columns = {column: getattr(self, column)[places] for column in ("user", "session", "time", "name")}
        return replace(self, **columns)

    def places_of(self, names: tuple[str, ...]) -> Places:
        """Return where events of any of these names stand, ascending."""
        found = [self.places_by_name[self.code_of(name)] for name in dict.fromkeys(names)]
        if len(found) == 1:
            return found[0]
        return np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.intp)

    def code_of(self, name: str) -> int:
        """Return the place of a name in ``names``.

        Raises
        ------
        UnknownNameError
            If no event may have it.
        """
        if name not in self.names:
            raise UnknownNameError(unknown_name("event", name, self.names))
        return self.names.index(name)


def _is_sorted(unit: Codes, time: Codes) -> bool:
    is_next, is_same = unit[1:] > unit[:-1], unit[1:] == unit[:-1]
    return bool(np.all(is_next | (is_same & (time[1:] >= time[:-1]))))
