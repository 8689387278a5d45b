"""The frame of a decision: a verdict with why, what would change it, and what decides."""

from dash import html

from dashboard.components.attributes import attributes
from dashboard.components.cards import marks, menu, segmented
from dashboard.pages import page_named
from dashboard.view import View

_PARTS = (("reasons", "Why"), ("changes", "What would change it"))


def memo(view: View) -> html.Section:
    """Return the frame of a decision, in the head of its page."""
    said = [
        html.P(className="scope"),
        html.P(className="word"),
        html.P(className="headline"),
        html.P(className="summary"),
        *map(segmented, view.choices),
    ]
    drawing = html.Div(className="lift", role="img")
    parts = [_part(name, title) for name, title in _PARTS]
    planner = page_named("plan")
    parts[-1].children.append(html.P(html.A("How many users and days it takes", href=planner.path, className="link")))
    more = html.Details([html.Summary("Which method decides"), html.P(className="detail")])
    return html.Section(
        [
            html.Div(said),
            drawing,
            html.Div(parts, className="because"),
            more,
            menu(view),
            html.P(className="says unseen"),
        ],
        id=f"card-{view.name}",
        className="verdict memo skeleton",
        **marks(view),
    )


def _part(name: str, title: str) -> html.Div:
    return html.Div([html.H2(title), html.Ul()], **attributes(data_part=name))
