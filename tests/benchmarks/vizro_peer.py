"""The same charts in Vizro: a filter a dimension, and a click on a mark sets the filter, as its documentation shows.

``ROWS`` names the parquet file.
"""

import os
from pathlib import Path
from typing import Any

import pandas as pd
import vizro.actions as va
import vizro.models as vm
from vizro import Vizro
from vizro.figures import kpi_card
from vizro.managers import data_manager
from vizro.models.types import capture

from tests.benchmarks import peer_charts
from tests.benchmarks.peer_charts import DIMENSIONS, KPIS, PLACE

_ASSETS = Path(__file__).resolve().parents[2] / "assets"
FRAME = pd.read_parquet(os.environ["ROWS"])
data_manager["sessions"] = FRAME


@capture("graph")  # type: ignore[untyped-decorator]
def breakdown(data_frame: pd.DataFrame, dimension: str, custom_data: list[str]) -> Any:
    """Return rates with intervals of each member of a dimension."""
    return peer_charts.breakdown(data_frame, dimension)


@capture("graph")  # type: ignore[untyped-decorator]
def location(data_frame: pd.DataFrame, custom_data: list[str]) -> Any:
    """Return the map of places."""
    return peer_charts.location(data_frame)


trend = capture("graph")(peer_charts.trend)
lift = capture("graph")(peer_charts.lift)


def figure_of(name: str) -> Any:
    """Return the captured chart of a dimension."""
    if name == PLACE:
        return location("sessions", custom_data=[PLACE])
    return breakdown("sessions", dimension=name, custom_data=[name])


def graph(name: str) -> vm.Graph:
    """Return a chart whose marks set the filter of its dimension."""
    config = {"topojsonURL": "/assets/topojson/", "displayModeBar": False}
    sets = va.set_controls(controls=f"filter-{name}", value=name)
    return vm.Graph(id=f"chart-{name}", figure=figure_of(name), actions=sets, extra={"config": config})


def kpi(column: str, how: str, title: str, text: str) -> vm.Figure:
    """Return the card of a number."""
    return vm.Figure(
        id=f"kpi-{title}", figure=kpi_card("sessions", column, agg_func=how, title=title, value_format=text)
    )


CHARTS = (PLACE, *DIMENSIONS)
OTHERS = ["chart-lift", "chart-trend", *(f"kpi-{title}" for _, _, title, _ in KPIS)]
page = vm.Page(
    title="Overview",
    layout=vm.Grid(
        grid=[
            [0] * 20,
            [n for n in range(1, 6) for _ in range(4)],
            *[[6] * 13 + [7] * 7] * 2,
            *[[n for n in range(8, 12) for _ in range(5)]] * 2,
        ],
        row_min_height="150px",
    ),
    components=[
        vm.Graph(id="chart-lift", figure=lift("sessions")),
        *(kpi(*given) for given in KPIS),
        vm.Graph(id="chart-trend", figure=trend("sessions")),
        *(graph(name) for name in CHARTS),
    ],
    controls=[
        vm.Filter(
            id=f"filter-{name}",
            column=name,
            selector=vm.Dropdown(
                options=list(FRAME[name].cat.categories), multi=True
            ),  # else it looks for them for minutes
            targets=[*OTHERS, *(f"chart-{other}" for other in CHARTS if other != name)],
        )
        for name in CHARTS
    ],
)
app = Vizro(assets_folder=str(_ASSETS), assets_ignore=r".*\.(js|css|svg)$").build(vm.Dashboard(pages=[page]))
server = app.dash.server
with server.test_request_context():  # Dash 4.4.1 sets itself up in the first request and fails others beside it
    server.preprocess_request()
