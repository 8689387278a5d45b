"""Frames as text say the same as the components that they are made of."""

from html.parser import HTMLParser

from dash import html

from dashboard.components.as_html import as_html
from dashboard.components.attributes import attributes
from dashboard.components.sheets import sheet_cards
from dashboard.sheets import SHEETS


def test_names_and_texts_are_those_of_html() -> None:
    part = html.Div(
        ["a < b", None, html.P(className="says", hidden=True, tabIndex=0)], **attributes(data_tip='say "so" & go')
    )
    assert as_html([part]) == (
        '<div data-tip="say &quot;so&quot; &amp; go">a &lt; b<p class="says" hidden tabindex="0"></p></div>'
    )


def test_what_is_not_set_is_left_out() -> None:
    assert as_html([html.Div(hidden=False, title=None)]) == "<div></div>"


def test_each_card_of_facts_is_one_element() -> None:
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(str(dict(attrs)["id"]) for _ in range(tag == "article"))

    Reader().feed(as_html(sheet_cards(SHEETS, ())))
    assert found == [vars(card)["id"] for card in sheet_cards(SHEETS, ())]
