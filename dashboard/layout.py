"""Layout: the fixed frames of all pages with their empty cards; made anew for each visit, never by a callback."""

from typing import Any

from dash import dcc, html

from dashboard.components.as_html import as_html
from dashboard.components.attributes import attributes
from dashboard.components.cards import card, kpi_cards, verdict
from dashboard.components.filters import filter_bar
from dashboard.components.frame import foot, navigation, no_data, print_foot, print_head, top_bar
from dashboard.components.memo import memo
from dashboard.components.segments import headline, segments_card
from dashboard.components.sessions import sessions_card
from dashboard.components.sheets import sheet_cards, sheet_headline
from dashboard.notes_data import notes_data
from dashboard.pages import PAGES, Page
from dashboard.settings import frame_of, settings
from dashboard.sheets import sheets_of
from dashboard.view import Context, View
from dashboard.views import all_views
from semantic.errors import ProductError

NO_CARDS = ("verdict", "verdict-memo", "headline", "kpi", "segments", "sheet")
"""Painters of what has a frame of its own."""

SMALL = 3
"""Cards of this width stand together, behind the others."""


def page_layout(make_context: Any, title: str, make_notes: Any = None) -> html.Div:
    """Return all pages, of which the browser shows the one at its address; a sentence where no data can be read.

    Parameters
    ----------
    make_context : callable
        Returns the `Context`, or raises ProductError.
    title : str
        Name of the product.
    make_notes : callable, optional
        Returns what people have added, as `notes_data` does; default: nothing is kept.
    """
    try:
        inner = _inner(make_context())
    except ProductError as error:
        inner = [no_data(str(error))]
    return html.Div(
        [
            dcc.Store(id="notes", data=make_notes() if make_notes else notes_data(None)),
            html.A("Skip to the page", href="#main", className="skip"),
            navigation(title),
            html.Main(inner, id="main", tabIndex=-1),
        ],
        className="app",
    )


def _inner(context: Context) -> list[Any]:
    views = all_views(context)
    made = settings(context, views)
    return [
        dcc.Store(id="settings", data=made | {"frame": frame_of(made)}),
        top_bar(),
        print_head(),
        html.Div(id="progress", **attributes(aria_hidden="true")),
        html.Div(id="live", className="unseen", role="status"),
        html.Div(id="notices", **attributes(aria_live="polite")),
        *[_part(page, "head", _head(page, views)) for page in PAGES],
        filter_bar(context),
        html.Div(id="empty", hidden=True),
        html.Div([_part(page, "body", _body(page, context, views)) for page in PAGES], id="body"),
        foot(context.number_format.level(context.config.display.confidence)),
        print_foot(),
    ]


def _part(page: Page, name: str, inner: list[Any]) -> html.Div:
    """Return a part of a page, which the browser shows while it is at the page."""
    return html.Div(inner, className=f"page-{name}", hidden=True, **attributes(data_page=page.name))


def _head(page: Page, views: tuple[View, ...]) -> list[Any]:
    frames = {"verdict": verdict, "verdict-memo": memo, "headline": headline}
    mine = [frames[view.painter](view) for view in views if view.painter in frames and view.page == page.name]
    return [*mine, *sheet_headline(sheets_of(page.name))]


def _body(page: Page, context: Context, views: tuple[View, ...]) -> list[Any]:
    mine = [view for view in views if view.page == page.name]
    cards = [view for view in mine if view.painter not in NO_CARDS]
    return [
        *[kpi_cards(view, context) for view in mine if view.painter == "kpi"],
        html.Section([card(view) for view in cards if view.width > SMALL], className="grid cards"),
        html.Section([card(view) for view in cards if view.width == SMALL], className="grid breakdowns"),
        html.Section([segments_card(view) for view in mine if view.painter == "segments"], className="grid ranked"),
        *([sessions_card(context.config.display.timezone)] if page.name == "explore" else []),
        html.Section(
            className="grid sheets", **attributes(data_frames=as_html(sheet_cards(sheets_of(page.name), mine)))
        ),
    ]
