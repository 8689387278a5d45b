"""Places are found by the names that logs use."""

import pytest

from dashboard.gazetteer import is_mappable, locate
from tests.dashboard.sample import PLACES


@pytest.mark.parametrize(
    "pair", [("Bangalore", "Bengaluru"), ("Bombay", "mumbai"), ("US", "United States"), ("UK", "GB")]
)
def test_other_names_of_a_place_stand_at_the_same_point(pair: tuple[str, str]) -> None:
    first, second = map(locate, pair)
    assert first is not None
    assert first == second


@pytest.mark.parametrize(
    ("place", "longitude", "latitude"), [("Delhi", 77.2, 28.6), ("CA", -88.8, 46.5), ("São Paulo", -46.6, -23.5)]
)
def test_points_are_longitude_first(place: str, longitude: float, latitude: float) -> None:
    assert locate(place) == pytest.approx((longitude, latitude), abs=0.1)


def test_an_unknown_place_has_no_point() -> None:
    assert locate("Atlantis") is None


def test_places_are_mappable_where_half_of_them_are_known() -> None:
    assert is_mappable(PLACES)
    assert is_mappable(["Delhi", "Region 1"])
    assert not is_mappable(["Delhi", "Region 1", "Region 2"])
    assert not is_mappable([])
