"""MapFrame: which piece of the world shows some places, and on which side of each its name fits."""

from collections.abc import Sequence
from dataclasses import dataclass

Position = tuple[float, float]
Box = tuple[float, float, float, float]

_SCOPES: dict[str, tuple[tuple[float, float], tuple[float, float]]] = {
    "europe": ((-25, 45), (34, 72)),
    "asia": ((45, 150), (-10, 55)),
    "africa": ((-20, 55), (-36, 37)),
    "north america": ((-170, -50), (7, 75)),
    "south america": ((-83, -33), (-57, 13)),
    "oceania": ((110, 180), (-50, 0)),
}
_ROOM = (1.95, 1.45)
_SMALLEST_DEGREES = 6.0
_POLE = 78.0
_OUTSIDE = 3.0
_WIDTH_PX, _HEIGHT_PX = 270.0, 270.0
_SIDES = {"middle right": (1, 0), "middle left": (-1, 0), "top center": (0, 1), "bottom center": (0, -1)}


@dataclass(frozen=True, slots=True)
class MapFrame:
    """A piece of the world.

    Attributes
    ----------
    scope, resolution : str, int
        Which topojson file is drawn.
    center : (float, float)
        Longitude and latitude of the middle.
    longitudes, latitudes : (float, float)
        What must be seen; the browser widens it to the shape of the card.
    """

    scope: str
    resolution: int
    center: Position
    longitudes: Position
    latitudes: Position


def frame_of(positions: Sequence[Position]) -> MapFrame:
    """Return the frame that holds all positions with some room around them.

    Parameters
    ----------
    positions : sequence of (longitude, latitude)
        In degrees; at least one.
    """
    longitudes, latitudes = ([p[axis] for p in positions] for axis in (0, 1))
    scope = next((name for name, box in _SCOPES.items() if _is_inside(longitudes, latitudes, box)), "world")
    center = ((min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2)
    ends = zip((longitudes, latitudes), _ROOM, strict=True)
    spans = [max((max(values) - min(values)) * room, _SMALLEST_DEGREES) for values, room in ends]
    halves = [span / 2 for span in spans]
    return MapFrame(
        scope=scope,
        resolution=110 if scope == "world" else 50,
        center=center,
        longitudes=(center[0] - halves[0], center[0] + halves[0]),
        latitudes=(max(center[1] - halves[1], -_POLE), min(center[1] + halves[1], _POLE)),
    )


def _is_inside(
    longitudes: Sequence[float], latitudes: Sequence[float], box: tuple[tuple[float, float], tuple[float, float]]
) -> bool:
    (west, east), (south, north) = box
    return west <= min(longitudes) and max(longitudes) <= east and south <= min(latitudes) and max(latitudes) <= north


def label_positions(positions: Sequence[Position], names: Sequence[str], frame: MapFrame) -> list[str]:
    """Return for each name the side of its place on which it meets the fewest other names and places."""
    points = [_pixels(position, frame) for position in positions]
    boxes: list[Box] = [(x - 14, y - 14, x + 14, y + 14) for x, y in points]
    chosen = []
    for (x, y), name in zip(points, names, strict=True):
        options = {side: _box(x, y, name, way) for side, way in _SIDES.items()}
        best = min(options, key=lambda side: _cost(options[side], boxes))
        boxes.append(options[best])
        chosen.append(best)
    return chosen


def _pixels(position: Position, frame: MapFrame) -> tuple[float, float]:
    width = frame.longitudes[1] - frame.longitudes[0]
    height = frame.latitudes[1] - frame.latitudes[0]
    scale = min(_WIDTH_PX / width, _HEIGHT_PX / height)
    return (position[0] - frame.center[0]) * scale, (position[1] - frame.center[1]) * scale


def _box(x: float, y: float, name: str, way: tuple[int, int]) -> Box:
    half, (right, up) = 3.4 * len(name), way
    middle_x, middle_y = x + right * (half + 18), y + up * 24
    return middle_x - half, middle_y - 8, middle_x + half, middle_y + 8


def _cost(box: Box, others: Sequence[Box]) -> float:
    """Return how much of a name is hidden by others or cut off by the edge of the card."""
    inside = _overlaps(box, (-_WIDTH_PX / 2, -_HEIGHT_PX / 2, _WIDTH_PX / 2, _HEIGHT_PX / 2))
    outside = (box[2] - box[0]) * (box[3] - box[1]) - inside
    return sum(_overlaps(box, other) for other in others) + _OUTSIDE * outside


def _overlaps(first: Box, second: Box) -> float:
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    return max(width, 0.0) * max(height, 0.0)
