"""The map shows all places, and names do not lie on each other where they need not."""

import pytest

from dashboard.gazetteer import locate
from dashboard.map_frame import frame_of, label_positions
from tests.dashboard.sample import PLACES

INDIA = [position for place in PLACES if (position := locate(place))]


def test_a_frame_holds_all_positions() -> None:
    frame = frame_of(INDIA)
    assert all(frame.longitudes[0] < lon < frame.longitudes[1] for lon, _ in INDIA)
    assert all(frame.latitudes[0] < lat < frame.latitudes[1] for _, lat in INDIA)


@pytest.mark.parametrize(
    ("places", "scope", "resolution"),
    [
        (PLACES, "asia", 50),
        (("US", "CA"), "north america", 50),
        (("Paris", "Berlin"), "europe", 50),
        (("US", "UK", "CA"), "world", 110),
    ],
)
def test_the_scope_is_the_smallest_that_holds_the_places(places: tuple[str, ...], scope: str, resolution: int) -> None:
    frame = frame_of([position for place in places if (position := locate(place))])
    assert (frame.scope, frame.resolution) == (scope, resolution)


def test_one_place_alone_has_room_around_it() -> None:
    frame = frame_of([(77.2, 28.6)])
    assert frame.longitudes[1] - frame.longitudes[0] >= 5


def test_a_frame_stays_clear_of_the_poles() -> None:
    frame = frame_of([(0.0, 75.0), (10.0, -75.0)])
    assert -80 < frame.latitudes[0] < frame.latitudes[1] < 80


def test_neighbours_get_their_names_on_different_sides() -> None:
    frame = frame_of(INDIA)
    sides = dict(zip(PLACES, label_positions(INDIA, PLACES, frame), strict=True))
    assert sides["Bangalore"] != sides["Chennai"]


def test_a_name_at_the_edge_turns_inwards() -> None:
    points = [(0.0, 0.0), (30.0, 0.0)]
    assert label_positions(points, ["A long name here", "Another long name"], frame_of(points))[1] != "middle right"
