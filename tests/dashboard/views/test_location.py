"""The map: sizes as sessions, colours as conversion, and a word on what it cannot show."""

from typing import Any

import plotly.graph_objects as go
import pytest

from analytics.breakdown import BreakdownResult, BreakdownRow
from analytics.estimate import Estimate
from dashboard.map_frame import frame_of
from dashboard.view import Context
from dashboard.views.location import location_views, skeleton
from tests.dashboard.views.test_trend import plain


def arrays(context: Context, **sessions: int) -> dict[str, Any]:
    """Return what is sent for places with that many sessions."""
    rows = []
    for place, n in sessions.items():
        estimate = Estimate(0.3, 0.28, 0.32, n) if n else Estimate(None, None, None, 0)
        rows.append(BreakdownRow(place, estimate, (estimate,)))
    (view,) = location_views(context)
    return dict(view.arrays(BreakdownResult("location", "Location", ("Old",), tuple(rows), len(rows)), None))


def test_areas_are_as_sessions(context: Context) -> None:
    large, small = arrays(context, Delhi=4000, Mumbai=1000)["data.0.marker.size"]
    assert large / small == pytest.approx(2)


def test_a_place_without_sessions_is_not_drawn(context: Context) -> None:
    assert arrays(context, Delhi=0)["data.0.marker.size"] == [0.0]


def test_places_that_are_not_found_are_told(context: Context) -> None:
    sent = arrays(context, Delhi=100, Atlantis=7)
    assert sent["data.0.customdata"] == ["Delhi"]
    assert sent["note"] == "Not on the map: Atlantis (7 sessions)"


def test_who_cannot_see_it_is_told_every_place(context: Context) -> None:
    told = arrays(context, Delhi=4000, Mumbai=1000)["told"]
    assert [line.split(":")[0] for line in told] == ["Delhi", "Mumbai"]
    assert all("sessions" in line for line in told)


def test_the_sources_of_the_map_are_named(context: Context) -> None:
    assert "GeoNames" in arrays(context, Delhi=1)["source"]


def test_an_empty_map_breaks_nothing(context: Context) -> None:
    assert arrays(context)["data.0.lon"] == []


@pytest.mark.parametrize("base_map", ["coast", "borders", "none"])
def test_the_skeleton_is_a_valid_figure_for_each_base_map(base_map: str) -> None:
    figure = skeleton("location", frame_of([(77.2, 28.6)]), base_map)
    del figure["layout"]["template"]
    geo = go.Figure(plain(figure)).layout.geo
    assert (geo.showcountries, geo.showland, geo.fitbounds) == (base_map == "borders", base_map != "none", False)


def test_a_ring_shows_how_sessions_are_spread_in_the_baseline(context: Context) -> None:
    (view,) = location_views(context)
    rows = tuple(BreakdownRow(p, Estimate(0.3, 0.2, 0.4, n), ()) for p, n in (("Delhi", 100), ("Mumbai", 400)))
    everything = BreakdownResult("location", "Location", (), rows, 2)
    small, large = view.arrays(everything, everything)["data.1.marker.size"]
    assert large / small == pytest.approx(2)
    assert view.arrays(everything, None)["data.1.marker.size"] == []
