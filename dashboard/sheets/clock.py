"""Clock: moments and durations as people read them, in the configured time zone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dashboard.day_format import DayFormat
from dashboard.format import NO_BREAK, NumberFormat

_MINUTE_S, _HOUR_S = 60, 3_600


@dataclass(frozen=True, slots=True)
class Clock:
    """How moments are written.

    Attributes
    ----------
    timezone : str
        Name of the zone, such as ``Asia/Kolkata``.
    day_format : DayFormat
        How days are written.
    """

    timezone: str
    day_format: DayFormat

    def moment(self, milliseconds: int) -> str:
        """Return a moment with its zone.

        Examples
        --------
        >>> Clock("Asia/Kolkata", DayFormat()).moment(1_790_000_000_000).replace(NO_BREAK, " ")
        '21 Sep 2026, 19:43 IST'
        """
        when = datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(ZoneInfo(self.timezone))
        return f"{self.day_format.day(when.date().isoformat())}, {when:%H:%M}{NO_BREAK}{when:%Z}"


def iso(milliseconds: int) -> str:
    """Return a moment in UTC as machines read it.

    Examples
    --------
    >>> iso(1_790_000_000_000)
    '2026-09-21T14:13:20Z'
    """
    return f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}"


def duration(milliseconds: int, write: NumberFormat) -> str:
    """Return how long something took.

    Examples
    --------
    >>> duration(75_400, NumberFormat("₹", "indian")).replace(NO_BREAK, " ")
    '1 min 15 s'
    """
    seconds = milliseconds / 1000
    if seconds < _MINUTE_S:
        return f"{write.fixed(seconds, 1)}{NO_BREAK}s"
    whole = round(seconds)
    if whole < _HOUR_S:
        return f"{whole // _MINUTE_S}{NO_BREAK}min {whole % _MINUTE_S}{NO_BREAK}s"
    return f"{whole // _HOUR_S}{NO_BREAK}h {whole % _HOUR_S // _MINUTE_S}{NO_BREAK}min"
