"""The frames of the data page."""

from dashboard.components.sheets import ORDER, sheet_cards, sheet_headline
from dashboard.sheets import SHEETS, sheets_of
from dashboard.view import Context
from dashboard.views import all_views, views_of


def test_cards_stand_in_their_order(context: Context) -> None:
    names = [getattr(card, "data-view") for card in sheet_cards(SHEETS, all_views(context))]
    assert names == [name for name in ORDER if name in names]
    assert {"quality", "effects"} < set(names)
    model = [getattr(card, "data-view") for card in sheet_cards(sheets_of("model"), views_of(context, "model"))]
    assert model == [sheet.name for sheet in sheets_of("model") if sheet.painter == "sheet"]


def test_the_sentence_stands_in_the_head(context: Context) -> None:
    (frame,) = sheet_headline(sheets_of("data"))
    assert all(name in str(frame) for name in ("card-data-headline", "'headline'", "summary", "says unseen"))


def test_the_choice_of_a_page_stands_below_its_sentence() -> None:
    (frame,) = sheet_headline(sheets_of("model"))
    group = frame.children[0].children[-1]
    buttons = [button.to_plotly_json()["props"] for button in group.children[1:]]
    assert (group.className, group.role) == ("segmented", "group")
    assert [(one["value"], one["data-option"], one["aria-pressed"]) for one in buttons] == [
        ("arrival", "model-task", "true"), ("retrospective", "model-task", "false")
    ]  # fmt: skip


def test_pages_without_sheets_have_neither(context: Context) -> None:
    assert (sheet_headline(()), sheet_cards((), views_of(context, "overview"))) == ([], [])
