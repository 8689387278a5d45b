"""DayFormat: days as people read them; assets/format.js does the same, and a test compares the two."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Dates = Literal["day_month_year", "month_day_year", "slashes", "iso"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TICKS = {"day_month_year": "%-d %b", "month_day_year": "%b %-d", "slashes": "%d/%m", "iso": "%Y-%m-%d"}
_YEARS = {"day_month_year": " %Y", "month_day_year": ", %Y", "slashes": "/%Y", "iso": ""}


@dataclass(frozen=True, slots=True)
class DayFormat:
    """How days are written.

    Attributes
    ----------
    dates : {"day_month_year", "month_day_year", "slashes", "iso"}
        30 Sep 2026, or Sep 30, 2026, or 30/09/2026, or 2026-09-30.
    """

    dates: Dates = "day_month_year"

    @property
    def tick_format(self) -> str:
        """How Plotly writes the days of an axis."""
        return _TICKS[self.dates]

    @property
    def hover_format(self) -> str:
        """How Plotly writes a day with its year."""
        return _TICKS[self.dates] + _YEARS[self.dates]

    def day(self, iso: str, *, with_year: bool = True) -> str:
        """Return an ISO day as configured; ``iso`` always has its year.

        Examples
        --------
        >>> DayFormat("month_day_year").day("2026-09-30")
        'Sep 30, 2026'
        """
        if self.dates == "iso":
            return iso
        when = date.fromisoformat(iso)
        month = _MONTHS[when.month - 1]
        if self.dates == "slashes":
            return f"{when.day:02}/{when.month:02}" + (f"/{when.year:04}" if with_year else "")
        if self.dates == "month_day_year":
            return f"{month} {when.day}" + (f", {when.year}" if with_year else "")
        return f"{when.day} {month}" + (f" {when.year}" if with_year else "")

    def days(self, first: str, last: str) -> str:
        """Return the span of two ISO days, without what both share.

        Examples
        --------
        >>> DayFormat().days("2026-09-01", "2026-09-30")
        '1 – 30 Sep 2026'
        """
        if first == last:
            return self.day(first)
        if first[:7] == last[:7] and self.dates in ("day_month_year", "month_day_year"):
            return self._within_month(int(first[8:]), last)
        return f"{self.day(first, with_year=first[:4] != last[:4])} – {self.day(last)}"

    def _within_month(self, first: int, last: str) -> str:
        if self.dates == "day_month_year":
            return f"{first} – {self.day(last)}"
        month, rest = self.day(last).split(" ", 1)
        return f"{month} {first} – {rest}"
