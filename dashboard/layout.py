"""Layout: the fixed frame of a page with its empty cards; made anew for each visit, never by a callback."""

from typing import Any

from dash import dcc, html

from dashboard.components.attributes import attributes
from dashboard.components.cards import card, kpi_cards, verdict
from dashboard.components.filters import filter_bar
from dashboard.components.frame import foot, navigation, no_data, top_bar
from dashboard.pages import PAGES, Page
from dashboard.settings import frame_of, settings
from dashboard.view import Context, View
from dashboard.views import views_of
from semantic.errors import ProductError


def page_layout(make_context: Any, title: str) -> html.Div:
    """Return the page; a sentence with the remedy where no data can be read.

    Parameters
    ----------
    make_context : callable
        Returns the `Context`, or raises ProductError.
    title : str
        Name of the product.
    """
    page = PAGES[0]
    try:
        inner = _inner(make_context(), page)
    except ProductError as error:
        inner = [no_data(str(error))]
    return html.Div(
        [
            dcc.Location(id="url", refresh=False),
            dcc.Store(id="page-data"),
            dcc.Store(id="again", data=0),
            html.A("Skip to the page", href="#main", className="skip"),
            navigation(title, page),
            html.Main(inner, id="main"),
        ],
        className="app",
    )


def _inner(context: Context, page: Page) -> list[Any]:
    views = views_of(context, page.name)
    made = settings(context, views)
    return [
        dcc.Store(id="settings", data=made | {"frame": frame_of(made)}),
        top_bar(page),
        html.Div(id="progress", **attributes(aria_hidden="true")),
        html.Div(id="notices", **attributes(aria_live="polite")),
        *[verdict(view) for view in views if view.painter == "verdict"],
        filter_bar(context),
        html.Div(id="empty", hidden=True),
        html.Div(_body(context, views), id="body"),
        foot(context.config.display.confidence),
    ]


def _body(context: Context, views: tuple[View, ...]) -> list[Any]:
    return [
        *[kpi_cards(view, context) for view in views if view.painter == "kpi"],
        html.Section([card(view) for view in views if view.painter == "figure"], className="grid figures"),
        html.Section([card(view) for view in views if view.painter == "dots"], className="grid breakdowns"),
    ]
