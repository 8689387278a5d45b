"""The charts of both browser peers, as an analyst writes them with pandas and Plotly Express: those of our overview."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go

DIMENSIONS = ("device", "category", "gender", "age")
PLACE = "location"
COLORS = {"Old": "#7a7f8c", "New": "#3355d8"}
Z = 1.96
_CITIES = {
    "Bangalore": (12.97, 77.59),
    "Mumbai": (19.08, 72.88),
    "Delhi": (28.65, 77.23),
    "Hyderabad": (17.38, 78.46),
    "Chennai": (13.09, 80.28),
    "Kolkata": (22.56, 88.36),
}
KPIS: tuple[tuple[str, str, str, str], ...] = (
    ("converted", "mean", "Conversion rate", "{value:.1%}"),
    ("converted", "count", "Sessions", "{value:,.0f}"),
    ("revenue", "mean", "Revenue per session", "{value:,.1f}"),
    ("time_spent_s", "mean", "Time per session", "{value:,.0f} s"),
    ("pages_viewed", "mean", "Pages per session", "{value:.2f}"),
)
"""Column, aggregate, title and format of each number."""


def rates(data_frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return sessions, conversions, rate and half the width of its interval for each group."""
    counts = data_frame.groupby([*by], observed=True)["converted"].agg(n="size", conversions="sum").reset_index()
    return _with_rate(counts)


def _with_rate(counts: pd.DataFrame) -> pd.DataFrame:
    counts["rate"] = counts["conversions"] / counts["n"]
    counts["half"] = Z * np.sqrt(counts["rate"] * (1 - counts["rate"]) / counts["n"])
    return counts


def breakdown(data_frame: pd.DataFrame, dimension: str) -> go.Figure:
    """Return rates with intervals of each member of a dimension, by engine."""
    figure = px.scatter(
        rates(data_frame, [dimension, "variant"]),
        x="rate",
        y=dimension,
        color="variant",
        error_x="half",
        color_discrete_map=COLORS,
        hover_data=["n"],
        custom_data=[dimension],
        title=dimension.capitalize(),
    )
    figure.update_yaxes(autorange="reversed", title=None)
    return _finished(figure.update_xaxes(tickformat=".0%", title=None), height=210)


def location(data_frame: pd.DataFrame) -> go.Figure:
    """Return the map of places: size is sessions, colour is conversion."""
    found = rates(data_frame, [PLACE])
    found["lat"] = [_CITIES[name][0] for name in found[PLACE]]
    found["lon"] = [_CITIES[name][1] for name in found[PLACE]]
    figure = px.scatter_geo(
        found, lat="lat", lon="lon", size="n", color="rate", text=PLACE, custom_data=[PLACE], title="Location"
    )
    figure.update_geos(lataxis_range=[6, 34], lonaxis_range=[66, 96])
    return _finished(figure, height=330)


def trend(data_frame: pd.DataFrame) -> go.Figure:
    """Return the seven-day rate of each engine with its band."""
    daily = rates(data_frame, ["day", "variant"])
    weekly = pd.concat([_smoothed(of_one) for _, of_one in daily.groupby("variant", observed=True)])
    figure = px.line(weekly, x="day", y="rate", color="variant", color_discrete_map=COLORS, title="Conversion by day")
    for variant, of_one in weekly.groupby("variant", observed=True):
        band: dict[str, Any] = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}
        figure.add_scatter(x=of_one["day"], y=of_one["rate"] - of_one["half"], **band)
        fill = {"fill": "tonexty", "fillcolor": COLORS[str(variant)] + "3d"}
        figure.add_scatter(x=of_one["day"], y=of_one["rate"] + of_one["half"], **band, **fill)
    return _finished(figure.update_yaxes(tickformat=".0%", title=None), height=330)


def _smoothed(daily: pd.DataFrame) -> pd.DataFrame:
    summed = daily[["n", "conversions"]].rolling(7, min_periods=1).sum()
    return _with_rate(summed.assign(day=daily["day"].astype(str), variant=daily["variant"]))


def lift(data_frame: pd.DataFrame) -> go.Figure:
    """Return how much more New converts than Old, with its interval on the log scale."""
    found = rates(data_frame, ["variant"]).set_index("variant")
    old, new = found.loc["Old"], found.loc["New"]
    log_ratio = np.log(new["rate"] / old["rate"])
    error = Z * np.sqrt(1 / new["conversions"] - 1 / new["n"] + 1 / old["conversions"] - 1 / old["n"])
    value, low, high = np.exp([log_ratio, log_ratio - error, log_ratio + error]) - 1
    ends = pd.DataFrame({"lift": [value], "of": ["New"], "more": [high - value], "less": [value - low]})
    figure = px.scatter(
        ends, x="lift", y="of", error_x="more", error_x_minus="less", title=f"New converts {value:+.1%}"
    )
    return _finished(figure.update_xaxes(tickformat="+.1%", title=None).update_yaxes(title=None), height=130)


def _finished(figure: go.Figure, height: int) -> go.Figure:
    figure.update_layout(clickmode="event+select", margin={"l": 10, "r": 10, "t": 40, "b": 10}, height=height)
    return figure.update_layout(legend_title=None)
