"""The frames of the data page."""

from dashboard.components.sheets import ORDER, sheet_cards, sheet_headline
from dashboard.sheets import SHEETS
from dashboard.view import Context
from dashboard.views import views_of


def test_cards_stand_in_their_order(context: Context) -> None:
    cards = sheet_cards(SHEETS, views_of(context, "data"))
    assert [getattr(card, "data-view") for card in cards] == list(ORDER)


def test_the_sentence_stands_in_the_head(context: Context) -> None:
    (frame,) = sheet_headline(SHEETS)
    assert all(name in str(frame) for name in ("card-data-headline", "'headline'", "summary", "says unseen"))


def test_pages_without_sheets_have_neither(context: Context) -> None:
    assert (sheet_headline(()), sheet_cards((), views_of(context, "overview"))) == ([], [])
