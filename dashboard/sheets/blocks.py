"""Blocks: what a sheet is made of, as plain data; assets/paint_sheet.js draws each kind."""

from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]
Cell = str | dict[str, Any]
NOTHING = "–"


def paragraph(text: str, tone: str = "") -> Block:
    """Return a sentence.

    Parameters
    ----------
    text : str
        What it says.
    tone : {"", "good", "warn", "quiet"}
        How it is said; never the only thing that tells it.
    """
    return {"kind": "paragraph", "text": text, "tone": tone}


def listing(rows: Sequence[tuple[str, Cell]]) -> Block:
    """Return names with their values."""
    return {"kind": "listing", "rows": rows}


def rows_of(label: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], **more: Any) -> Block:
    """Return a table.

    Parameters
    ----------
    label : str
        What screen readers call it.
    columns : sequence of str
        Heads; one that begins with ``#`` is of numbers.
    rows : sequence of sequence of (str or dict)
        Cells, as of `cell` where they are more than a text.
    **more
        ``search``: label of the box that filters the rows; ``is_dense``: it has so many columns that they stand closer;
        ``is_stacked``: on a phone each row becomes a block, three cells side by side, what is drawn as wide as it.
    """
    heads = [{"label": text.lstrip("#"), "is_number": text.startswith("#")} for text in columns]
    return {"kind": "table", "label": label, "columns": heads, "rows": rows} | more


def cell(text: str, **more: Any) -> Cell:
    """Return a cell with more than its text.

    Parameters
    ----------
    text : str
        What it says.
    **more
        ``under``: a second line; ``mark``: ``good``, ``bad`` or ``wait``; ``bar``: a part of one, drawn from zero;
        ``interval``: low, value and high as parts of one, ``zero`` where that lies among them, and its ``tone``;
        ``tip``: what its tooltip says; ``href``: a file to download; ``page``: the address of another page; ``pick``:
        as of `pick`, so that a press on its row filters; ``is_code``, ``is_faint``, ``is_strong``;
        ``is_wide``, ``is_wrapped``: a text that may take several lines; ``is_looked``: the browser says when it last
        asked.
    """
    return {"text": text, **more}


def pick(option: str, members: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return what a press on a row filters by.

    Parameters
    ----------
    option : str
        Key of the URL that remembers it, so that the card can leave its own filter out; see `View.own`.
    members : sequence of (str, str)
        Dimensions, and a member of each.
    """
    return {"option": option, "members": members}


def link(href: str, text: str) -> Block:
    """Return a file to download."""
    return {"kind": "link", "href": href, "text": text}


def page_link(path: str, text: str) -> Block:
    """Return a way to another page; the filter goes with the reader."""
    return {"kind": "page", "path": path, "text": text}


def heading(text: str) -> Block:
    """Return a heading within the card."""
    return {"kind": "heading", "text": text}


def total(whole: tuple[str, str], parts: Sequence[tuple[str, str, int]]) -> Block:
    """Return a bar that is the sum of its parts.

    Parameters
    ----------
    whole : (str, str)
        Label, and count in words.
    parts : sequence of (str, str, int)
        Label, count in words, and count.
    """
    named = [{"label": label, "text": text, "n": n} for label, text, n in parts]
    return {"kind": "total", "label": whole[0], "text": whole[1], "parts": named}


def groups(sections: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Block:
    """Return names with their values under headings, side by side where there is room."""
    return {"kind": "groups", "sections": [{"title": title, "rows": rows} for title, rows in sections]}


def stacked(*blocks: Block) -> Block:
    """Return blocks that stay together, one below the other."""
    return {"kind": "stacked", "blocks": blocks}


def beside(*blocks: Block) -> Block:
    """Return blocks side by side, as many as there is room for."""
    return {"kind": "beside", "blocks": blocks}


def copying(text: str, label: str) -> Block:
    """Return a button that copies a text."""
    return {"kind": "copying", "text": text, "label": label}
