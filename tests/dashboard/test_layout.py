"""The layout is made once a visit and holds every card that the data can fill."""

import re
from html import unescape
from typing import Any

from dash.development.base_component import Component

from dashboard.layout import page_layout
from dashboard.sheets import SHEETS
from dashboard.view import Context
from dashboard.views import all_views, views_of
from semantic.errors import StoreError

FRAME = re.compile('<article[^>]* data-title="([^"]*)"[^>]* data-view="([^"]*)"')


def ids(component: Any) -> set[str]:
    """Return the ids of a component and all inside it."""
    return {
        part.id for part in [component, *component._traverse()] if isinstance(part, Component) and hasattr(part, "id")
    }


def test_every_view_has_its_card_and_every_figure_its_graph(context: Context) -> None:
    found = ids(page_layout(lambda: context, "Title"))
    views = views_of(context, "overview")
    assert {f"card-{view.name}" for view in views} <= found
    assert {f"figure-{view.name}" for view in views if view.painter == "figure"} <= found


def test_every_card_of_every_page_says_its_title_and_has_one_menu(context: Context) -> None:
    layout = page_layout(lambda: context, "Title")
    props = [part.to_plotly_json()["props"] for part in layout._traverse() if isinstance(part, Component)]
    folded = "".join(one["data-frames"] for one in props if "data-frames" in one)
    titles = {one["data-view"]: one.get("data-title") for one in props if "data-view" in one}
    titles |= {name: unescape(title) for title, name in FRAME.findall(folded)}
    views = {view.name: view.label for view in all_views(context)}
    assert titles == views | {sheet.name: sheet.label for sheet in SHEETS}
    menus = sum(one.get("className") == "card-menu" for one in props) + folded.count('class="card-menu"')
    assert menus == len(titles)


def test_without_data_the_page_says_what_to_do() -> None:
    def fail() -> Context:
        raise StoreError("no data is loaded yet; run: python -m etl load")

    layout = page_layout(fail, "Title")
    assert "python -m etl load" in str(layout)


def test_what_people_have_added_comes_with_the_page(context: Context) -> None:
    layout = page_layout(lambda: context, "Title", lambda: {"stamp": "x-1"})
    (store,) = (part for part in layout._traverse() if getattr(part, "id", "") == "notes")
    assert store.data == {"stamp": "x-1"}
