"""as_html: frames as HTML text, which the browser makes elements of when their page is first shown."""

from collections.abc import Iterable
from html import escape

from dash.development.base_component import Component

_NAMES = {"className": "class", "tabIndex": "tabindex", "children": ""}


def as_html(parts: Iterable[Component]) -> str:
    """Return plain HTML components as text: each costs the browser less than one that Dash looks after.

    Parameters
    ----------
    parts : iterable of Component
        Of ``dash.html``, without callbacks.
    """
    return "".join(map(_element, parts))


def _element(part: object) -> str:
    if part is None:
        return ""
    if not isinstance(part, Component):
        return escape(str(part), quote=False)
    given = part.to_plotly_json()
    tag, inner = given["type"].lower(), given["props"].get("children")
    children = inner if isinstance(inner, list | tuple) else [inner]
    return f"<{tag}{_attributes(given['props'])}>{''.join(map(_element, children))}</{tag}>"


def _attributes(props: dict[str, object]) -> str:
    named = ((_NAMES.get(name, name), value) for name, value in props.items())
    return "".join(
        _attribute(name, value)
        for name, value in sorted(named, key=_first)
        if name and value is not None and value is not False
    )


def _first(named: tuple[str, object]) -> str:
    """Return what attributes are ordered by: components hold theirs in any order."""
    return named[0]


def _attribute(name: str, value: object) -> str:
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
