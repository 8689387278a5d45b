"""Ladder: rows on one shared scale, as plain data: dots with intervals, or bars; assets/paint_ladder.js draws it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.format import NumberFormat
from dashboard.sheets.blocks import Block

_STEPS = (1.0, 2.0, 5.0, 10.0)
_MOST_TICKS = 5
_ROOM = 0.06


@dataclass(frozen=True, slots=True)
class Scale:
    """Probabilities from low to high across the width of a card.

    Attributes
    ----------
    low, high : float
        What stands at the left and at the right end, both in (0, 1) where ``is_log_odds``.
    is_log_odds : bool
        Whether equal steps are of log odds, which effects add up in.
    """

    low: float
    high: float
    is_log_odds: bool = False

    def at(self, value: float) -> float:
        """Return where a probability stands, from 0 at the left to 1 at the right."""
        low, high, here = (self._place(each) for each in (self.low, self.high, value))
        return round(min(max((here - low) / ((high - low) or 1.0), 0.0), 1.0), 5)

    def ticks(self, write: NumberFormat) -> list[dict[str, Any]]:
        """Return round probabilities with their places."""
        found = nice(self.low, self.high)
        places = 0 if all(math.isclose(tick * 100, round(tick * 100), abs_tol=1e-9) for tick in found) else 1
        return [{"at": self.at(tick), "text": write.rate(tick, places)} for tick in found]

    def _place(self, value: float) -> float:
        if not self.is_log_odds:
            return value
        inside = min(max(value, 1e-9), 1 - 1e-9)
        return math.log(inside / (1 - inside))


def scale_of(values: Iterable[float | None], *, is_log_odds: bool = False) -> Scale:
    """Return a scale that holds the probabilities with some room on both sides.

    Examples
    --------
    >>> scale_of([0.2, 0.4, None])
    Scale(low=0.188, high=0.412, is_log_odds=False)
    """
    known = [value for value in values if value is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    room = (high - low) * _ROOM or 0.01
    least = 1e-4 if is_log_odds else 0.0
    return Scale(round(max(low - room, least), 6), round(min(high + room, 1 - least), 6), is_log_odds)


def nice(low: float, high: float) -> list[float]:
    """Return at most five round numbers from low to high.

    Examples
    --------
    >>> nice(0.188, 0.412)
    [0.2, 0.25, 0.3, 0.35, 0.4]
    """
    if not high > low:
        return [low]
    power = 10.0 ** math.floor(math.log10((high - low) / _MOST_TICKS))
    for step in (part * power for part in _STEPS):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < _MOST_TICKS:
            break
    return [round(place * step, 9) for place in range(first, last + 1)]


def row(label: str, text: str, **more: Any) -> dict[str, Any]:
    """Return a row.

    Parameters
    ----------
    label, text : str
        What stands at its left, and its number at the right.
    **more
        ``under``: a second line; ``tip``: what its tooltip says; ``dot``, ``low``, ``high``: places of a number and its
        interval; ``bar``: two places; ``tone``: ``main``, ``neutral``, ``up``, ``down`` or ``variant-0`` and up;
        ``is_current``: it holds now; ``is_strong``: it is a sum; ``option``, ``value``: what a press on it chooses.
    """
    return {"label": label, "text": text, **more}


def ladder(
    label: str, ticks: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]], line: float | None = None
) -> Block:
    """Return rows on one scale.

    Parameters
    ----------
    label : str
        What screen readers call it; its heading where rows can be pressed.
    ticks : sequence of dict
        As of `Scale.ticks`.
    rows : sequence of dict
        As of `row`.
    line : float, optional
        Place of an upright line to compare with.
    """
    return {"kind": "ladder", "label": label, "ticks": ticks, "rows": rows, "line": line}
