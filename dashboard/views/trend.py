"""Conversion by day for each engine, with its band."""

from functools import partial
from html import escape
from typing import Any

from analytics.estimate import Estimate
from analytics.trend import TREND, TrendResult, TrendSeries
from dashboard.day_format import DayFormat
from dashboard.format import NumberFormat
from dashboard.scale import percent_decimals, round_ticks
from dashboard.table import Column, Table, estimate_cells, estimate_columns
from dashboard.theme import axis, base_layout, variant_color
from dashboard.view import Arrays, Context, View
from dashboard.views.breakdown import sentence
from semantic.catalog import DAY, Catalog

_MIN_GAP = 0.07
Pale = dict[str, Estimate]
_KINDS = (("daily", "that day"), ("smoothed", "seven days"))


def trend_views(context: Context) -> tuple[View, ...]:
    """Return the card with the course of the conversion rate."""
    write, days, variants = context.number_format, context.day_format, context.variants

    def arrays(result: TrendResult, ghost: TrendResult | None) -> Arrays:
        shown, pale = _ordered(result, variants), _pale(result, ghost, context)
        drawn: dict[str, Any] = {"told": _told(result, write, days)} | _axis_arrays(shown, pale, write)
        for place, series in enumerate(shown):
            lower, upper, line, name = _paths(place, len(shown))
            drawn |= _series_arrays(series, result.days, [lower, upper, line, name])
            drawn |= {f"{line}.text": _texts(series, result, pale[place], context)}
            drawn |= _ghost_arrays(pale[place], f"data.{2 * len(shown) + place}")
        return drawn

    level = write.level(context.config.display.confidence)
    return (
        View(
            name="trend",
            title="Conversion by day",
            page="overview",
            analysis=TREND,
            dimensions=(DAY,),
            painter="figure",
            arrays=arrays,
            table=partial(trend_table, catalog=context.config.catalog),
            summary=lambda result: ". ".join(_told(result, write, days)) or "No days.",
            params=context.params,
            help=context.config.catalog.metrics[0].description,
            has_ghost=True,
            note=f"seven-day rate with {level} band",
            skeleton=skeleton(variants, days),
            width=8,
        ),
    )


def trend_table(result: TrendResult, catalog: Catalog) -> Table:
    """Return the rate of each engine by day, alone and over the days of the window."""
    meaning, day = catalog.metrics[0].description, catalog.dimension(DAY)
    series = [
        (f"{kind}_{i}", f"{s.variant}, {words}", s, kind) for i, s in enumerate(result.series) for kind, words in _KINDS
    ]
    columns = [column for name, label, *_ in series for column in estimate_columns(name, label, "fraction", meaning)]
    points = [getattr(s, kind) for _, _, s, kind in series]
    rows = ((day, *(cell for p in points for cell in estimate_cells(p[i]))) for i, day in enumerate(result.days))
    return Table((Column(DAY, day.label, "day", day.description), *columns), tuple(rows))


def skeleton(variants: tuple[str, ...], days: DayFormat) -> dict[str, Any]:
    """Return the figure without numbers: for each variant both ends of its band, its line, and its name at the end."""
    day = {"type": "date", "tickformat": days.tick_format, "hoverformat": days.hover_format}
    width = 20 + 8 * max((len(name) for name in variants), default=0)
    layout = base_layout(
        "trend",
        margin={"l": 42, "r": min(width, 140), "t": 8, "b": 26},
        xaxis=axis(showgrid=False, tickangle=0, **day),
        yaxis=axis(tickmode="array"),
        hovermode="x",
        dragmode="select",
        selectdirection="h",
        newselection={"line": {"color": "var(--focus)", "width": 1, "dash": "solid"}},
        annotations=[_name(place, name) for place, name in enumerate(variants)],
    )
    places, share = range(len(variants)), 24 if len(variants) < 3 else 12
    bands = [end for place in places for end in _band(place, share)]
    return {"data": [*bands, *map(_ghost, places), *map(_line, places)], "layout": layout}


def _name(place: int, name: str) -> dict[str, Any]:
    at_the_end = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "y": 0.5, "yanchor": "middle"}
    font = {"color": variant_color(place), "size": 12.5}
    return at_the_end | {"text": f"<b>{escape(name)}</b>", "showarrow": False, "visible": False, "font": font}


def _band(place: int, share: int) -> list[dict[str, Any]]:
    end = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "connectgaps": True}
    return [end, end | {"fill": "tonexty", "fillcolor": variant_color(place, share)}]


def _ghost(place: int) -> dict[str, Any]:
    line = {"color": variant_color(place, 55), "width": 1.5, "dash": "dot"}
    return {"type": "scatter", "mode": "lines", "line": line, "hoverinfo": "skip", "visible": False}


def _line(place: int) -> dict[str, Any]:
    line = {"color": variant_color(place), "width": 2}
    return {"type": "scatter", "mode": "lines", "line": line, "hovertemplate": "%{text}<extra></extra>"}


def _paths(place: int, n_variants: int) -> list[str]:
    """Return the paths of a variant's lower end, upper end, line and name; bands lie below ghosts and lines."""
    traces = (2 * place, 2 * place + 1, 3 * n_variants + place)
    return [*(f"data.{trace}" for trace in traces), f"layout.annotations.{place}"]


def _ordered(result: TrendResult | None, variants: tuple[str, ...]) -> list[TrendSeries | None]:
    """Return the series of each variant, None where there is none."""
    by_name = {series.variant: series for series in result.series} if result else {}
    return [by_name.get(name) for name in variants]


def _pale(result: TrendResult, ghost: TrendResult | None, context: Context) -> list[Pale]:
    """Return the ghost of each variant by day; the previous period is moved onto the days that it is compared with."""
    shifted, source = context.baseline.shifted_days, ghost or result
    place_of = {day: place for place, day in enumerate(source.days)}
    back = len(shifted) if shifted else 0
    days = [day for day in shifted or (ghost.days if ghost else ()) if place_of.get(day, -1) >= back]
    ordered = _ordered(source, context.variants)
    return [{day: s.smoothed[place_of[day] - back] for day in days} if s else {} for s in ordered]


def _ghost_arrays(pale: Pale, trace: str) -> dict[str, Any]:
    values = [point.value for point in pale.values()]
    if not values:
        return {f"{trace}.visible": False}
    return {f"{trace}.x": [*pale], f"{trace}.y": values, f"{trace}.visible": any(v is not None for v in values)}


def _series_arrays(series: TrendSeries | None, days: tuple[str, ...], paths: list[str]) -> dict[str, Any]:
    *traces, name = paths
    points = series.smoothed if series else ()
    shown = any(p.value is not None for p in points)
    ends = {f"{traces[0]}.y": [p.low for p in points], f"{traces[1]}.y": [p.high for p in points]}
    line = {f"{traces[2]}.y": [p.value for p in points], f"{traces[2]}.customdata": days}
    shared = {f"{trace}.{key}": value for trace in traces for key, value in (("x", days), ("visible", shown))}
    return ends | line | shared | {f"{name}.visible": shown}


def _texts(series: TrendSeries | None, result: TrendResult, pale: Pale, context: Context) -> list[str]:
    """Return what the tooltip of each day says of an engine, the baseline on a line of its own."""
    if not series:
        return []
    write, span = context.number_format, f" in {result.window_days} days" if result.window_days > 1 else ""
    own = (escape(sentence(series.variant, point, write)) + span for point in series.smoothed)
    beside = (escape(context.beside(pale.get(day))) for day in result.days)
    return [text + more.replace("; ", "<br>", 1) for text, more in zip(own, beside, strict=True)]


def _told(result: TrendResult, write: NumberFormat, days: DayFormat) -> list[str]:
    """Return for each variant its first and last rate in words."""
    ends = ((days.day(result.days[0]), 0), (days.day(result.days[-1]), -1)) if result.days else ()
    return [f"{day}: {sentence(s.variant, s.smoothed[i], write)}" for s in result.series for day, i in ends]


def _axis_arrays(shown: list[TrendSeries | None], pale: list[Pale], write: NumberFormat) -> dict[str, Any]:
    points = [p for series in shown if series for p in series.smoothed]
    ends = _ends(points) + [p.value for ghost in pale for p in ghost.values() if p.value is not None]
    ticks = round_ticks(ends)
    low, high = (min(ends), max(ends)) if ends else (ticks[0], ticks[-1])
    room = (high - low) * 0.04
    places = _places([_last(series) for series in shown], (high - low) * _MIN_GAP)
    return {f"layout.annotations.{i}.y": y for i, y in enumerate(places) if y is not None} | {
        "layout.yaxis.range": [low - room, high + room],
        "layout.yaxis.tickvals": ticks,
        "layout.yaxis.ticktext": [write.rate(tick, percent_decimals(ticks)) for tick in ticks],
    }


def _ends(points: list[Estimate]) -> list[float]:
    """Return the ends of all bands, less the widest tenth: the first days of a slow start would flatten the rest."""
    known = sorted((p for p in points if p.low is not None and p.high is not None), key=lambda p: p.high - p.low)  # type: ignore[operator]
    kept = known[: max(1, round(len(known) * 0.92))]
    ends = [end for p in kept for end in (p.low, p.high)] + [p.value for p in known]
    return [end for end in ends if end is not None]


def _last(series: TrendSeries | None) -> float | None:
    return next((p.value for p in reversed(series.smoothed) if p.value is not None), None) if series else None


def _places(wanted: list[float | None], gap: float) -> list[float | None]:
    """Return the heights of the names, moved apart where they would touch."""
    order = sorted((y, i) for i, y in enumerate(wanted) if y is not None)
    placed: list[float | None] = [None] * len(wanted)
    floor = -float("inf")
    for y, i in order:
        placed[i] = floor = max(y, floor + gap)
    return placed
