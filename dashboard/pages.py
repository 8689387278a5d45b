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
    """

    name: str
    title: str
    path: str
    group: str = ""


PAGES: tuple[Page, ...] = (Page("overview", "Overview", "/"),)
