"""The frame of the sessions tells the browser what its grid needs."""

from dashboard.components.sessions import sessions_card
from dashboard.grid_script import grid_script


def test_the_frame_names_script_and_time_zone() -> None:
    given = sessions_card("Asia/Kolkata").to_plotly_json()["props"]
    assert (given["data-script"], given["data-timezone"]) == (grid_script(), "Asia/Kolkata")


def test_the_frame_has_a_place_for_count_rows_and_downloads() -> None:
    frame = str(sessions_card("UTC"))
    assert all(f"'sessions-{name}'" in frame for name in ("count", "find", "csv", "zip", "place", "state"))
