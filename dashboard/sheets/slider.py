"""Slider: a number that the reader drags on a sheet; it stands in the URL beside the filter."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.sheets.facts import Facts


@dataclass(frozen=True, slots=True)
class Stops:
    """Where a slider may stand now.

    Attributes
    ----------
    values : tuple of float
        Ascending.
    usual : float
        The one that holds where nothing is chosen; stands in no URL.
    unit : str
        As of a metric.
    """

    values: tuple[float, ...]
    usual: float
    unit: str = "fraction"

    def nearest(self, value: float) -> int:
        """Return the place of the stop nearest to a number."""
        return min(range(len(self.values)), key=lambda place: abs(self.values[place] - value))


@dataclass(frozen=True, slots=True)
class Slider:
    """A number that the reader drags.

    Attributes
    ----------
    option : str
        Key of the URL, with a hyphen in it, such as ``model-threshold``.
    label : str
        What people read.
    stops : callable
        From the facts to where it may stand; None where there is nothing to choose.
    """

    option: str
    label: str
    stops: Callable[[Facts], Stops | None]

    def chosen(self, facts: Facts) -> float | None:
        """Return the number in force; None where there is nothing to choose."""
        stops = self.stops(facts)
        if stops is None:
            return None
        asked = _number(facts.context.options.get(self.option, ""))
        return stops.values[stops.nearest(stops.usual if asked is None else asked)]

    def sent(self, facts: Facts) -> dict[str, Any] | None:
        """Return what the browser gets: the stops, the place of the one in force, and that of the usual one."""
        stops, chosen = self.stops(facts), self.chosen(facts)
        if stops is None or chosen is None:
            return None
        at, usual = stops.nearest(chosen), stops.nearest(stops.usual)
        return {"values": stops.values, "at": at, "usual": usual, "unit": stops.unit}


def stops_around(asked: str, usual: float, values: Iterable[float], unit: str) -> Stops:
    """Return stops that hold the usual number, and the one that a link asks for, if it is one.

    Parameters
    ----------
    asked : str
        What the URL holds; what is no number from 0 on is passed over.
    usual : float
        See `Stops`.
    values : iterable of float
        The others.
    unit : str
        As of a metric.
    """
    number = _number(asked)
    more = [] if number is None or number < 0 else [number]
    return Stops(tuple(sorted({usual, *values, *more})), usual, unit)


def sent_sliders(sliders: Iterable[Slider], facts: Facts) -> Mapping[str, Any]:
    """Return what the browser gets for the sliders of a sheet, by option; without those that choose nothing."""
    found = {slider.option: slider.sent(facts) for slider in sliders}
    return {option: sent for option, sent in found.items() if sent}


def _number(text: str) -> float | None:
    """Return the finite number that a text holds, or None."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < _MOST else None


_MOST = 1e12
