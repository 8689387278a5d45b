"""PageState: what the URL of a page holds, its filter and its options."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote_plus

OPTION_MARK = "-"
"""Keys with this in them are options: no dimension can have it in its name."""


@dataclass(frozen=True, slots=True)
class PageState:
    """The query string of a page, taken apart.

    Attributes
    ----------
    filter_query : str
        The part that `semantic.filter.Filter` reads, still encoded.
    options : mapping of str to str
        What else the reader chose, such as ``{"heatmap-rows": "location"}``; empty values are left out.
    """

    filter_query: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, search: str) -> "PageState":
        """Return the state that a query string holds, with or without a leading ``?``.

        Examples
        --------
        >>> PageState.of("?device=Mobile&compare-to=previous").options
        {'compare-to': 'previous'}
        """
        parts = [part for part in search.lstrip("?").split("&") if part]
        options = [part for part in parts if is_option(part.partition("=")[0])]
        kept = [part for part in parts if part not in options]
        pairs = (part.partition("=") for part in sorted(options))
        return cls("&".join(kept), {unquote_plus(key): unquote_plus(value) for key, _, value in pairs if value})

    def options_query(self) -> str:
        """Return the options as a query string; equal options have equal strings."""
        return "&".join(f"{quote(key, safe='')}={quote(self.options[key], safe='')}" for key in sorted(self.options))


def is_option(key: str) -> bool:
    """Return whether a key of a URL is an option, not a dimension."""
    return OPTION_MARK in unquote_plus(key)
