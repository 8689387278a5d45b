"""The frames of sheets: the sentence in a page's head, and its cards of facts in their order."""

from collections.abc import Sequence

from dash import html

from dashboard.components.cards import card, marks, menu, segmented
from dashboard.sheets.model import MODEL_SHEETS
from dashboard.sheets.predict import PREDICT_SHEETS
from dashboard.sheets.sheet import Sheet
from dashboard.sheets.simulate import SIMULATE_SHEETS
from dashboard.view import View

_DATA = ("freshness", "accounting", "runs", "quarantine", "quality", "users", "definitions", "configuration")
_EXPERIMENT = (
    *("validity", "effects", "effects-detail", "arms", "other-methods"),
    *("evidence", "novelty", "heterogeneity", "off-policy", "decision-record"),
)
_SHEETS = (*SIMULATE_SHEETS, *MODEL_SHEETS, *PREDICT_SHEETS)
_PLAN = ("plan-asked", "plan-weeks", "plan-chances", "plan-methods", "plan-run", "plan-traffic")
ORDER = (*_DATA, *_EXPERIMENT, *_PLAN, *(sheet.name for sheet in _SHEETS if sheet.painter == "sheet"))
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
    said = [html.P(className="headline"), html.P(className="summary")]
    words = html.Div([*said, *map(segmented, sheet.choices)])
    return html.Section(
        [words, menu(sheet), html.P(className="says unseen")],
        id=f"card-{sheet.name}",
        className="verdict in-words skeleton",
        **marks(sheet),
    )
