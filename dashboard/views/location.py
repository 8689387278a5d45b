"""The map: where sessions come from (size) and how they convert (colour), for every place that can be located."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from math import sqrt
from typing import Any

from analytics import Params
from analytics.breakdown import BREAKDOWN, BreakdownResult, BreakdownRow
from dashboard.format import NumberFormat
from dashboard.gazetteer import ATTRIBUTION, is_mappable, locate
from dashboard.map_frame import MapFrame, frame_of, label_positions
from dashboard.scale import percent_decimals, round_ticks
from dashboard.theme import base_layout
from dashboard.view import Arrays, Context, View
from dashboard.views.breakdown import breakdown_summary, breakdown_table, sentence
from semantic.catalog import Dimension

_LARGEST_PX = 34.0
_SMALLEST_PX = 9.0
_N_LABELS = 14


def location_views(context: Context) -> tuple[View, ...]:
    """Return a map for each place dimension whose places are known."""
    domains = context.snapshot.domains
    places = [d for d in context.config.catalog.dimensions if d.kind == "place"]
    return tuple(location_view(d, context) for d in places if is_mappable(domains[d.name].members))


def location_view(dimension: Dimension, context: Context) -> View:
    """Return the map of one dimension."""
    write = context.number_format
    found = {m: p for m in context.snapshot.domains[dimension.name].members if (p := locate(m))}
    frame = frame_of(list(found.values()))

    def arrays(result: BreakdownResult, ghost: BreakdownResult | None) -> Arrays:
        rows, pale = (_spots(one, found) for one in (result, ghost))
        return (
            _spot_arrays(rows, frame, write)
            | {"data.0.hovertext": [escape(_told(spot, pale, context)) for spot in rows]}
            | _ghost_arrays(pale)
            | {
                "note": _left_out(result.rows, found, write),
                "told": [sentence(spot.row.member, spot.row.total, write) for spot in rows],
                "source": ATTRIBUTION,
            }
        )

    return View(
        name=dimension.name,
        title=dimension.label,
        page="overview",
        analysis=BREAKDOWN,
        dimensions=(dimension.name,),
        painter="figure",
        arrays=arrays,
        table=partial(breakdown_table, catalog=context.config.catalog),
        summary=partial(breakdown_summary, write=write),
        params=Params(context.params.confidence, dimension.name),
        has_ghost=True,
        note="size: sessions · colour: conversion",
        skeleton=skeleton(dimension.name, frame, context.config.display.base_map),
        help=dimension.description,
        width=4,
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    row: BreakdownRow
    position: tuple[float, float]


def skeleton(name: str, frame: MapFrame, base_map: str) -> dict[str, Any]:
    """Return the figure without numbers."""
    colors = [[step / 4, f"var(--s{step})"] for step in range(5)]
    marker = {"sizemode": "diameter", "colorscale": colors, "showscale": False, "opacity": 1}
    spots = {
        "type": "scattergeo",
        "mode": "markers+text",
        "hovertemplate": "%{hovertext}<extra></extra>",
        "textfont": {"size": 11.5, "color": "var(--ink2)"},
        "marker": marker | {"line": {"color": "var(--card)", "width": 1.5}},
        "unselected": {"marker": {"opacity": 0.28}, "textfont": {"color": "var(--ink3)"}},
    }
    ring = {"size": 0, "color": "rgba(0,0,0,0)", "line": {"width": 1.5, "color": "var(--ink3)"}}
    ghosts = {"type": "scattergeo", "mode": "markers", "hoverinfo": "skip", "marker": {"sizemode": "diameter"} | ring}
    return {"data": [spots, ghosts], "layout": base_layout(name, geo=_geo(frame, base_map), dragmode=False)}


def _geo(frame: MapFrame, base_map: str) -> dict[str, Any]:
    return {
        "scope": frame.scope,
        "resolution": frame.resolution,
        "projection": {"type": "mercator"},
        "lonaxis": {"range": frame.longitudes},
        "lataxis": {"range": frame.latitudes},
        "fitbounds": False,
        "bgcolor": "rgba(0,0,0,0)",
        "showframe": False,
        "showland": base_map != "none",
        "landcolor": "var(--land)",
        "showcoastlines": base_map != "none",
        "coastlinecolor": "var(--line)",
        "coastlinewidth": 1,
        "showcountries": base_map == "borders",
        "countrycolor": "var(--border)",
        "countrywidth": 0.8,
        "showsubunits": False,
        "showlakes": False,
    }


def _spots(result: BreakdownResult | None, found: Mapping[str, tuple[float, float]]) -> list[_Spot]:
    return [_Spot(row, found[row.member]) for row in result.rows if row.member in found] if result else []


def _ghost_arrays(pale: Sequence[_Spot]) -> dict[str, Any]:
    """Return a ring at each place: how large it would be if sessions were spread as in the baseline."""
    return {
        "data.1.lon": [spot.position[0] for spot in pale],
        "data.1.lat": [spot.position[1] for spot in pale],
        "data.1.marker.size": _sizes([spot.row.total.n for spot in pale]),
    }


def _spot_arrays(spots: Sequence[_Spot], frame: MapFrame, write: NumberFormat) -> dict[str, Any]:
    sizes = _sizes([spot.row.total.n for spot in spots])
    rates = [spot.row.total.value for spot in spots]
    ticks = round_ticks([rate for rate in rates if rate is not None], n_wanted=3)
    names = [spot.row.member for spot in spots]
    positions = label_positions([spot.position for spot in spots], names, frame)
    largest = sorted(range(len(spots)), key=lambda i: -sizes[i])[:_N_LABELS]
    return {
        "data.0.lon": [spot.position[0] for spot in spots],
        "data.0.lat": [spot.position[1] for spot in spots],
        "data.0.marker.size": sizes,
        "data.0.marker.color": rates,
        "data.0.marker.cmin": ticks[0],
        "data.0.marker.cmax": ticks[-1],
        "legend": [write.rate(tick, percent_decimals(ticks)) for tick in (ticks[0], ticks[-1])],
        "data.0.text": [escape(name) if i in largest else "" for i, name in enumerate(names)],
        "data.0.textposition": positions,
        "data.0.customdata": names,
    }


def _told(spot: _Spot, pale: Sequence[_Spot], context: Context) -> str:
    """Return what the tooltip of a place says."""
    row = spot.row
    ghost = next((one.row.total for one in pale if one.row.member == row.member), None)
    return sentence(row.member, row.total, context.number_format) + context.beside(ghost)


def _sizes(counts: Sequence[int]) -> list[float]:
    """Return diameters whose areas are as the counts; a place without sessions is not drawn."""
    largest = max(counts, default=0) or 1
    return [max(_SMALLEST_PX, _LARGEST_PX * sqrt(n / largest)) if n else 0.0 for n in counts]


def _left_out(rows: Sequence[BreakdownRow], found: dict[str, Any], write: NumberFormat) -> str:
    """Return how many sessions the map does not show, and why; empty where it shows all."""
    missing = [row for row in rows if row.member not in found and row.total.n]
    if not missing:
        return ""
    names = ", ".join(row.member for row in missing[:3]) + (" …" if len(missing) > 3 else "")
    return f"Not on the map: {names} ({write.count(sum(row.total.n for row in missing))} sessions)"
