"""A naive Dash app over a pandas frame: Plotly Express, one callback a chart, a click on a mark filters the others.

It follows the recipe of Dash's documentation for cross-filtering: what was clicked in each chart is an input of all
others. ``ROWS`` names the parquet file.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from dash import Dash, Input, Output, dcc, html
from plotly.graph_objects import Figure

from tests.benchmarks.peer_charts import DIMENSIONS, KPIS, PLACE, breakdown, lift, location, trend

CHARTS = (PLACE, *DIMENSIONS)
_ASSETS = Path(__file__).resolve().parents[2] / "assets"
FRAME = pd.read_parquet(os.environ["ROWS"])

app = Dash(__name__, assets_folder=str(_ASSETS), assets_ignore=r".*\.(js|css|svg)$")  # only the map's topojson is used
server = app.server


def filtered(clicks: dict[str, Any], columns: list[str]) -> pd.DataFrame:
    """Return the columns of the rows that all clicks leave."""
    mask = None
    for dimension, click in clicks.items():
        if click:
            fits = FRAME[dimension] == click["points"][0]["customdata"][0]
            mask = fits if mask is None else mask & fits
    return FRAME[columns] if mask is None else FRAME.loc[mask, columns]


def clicks_but(own: str = "") -> dict[str, Input]:
    """Return the clicks in all charts but one."""
    return {name: Input(f"chart-{name}", "clickData") for name in CHARTS if name != own}


def register(name: str, columns: list[str], draw: Callable[[pd.DataFrame], Figure]) -> None:
    """Make the callback of a chart."""

    @app.callback(Output(f"chart-{name}", "figure"), inputs={"clicks": clicks_but(name)})
    def update(clicks: dict[str, Any]) -> Figure:
        return draw(filtered(clicks, [*columns, "converted"]))


@app.callback([Output(f"kpi-{title}", "children") for _, _, title, _ in KPIS], inputs={"clicks": clicks_but()})
def update_kpis(clicks: dict[str, Any]) -> list[str]:
    """Return the numbers of the page."""
    frame = filtered(clicks, [*dict.fromkeys(column for column, *_ in KPIS)])
    return [text.format(value=frame[column].agg(how)) for column, how, _, text in KPIS]


@app.callback(
    [Output(f"chart-{name}", "clickData") for name in CHARTS], Input("clear", "n_clicks"), prevent_initial_call=True
)
def clear(_: int) -> list[None]:
    """Forget all clicks."""
    return [None for _ in CHARTS]


def graph(name: str, width: str) -> html.Div:
    """Return the place of a chart."""
    config: Any = {"topojsonURL": "/assets/topojson/", "displayModeBar": False}
    return html.Div(dcc.Graph(id=f"chart-{name}", config=config), style={"flex": width})


def row(*children: html.Div) -> html.Div:
    """Return a line of the page."""
    return html.Div(list(children), style={"display": "flex", "gap": "8px"})


app.layout = html.Div(
    [
        html.Div([html.H2("Recommender conversion"), html.Button("Clear", id="clear")]),
        graph("lift", "1"),
        row(
            *(
                html.Div([html.H4(t), html.P(id=f"kpi-{t}", className="kpi")], style={"flex": "1"})
                for _, _, t, _ in KPIS
            )
        ),
        row(graph("trend", "2"), graph(PLACE, "1")),
        row(*(graph(name, "1") for name in DIMENSIONS)),
    ]
)
register("lift", ["variant"], lift)
register("trend", ["variant", "day"], trend)
register(PLACE, [PLACE], location)
for dimension in DIMENSIONS:
    register(dimension, ["variant", dimension], lambda frame, dimension=dimension: breakdown(frame, dimension))  # type: ignore[misc]
with server.test_request_context():  # Dash 4.4.1 sets itself up in the first request and fails others beside it
    server.preprocess_request()
