"""Cards: the frames that the painters of the browser fill."""

from typing import Any

from dash import dcc, html

from dashboard.theme import GRAPH_CONFIG
from dashboard.view import Context, View
from semantic.catalog import Catalog, Metric


def info(text: str) -> html.Button:
    """Return the small i that tells what something means."""
    return html.Button("i", type="button", className="info", **{"aria-label": text, "data-tip": text})


def card(view: View) -> html.Article:
    """Return the frame of a chart."""
    heading = [html.Span(view.title, className="title"), *([info(view.help)] if view.help else [])]
    note = [html.Span(view.note, className="note")] if view.note else []
    body = html.Div(className="paint skeleton", children=_graph(view) if view.painter == "figure" else None)
    return html.Article(
        [html.H2(heading + note), body, html.P(className="card-note", hidden=True)],
        id=f"card-{view.name}",
        className=f"card chart {view.painter} w{view.width}",
        **_marks(view),
    )


def verdict(view: View) -> html.Section:
    """Return the frame of the sentence that answers the page's question."""
    words = html.Div([html.P(className="scope"), html.P(className="headline"), html.P(className="detail")])
    drawing = html.Div(className="lift", role="img")
    return html.Section(
        [words, drawing], id=f"card-{view.name}", className="verdict skeleton", **_marks(view), **{"aria-live": "polite"}
    )


def kpi_cards(view: View, context: Context) -> html.Section:
    """Return the frames of the metrics, one card each."""
    cards = [_kpi_card(name, label, text) for name, label, text in _metrics(context.config.catalog)]
    return html.Section(cards, id=f"card-{view.name}", className="kpis", **_marks(view), **{"aria-label": view.title})


def _kpi_card(name: str, label: str, text: str) -> html.Article:
    heading = html.H2([html.Span(label, className="title"), info(text)])
    return html.Article([heading, html.Div(className="kpi-body skeleton")], className="card kpi", **{"data-metric": name})


def _metrics(catalog: Catalog) -> list[tuple[str, str, str]]:
    first, *rest = [_metric(metric) for metric in catalog.metrics]
    sessions = ("sessions", "Sessions", "Sessions that match the filter, and the share that each engine served.")
    return [first, sessions, *rest]


def _metric(metric: Metric) -> tuple[str, str, str]:
    return metric.name, metric.label, metric.description


def _graph(view: View) -> dcc.Graph:
    return dcc.Graph(id=f"figure-{view.name}", config=GRAPH_CONFIG, responsive=True, className="graph")


def _marks(view: View) -> dict[str, Any]:
    return {
        "data-view": view.name,
        "data-painter": view.painter,
        "data-dimension": view.dimensions[0] if view.dimensions else "",
    }
