"""Cards: the frames that the painters of the browser fill."""

import math
from typing import Any

from dash import dcc, html

from dashboard.components.attributes import attributes
from dashboard.sheets.sheet import Sheet
from dashboard.theme import GRAPH_CONFIG
from dashboard.view import Choice, Context, View
from semantic.catalog import DAY, Catalog

_MOST_A_ROW = 5


def info(text: str) -> html.Button:
    """Return the small i that tells what something means."""
    return html.Button("i", type="button", className="info", **attributes(aria_label=text, data_tip=text))


def _title(text: str, help_text: str) -> html.Span:
    return html.Span([html.Span(text), *([info(help_text)] if help_text else [])], className="title")


def card(view: View | Sheet) -> html.Article:
    """Return the frame of a chart."""
    figure = view if isinstance(view, View) and view.painter == "figure" else None
    body = html.Div(
        _graph(figure) if figure else None,
        className="paint skeleton",
        role="group",
        **attributes(aria_label=view.title),
    )
    return html.Article(
        [heading(view), *_sliders(view), *(_in_words(figure) if figure else []), body, html.Div(className="card-foot")],
        id=f"card-{view.name}",
        className=f"card chart {view.painter} w{view.width}",
        **marks(view),
    )


def heading(view: View | Sheet) -> html.Header:
    """Return what stands above a card: its title and note, what can be chosen, and what it shows in one sentence."""
    note = [html.Span(view.note, className="note")] if view.note else []
    choices = [_choice(choice) for choice in view.choices]
    says = html.P(className="says unseen")
    noting = [_noting(view)] if DAY in view.dimensions else []
    title = html.H2([_title(view.title, view.help), *note])
    return html.Header([title, *choices, *noting, menu(view), says], className="heading")


def _noting(view: View | Sheet) -> html.Div:
    """Return the button with which people note what happened on a day."""
    tip = attributes(aria_haspopup="dialog", aria_expanded="false", data_popover="annotations")
    button = html.Button("Note", type="button", className="link", **tip, **attributes(aria_label=f"Note, {view.label}"))
    box = html.Div(className="popover roomy", hidden=True, role="dialog", **attributes(aria_label="Notes on days"))
    return html.Div([button, box], className="holder")


def menu(view: View | Sheet) -> html.Div:
    """Return the button of a card's menu, and the place that the browser opens it in."""
    label = f"More on {view.label}"
    opener = attributes(aria_label=label, aria_haspopup="menu", aria_expanded="false")
    button = html.Button("⋯", type="button", className="menu-button", **opener)
    place = html.Div(className="menu", role="menu", hidden=True, **attributes(aria_label=label))
    return html.Div([button, place], className="card-menu")


def _choice(choice: Choice) -> html.Label:
    options = [html.Option(label, value=word) for word, label in choice.values]
    select = html.Select(options, **attributes(data_option=choice.option))
    return html.Label([html.Span(choice.label), select], className="choice-of")


def _sliders(view: View | Sheet) -> list[html.Div]:
    """Return the places of the numbers that are dragged on a card; the browser fills them."""
    places = [attributes(data_slider=slider.option, data_label=slider.label) for slider in view.sliders]
    frames = [html.Div(className="slider-of", hidden=True, **place) for place in places]
    return [html.Div(frames, className="sliders")] if frames else []


def segmented(choice: Choice) -> html.Div:
    """Return a choice whose values stand side by side."""
    pressed = [attributes(aria_pressed="false" if place else "true") for place in range(len(choice.values))]
    buttons = [
        html.Button(label, type="button", value=value, **attributes(data_option=choice.option), **state)
        for (value, label), state in zip(choice.values, pressed, strict=True)
    ]
    told = html.Span(choice.label, **attributes(aria_hidden="true"))
    return html.Div([told, *buttons], className="segmented", role="group", **attributes(aria_label=choice.label))


def verdict(view: View) -> html.Section:
    """Return the frame of the sentence that answers the page's question."""
    more = html.Details([html.Summary("How sure is this?"), html.P(className="detail")])
    words = html.Div(
        [
            html.P(className="scope"),
            html.P(className="headline"),
            html.P(className="summary"),
            *map(segmented, view.choices),
            more,
        ]
    )
    drawing = html.Div(className="lift", role="img")
    return html.Section(
        [words, drawing, menu(view), html.P(className="says unseen")],
        id=f"card-{view.name}",
        className="verdict skeleton",
        **marks(view),
    )


def kpi_cards(view: View, context: Context) -> html.Section:
    """Return the frames of the metrics, one card each."""
    cards = [_kpi_card(*words) for words in _metrics(context.config.catalog, context.config.display.currency)]
    a_row = math.ceil(len(cards) / math.ceil(len(cards) / _MOST_A_ROW))
    return html.Section(
        [*cards, menu(view), html.P(className="says unseen")],
        id=f"card-{view.name}",
        className="kpis",
        style={"--a-row": a_row},
        **marks(view),
        **attributes(aria_label=view.title),
    )


def _kpi_card(name: str, label: str, text: str) -> html.Article:
    return html.Article(
        [html.H2(_title(label, text)), html.Div(className="kpi-body skeleton")],
        className="card kpi",
        **attributes(data_metric=name),
    )


def _metrics(catalog: Catalog, currency: str) -> list[tuple[str, str, str]]:
    """Return name, label and meaning of each card: the rate, sessions, money, then the other means."""
    first, *means = catalog.metrics
    means.sort(key=lambda metric: metric.unit != currency)
    sessions = ("sessions", "Sessions", "Sessions that match the filter, and the share that each engine served.")
    rate, *rest = [(metric.name, metric.label, metric.description) for metric in (first, *means)]
    return [rate, sessions, *rest]


def _graph(view: View) -> dcc.Graph:
    return dcc.Graph(id=f"figure-{view.name}", config=GRAPH_CONFIG, responsive=True, className="graph")


def _in_words(view: View) -> list[html.Button | html.Ul]:
    """Return what stands in for a figure's marks: what they say, and a way to choose among them by keyboard."""
    choose = f"Choose from {view.title} with the keyboard"
    opener = html.Button(choose, type="button", className="by-keyboard", **attributes(data_open=view.dimensions[0]))
    return [opener, html.Ul(className="told unseen")]


def marks(view: View | Sheet) -> dict[str, Any]:
    """Return what the browser must know of a card to fill it."""
    return {
        "data-view": view.name,
        "data-title": view.label,
        "data-painter": view.painter,
        "data-dimension": view.dimensions[0] if view.dimensions else "",
    }
