"""PAGES: the pages that exist; the side navigation is made from this list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes
    ----------
    name, title : str
        One word, and what people read.
    path : str
        Its address.
    group : str
        Heading that it stands under in the navigation; empty: none.
    has_filters : bool
        Whether the filter bar stands on it.
    """

    name: str
    title: str
    path: str
    group: str = ""
    has_filters: bool = True


PAGES: tuple[Page, ...] = (
    Page("overview", "Overview", "/"),
    Page("explore", "Explore", "/explore"),
    Page("experiment", "Experiment", "/experiment", "Decide"),
    Page("plan", "Planner", "/plan", "Decide"),
    Page("simulate", "Simulator", "/simulate", "Decide", has_filters=False),
    Page("model", "Model", "/model", "Model", has_filters=False),
    Page("predict", "Predict", "/predict", "Model", has_filters=False),
    Page("data", "Data", "/data", "Operations", has_filters=False),
)


def page_named(name: str) -> Page:
    """Return the page of a name.

    Examples
    --------
    >>> page_named("data").path
    '/data'
    """
    return next(page for page in PAGES if page.name == name)


def page_at(path: str) -> Page | None:
    """Return the page at an address, or None.

    Examples
    --------
    >>> page_at("/explore").name
    'explore'
    """
    return next((page for page in PAGES if page.path == (path.rstrip("/") or "/")), None)
