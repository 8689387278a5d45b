"""The frame around every page: navigation, top bar, foot, and what stands there when there is no data."""

from dash import html

from dashboard.components.attributes import attributes
from dashboard.pages import PAGES, Page

HOW_TO_READ = "Dots are rates, lines their {level} intervals; pale dots: "
HOW_TO_FILTER = " Click a mark to filter by it, click it again to remove it, shift-click to add another."


def navigation(title: str) -> html.Nav:
    """Return the side navigation with the pages that exist; the browser marks the one that it shows."""
    brand = html.A(
        [html.I(className="mark", **attributes(aria_hidden="true")), html.Span(title)], href="/", className="brand"
    )
    links: list[html.A | html.Small] = []
    for group in dict.fromkeys(page.group for page in PAGES):
        links += [html.Small(group)] if group else []
        links += [_link(page) for page in PAGES if page.group == group]
    return html.Nav([brand, *links], className="side", **attributes(aria_label="Pages"))


def _link(page: Page) -> html.A:
    return html.A(page.title, href=page.path, **attributes(data_page=page.name))


def top_bar() -> html.Header:
    """Return the title with the freshness of the data, and what can be done with the page."""
    origin = html.Span(
        "Simulated data", id="origin", className="badge", hidden=True, tabIndex=0, **attributes(data_tip=_SIMULATED)
    )
    share = html.Button("Share", id="share", type="button", className="button", **attributes(data_tip=_SHARE))
    print_it = html.Button(
        ["Print", html.Span(" or PDF", className="wide")],
        id="print",
        type="button",
        className="button",
        **attributes(data_tip=_PRINT),
    )
    theme = html.Button(
        html.I(**attributes(aria_hidden="true")),
        id="theme",
        type="button",
        className="button icon",
        **attributes(aria_label="Switch between light and dark"),
    )
    freshness = html.Span(id="freshness", className="fresh")
    title = html.H1(PAGES[0].title, id="title")
    name = html.Span(id="view-name", hidden=True, **attributes(aria_live="polite"))
    return html.Header(
        [title, name, origin, freshness, html.Span(className="space"), _views(), share, print_it, theme],
        className="top",
    )


def _views() -> html.Div:
    """Return the button with the saved views."""
    tip = attributes(aria_haspopup="dialog", aria_expanded="false", data_popover="views")
    button = html.Button("Views", id="views", type="button", className="button", **tip)
    box = html.Div(className="popover roomy", hidden=True, role="dialog", **attributes(aria_label="Saved views"))
    return html.Div([button, box], className="holder")


_PRINT = "The page on paper, with its filter and what its numbers mean"
_SHARE = "Copy the link to this view"
_SIMULATED = "A generator made these sessions; no number here says anything about real visitors."


def print_head() -> html.Div:
    """Return what stands on top of a printed page; the browser fills it."""
    return html.Div(id="print-head", className="print-only")


def print_foot() -> html.Div:
    """Return what stands at the end of a printed page; the browser fills it."""
    return html.Div(id="print-foot", className="print-only")


def foot(level: str) -> html.Footer:
    """Return the line on how to read the page; the level of the intervals as it is written there."""
    baseline = html.Span("all sessions", className="baseline-words")
    how_to_filter = html.Span(HOW_TO_FILTER, className="screen-only")
    return html.Footer([HOW_TO_READ.format(level=level), baseline, ".", how_to_filter], className="foot")


def no_data(text: str) -> html.Div:
    """Return what stands in place of a page that cannot be shown."""
    return html.Div(
        [html.H1("There is nothing to show yet"), html.P(text), html.A("Try again", href="/", className="button")],
        className="no-data",
        role="alert",
    )
