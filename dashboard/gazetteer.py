"""Gazetteer: where places are; names that it does not hold are shown in a list instead of a map."""

import csv
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("gazetteer.tsv")
ATTRIBUTION = "GeoNames CC BY 4.0 · Natural Earth"
_ENOUGH = 0.5

Position = tuple[float, float]


def locate(place: str) -> Position | None:
    """Return longitude and latitude of a place in degrees, or None where its name is not known.

    Parameters
    ----------
    place : str
        A city, a country, an ISO code or a usual other name; case, accents and spaces do not matter.

    Examples
    --------
    >>> locate("bengaluru") == locate("Bangalore")
    True
    """
    return _positions().get(_fold(place))


def is_mappable(places: Sequence[str]) -> bool:
    """Return whether at least half of the places can be located."""
    found = sum(locate(place) is not None for place in places)
    return found > 0 and found >= _ENOUGH * len(places)


@cache
def _positions() -> dict[str, Position]:
    lines = (line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    positions: dict[str, Position] = {}
    for row in csv.DictReader(lines, delimiter="\t"):
        for name in (row["name"], *row["aliases"].split("|")):
            positions.setdefault(_fold(name), (float(row["longitude"]), float(row["latitude"])))
    return positions


def _fold(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isalnum())
