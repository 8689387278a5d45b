"""Colours and the figure template; colours are names of CSS properties, which the browser fills in for its theme."""

from typing import Any

N_COLORS = 8
GRAPH_CONFIG: Any = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "displaylogo": False,
    "responsive": True,
    "doubleClick": False,
    "scrollZoom": False,
    "topojsonURL": "/assets/topojson/",
}
_FONT = "Inter, ui-sans-serif, system-ui, sans-serif"


def variant_color(place: int, share: int = 100) -> str:
    """Return the colour of the variant at that place.

    Parameters
    ----------
    place : int
        0 is control; later ones go round the other colours.
    share : int
        Opacity in percent; the browser's `theme.color` reads it.
    """
    number = 0 if place == 0 else 1 + (place - 1) % (N_COLORS - 1)
    return f"var(--variant-{number})" + (f" {share}%" if share < 100 else "")


def base_layout(revision: str, **changes: Any) -> dict[str, Any]:
    """Return the layout that every figure starts from.

    Parameters
    ----------
    revision : str
        Constant per chart, so that what a reader did to it survives a redraw.
    **changes
        Keys that the figure adds or replaces.
    """
    label = {"bgcolor": "var(--tooltip)", "bordercolor": "var(--tooltip)", "align": "left"}
    return {
        "autosize": True,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": _FONT, "size": 12, "color": "var(--ink2)"},
        "hoverlabel": label | {"font": {"family": _FONT, "size": 12.5, "color": "var(--tooltip-ink)"}},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "uirevision": revision,
        "template": {"layout": {}, "data": {}},
    } | changes


def axis(**changes: Any) -> dict[str, Any]:
    """Return an axis without line or ticks, with a light grid."""
    plain = {"fixedrange": True, "zeroline": False, "showline": False, "ticks": "", "showgrid": True}
    return plain | {"gridcolor": "var(--soft)", "tickfont": {"size": 11.5, "color": "var(--ink2)"}} | changes
