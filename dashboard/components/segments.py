"""The frames of the segments: the sentence in the page's head, and the card with its two lists."""

from dash import html

from dashboard.components.attributes import attributes
from dashboard.components.cards import heading, marks, menu
from dashboard.view import View

_LISTS = (("best", "Best"), ("worst", "Worst"))


def headline(view: View) -> html.Section:
    """Return the frame of the sentence that says who converts best and worst."""
    more = html.Details([html.Summary("How sure is this?"), html.P(className="detail")])
    words = html.Div([html.P(className="scope"), html.P(className="headline"), html.P(className="summary"), more])
    return html.Section(
        [words, menu(view), html.P(className="says unseen")],
        id=f"card-{view.name}",
        className="verdict in-words skeleton",
        **marks(view),
    )


def segments_card(view: View) -> html.Article:
    """Return the frame of the ranked segments."""
    lists = [
        html.Div(
            [
                html.H3(title),
                html.Ol(className="segments", **attributes(data_list=name, aria_label=f"{title} segments")),
            ]
        )
        for name, title in _LISTS
    ]
    return html.Article(
        [
            heading(view),
            html.P(className="lead"),
            html.P(className="counted"),
            html.Div(lists, className="paint skeleton ranks", role="group", **attributes(aria_label=view.title)),
            html.Div(className="card-foot"),
        ],
        id=f"card-{view.name}",
        className="card chart ranked-segments",
        **marks(view),
    )
