"""Charts within sheets, as plain data; assets/paint_chart.js draws them, with a tooltip and by keyboard."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from dashboard.sheets.blocks import Block

Style = Literal["line", "step", "dots", "bars", "area"]
MOST_POINTS = 101
"""Points that a curve keeps: a card is at most some hundred pixels wide."""

_DIGITS = 5


def axis(
    label: str, unit: str = "", ends: tuple[float, float] = (0.0, 1.0), members: Sequence[str] = ()
) -> dict[str, Any]:
    """Return an axis.

    Parameters
    ----------
    label : str
        What it is of.
    unit : str
        ``fraction``, ``points``, ``count``, or what stands behind a number.
    ends : (float, float)
        Where it begins and ends; of a category it follows from the members.
    members : sequence of str
        Of a category; points stand at places from 0 on.
    """
    return {"label": label, "unit": unit, "low": ends[0], "high": ends[1], "members": members}


def series(
    label: str, points: Iterable[Sequence[float | None]], style: Style = "line", tone: str = "main"
) -> dict[str, Any]:
    """Return what is drawn in one colour.

    Parameters
    ----------
    label : str
        Name of the series; what tooltips call it.
    points : iterable of sequence
        (x, y), (x, y, low, high) or (x, y, low, high, n), ascending in x.
    style : {"line", "step", "dots", "bars", "area"}
        ``dots`` have their intervals as whiskers, lines as a band; an ``area`` reaches down to zero. Without ``y`` only
        the band is drawn.
    tone : str
        ``main``, ``neutral``, or ``variant-0`` and up: the colour of an engine.
    """
    return {"label": label, "style": style, "tone": tone, "points": [_short(point) for point in points]}


def reference(label: str, start: tuple[float, float], end: tuple[float, float]) -> dict[str, Any]:
    """Return a line to compare with, such as that of chance."""
    return {"label": label, "start": start, "end": end}


def chart(
    label: str,
    axes: tuple[Mapping[str, Any], Mapping[str, Any]],
    drawn: Sequence[Mapping[str, Any]],
    references: Sequence[Mapping[str, Any]] = (),
    says: str = "",
) -> Block:
    """Return a chart.

    Parameters
    ----------
    label : str
        Its title.
    axes : (mapping, mapping)
        As of `axis`: across, and up.
    drawn : sequence of mapping
        As of `series`.
    references : sequence of mapping
        As of `reference`.
    says : str
        What it shows, in a sentence.
    """
    return {
        "kind": "chart",
        "label": label,
        "x": axes[0],
        "y": axes[1],
        "series": drawn,
        "lines": references,
        "says": says,
    }


def thinned(points: Sequence[Any], most: int = MOST_POINTS) -> list[Any]:
    """Return at most so many of the points, first and last among them.

    Examples
    --------
    >>> thinned(range(10), 4)
    [0, 3, 6, 9]
    """
    last = len(points) - 1
    return list(points) if last < most else [points[round(i * last / (most - 1))] for i in range(most)]


def around(values: Iterable[float | None], *, zero: bool = False) -> tuple[float, float]:
    """Return where an axis begins and ends that holds the values with some room, and zero if wanted.

    Examples
    --------
    >>> around([0.2, 0.4, None])
    (0.19, 0.41)
    """
    known = [value for value in values if value is not None] + ([0.0] if zero else [])
    low, high = min(known, default=0.0), max(known, default=1.0)
    room = (high - low) * 0.05 or abs(high) * 0.05 or 0.5
    return round(low - room, 9), round(high + room, 9)


def _short(point: Sequence[float | None]) -> list[float | None]:
    return [None if value is None else float(f"{value:.{_DIGITS}g}") for value in point]
