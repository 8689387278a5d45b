"""MapFrame: which piece of the world shows some places, and on which side of each its name fits."""

from collections.abc import Sequence
from dataclasses import dataclass

Position = tuple[float, float]

_SCOPES: dict[str, tuple[tuple[float, float], tuple[float, float]]] = {
    "europe": ((-25, 45), (34, 72)),
    "asia": ((45, 150), (-10, 55)),
    "africa": ((-20, 55), (-36, 37)),
    "north america": ((-170, -50), (7, 75)),
    "south america": ((-83, -33), (-57, 13)),
    "oceania": ((110, 180), (-50, 0)),
}
_ROOM = 1.28
_SMALLEST_DEGREES = 6.0
_ROUND = 2.5
_WIDTH_PX, _HEIGHT_PX = 340.0, 270.0
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
        What is drawn; ``zoom`` times as wide as what must be seen, so that land fills a card of any shape.
    zoom : float
        At least 1.
    """

    scope: str
    resolution: int
    center: Position
    longitudes: Position
    latitudes: Position
    zoom: float


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
    spans = [max((max(v) - min(v)) * _ROOM, _SMALLEST_DEGREES) for v in (longitudes, latitudes)]
    zoom = max(1.0, min(_ROUND, 360 / spans[0], 2 * (80 - abs(center[1])) / spans[1]))
    halves = [span * zoom / 2 for span in spans]
    return MapFrame(
        scope=scope,
        resolution=110 if scope == "world" else 50,
        center=center,
        longitudes=(center[0] - halves[0], center[0] + halves[0]),
        latitudes=(center[1] - halves[1], center[1] + halves[1]),
        zoom=zoom,
    )


def _is_inside(
    longitudes: Sequence[float], latitudes: Sequence[float], box: tuple[tuple[float, float], tuple[float, float]]
) -> bool:
    (west, east), (south, north) = box
    return west <= min(longitudes) and max(longitudes) <= east and south <= min(latitudes) and max(latitudes) <= north


def label_positions(positions: Sequence[Position], names: Sequence[str], frame: MapFrame) -> list[str]:
    """Return for each name the side of its place on which it meets the fewest other names and places."""
    points = [_pixels(position, frame) for position in positions]
    boxes: list[tuple[float, float, float, float]] = [(x - 14, y - 14, x + 14, y + 14) for x, y in points]
    chosen = []
    for (x, y), name in zip(points, names, strict=True):
        options = {side: _box(x, y, name, way) for side, way in _SIDES.items()}
        best = min(options, key=lambda side: sum(_overlaps(options[side], box) for box in boxes))
        boxes.append(options[best])
        chosen.append(best)
    return chosen


def _pixels(position: Position, frame: MapFrame) -> tuple[float, float]:
    width = (frame.longitudes[1] - frame.longitudes[0]) / frame.zoom
    height = (frame.latitudes[1] - frame.latitudes[0]) / frame.zoom
    scale = min(_WIDTH_PX / width, _HEIGHT_PX / height)
    return (position[0] - frame.center[0]) * scale, (position[1] - frame.center[1]) * scale


def _box(x: float, y: float, name: str, way: tuple[int, int]) -> tuple[float, float, float, float]:
    half, (right, up) = 3.4 * len(name), way
    middle_x, middle_y = x + right * (half + 18), y + up * 24
    return middle_x - half, middle_y - 8, middle_x + half, middle_y + 8


def _overlaps(first: tuple[float, float, float, float], second: tuple[float, float, float, float]) -> float:
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    return max(width, 0.0) * max(height, 0.0)
