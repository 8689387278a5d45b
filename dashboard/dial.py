"""Dial: a number that the reader drags on a view's card; it stands in the URL, as a choice does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Dial:
    """A number that the reader drags, between stops.

    Attributes
    ----------
    option : str
        Key of the URL, with a hyphen in it, such as ``plan-effect``.
    label : str
        What people read.
    values : tuple of float
        Where it may stand, ascending.
    usual : float
        The one that holds where nothing is chosen.
    unit : str
        As of a metric.

    Examples
    --------
    >>> dial = Dial("plan-power", "Power", (0.5, 0.8, 0.9), 0.8)
    >>> dial.chosen({}), dial.chosen({"plan-power": "0.88"}), dial.chosen({"plan-power": "much"})
    (0.8, 0.9, 0.8)
    """

    option: str
    label: str
    values: tuple[float, ...]
    usual: float
    unit: str = "fraction"

    def chosen(self, options: Mapping[str, str]) -> float:
        """Return the stop nearest to what the options hold; the usual one where they hold no number."""
        try:
            asked = float(options.get(self.option, ""))
        except ValueError:
            asked = self.usual
        return self._nearest(asked if asked == asked else self.usual)

    def sent(self, options: Mapping[str, str]) -> dict[str, Any]:
        """Return what the browser gets: the stops, the place of the one in force, and that of the usual one."""
        at, usual = (self.values.index(value) for value in (self.chosen(options), self._nearest(self.usual)))
        return {"values": self.values, "at": at, "usual": usual, "unit": self.unit}

    def _nearest(self, value: float) -> float:
        return min(self.values, key=lambda stop: abs(stop - value))
