"""The frame around every page: navigation, top bar, foot, and what stands there when there is no data."""

from dash import html

from dashboard.pages import PAGES, Page

HOW_TO_READ = (
    "Dots are rates, lines their {level} intervals; pale dots are the unfiltered total. "
    "Click a mark to filter by it, click it again to remove it, shift-click to add another."
)


def navigation(title: str, current: Page) -> html.Nav:
    """Return the side navigation with the pages that exist."""
    brand = html.A([html.I(className="mark", **{"aria-hidden": "true"}), html.Span(title)], href="/", className="brand")
    links = []
    for group in dict.fromkeys(page.group for page in PAGES):
        links += [html.Small(group)] if group else []
        links += [_link(page, current) for page in PAGES if page.group == group]
    return html.Nav([brand, *links], className="side", **{"aria-label": "Pages"})


def _link(page: Page, current: Page) -> html.A:
    state = {"aria-current": "page"} if page == current else {}
    return html.A(page.title, href=page.path, className="on" if state else "", **state)


def top_bar(page: Page) -> html.Header:
    """Return the title with the freshness of the data, and what can be done with the page."""
    return html.Header(
        [
            html.H1(page.title),
            html.Span("Simulated data", id="origin", className="badge", hidden=True, **{"data-tip": _SIMULATED}, tabIndex=0),
            html.Span(id="freshness", className="fresh"),
            html.Span(className="space"),
            html.Button("Share", id="share", type="button", className="button", **{"data-tip": "Copy the link to this view"}),
            html.Button(
                html.I(**{"aria-hidden": "true"}), id="theme", type="button", className="button icon",
                **{"aria-label": "Switch between light and dark"},
            ),
        ],
        className="top",
    )  # fmt: skip


_SIMULATED = "A generator made these sessions, so that the pages can be tried. No number here says anything about real visitors."


def foot(confidence: float) -> html.Footer:
    """Return the line on how to read the page."""
    return html.Footer(HOW_TO_READ.format(level=f"{confidence * 100:g} %"), className="foot")


def no_data(text: str) -> html.Div:
    """Return what stands in place of a page that cannot be shown."""
    return html.Div(
        [html.H1("There is nothing to show yet"), html.P(text), html.A("Try again", href="/", className="button")],
        className="no-data",
        role="alert",
    )
