"""The frame of the sessions themselves: how many match, a box to find one, and the place of the grid."""

from dash import html

from dashboard.components.attributes import attributes
from dashboard.components.cards import info
from dashboard.grid_script import grid_script

_MEANING = "The sessions behind every number on this page, under the same filter. Click a column's name to sort by it."
_FIND = "Session or user id"


def sessions_card(timezone: str) -> html.Article:
    """Return the frame; assets/sessions.js puts the grid into it once it comes into sight.

    Parameters
    ----------
    timezone : str
        In which times are shown; that of the days.
    """
    title = html.H2([html.Span([html.Span("Sessions"), info(_MEANING)], className="title"), _count()])
    find = html.Label(
        [
            html.Span("Find", className="choice-label"),
            html.Span(id="sessions-find"),
        ],
        className="choice-of",
    )
    downloads = [
        html.A("CSV of these sessions", id="sessions-csv", className="link", href="/api/v1/sessions.csv", download=""),
        html.A("ZIP with definitions", id="sessions-zip", className="link", href="/api/v1/sessions.zip", download=""),
    ]
    return html.Article(
        [
            html.Header([title, find, *downloads], className="heading"),
            html.Div(
                [html.Div(id="sessions-place", className="grid-place"), _state()], className="grid-frame skeleton"
            ),
        ],
        id="card-sessions",
        className="card sessions",
        **attributes(data_script=grid_script(), data_find=_FIND, data_timezone=timezone),
    )


def _count() -> html.Span:
    return html.Span(id="sessions-count", className="note")


def _state() -> html.Div:
    """Return the place of the sentence that stands in for rows where there are none."""
    return html.Div(id="sessions-state", className="grid-state", hidden=True, **attributes(aria_live="polite"))
