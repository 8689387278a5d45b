"""The frames of the data page: its sentence, and its cards of facts in their order."""

from collections.abc import Sequence

from dash import html

from dashboard.components.cards import card, marks, menu
from dashboard.sheets.sheet import Sheet
from dashboard.view import View

ORDER = ("freshness", "accounting", "runs", "quarantine", "quality", "users", "definitions", "configuration")
"""Names of the cards, top down, in rows of twelve columns."""


def sheet_headline(sheets: Sequence[Sheet]) -> list[html.Section]:
    """Return the frame of the sentence in the page's head, where the page has one."""
    return [_headline(sheet) for sheet in sheets if sheet.painter == "sheet-headline"]


def sheet_cards(sheets: Sequence[Sheet], views: Sequence[View]) -> list[html.Article]:
    """Return the frames of the sheets, and of the views that are drawn as sheets are, in their order."""
    everything: list[View | Sheet] = [*sheets, *views]
    cards = [one for one in everything if one.painter == "sheet"]
    return [card(one) for one in sorted(cards, key=lambda one: ORDER.index(one.name))]


def _headline(sheet: Sheet) -> html.Section:
    words = html.Div([html.P(className="headline"), html.P(className="summary")])
    return html.Section(
        [words, menu(sheet), html.P(className="says unseen")],
        id=f"card-{sheet.name}",
        className="verdict in-words skeleton",
        **marks(sheet),
    )
