"""Every card of every page, whoever painted it, has a menu, a table twin and an image."""

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.pages import PAGES, Page
from tests.e2e.overview import Overview
from tests.e2e.test_accessibility import violations
from tests.e2e.test_card_image import COLORS
from tests.e2e.test_card_menu import choose, open_menu
from tests.e2e.test_table_twin import caption, rows

CARDS = """return [...document.querySelectorAll('[data-view]')].filter(card => !card.closest('[hidden]'))
    .map(card => card.dataset.view)"""

OF_RUNS = ("accounting", "runs", "quarantine")
"""Cards that have nothing to tell of the sample, which no run has loaded."""

on_every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def cards(overview: Overview, page: Page) -> list[str]:
    """Open a page, bring all into sight, and return the names of its cards."""
    overview.open("?gender=Female", page.path).seen()
    return list(overview.run(CARDS))


@on_every_page
def test_every_card_has_a_table_twin(overview: Overview, page: Page, console: Callable[[], list[str]]) -> None:
    for view in cards(overview, page):
        choose(overview, view, "Show as table").find(f"#card-{view} .twin caption")
        assert rows(overview, view) or view in OF_RUNS, view
        filtered = "Gender Female" if page.has_filters and view != "gender" else "all sessions"
        assert caption(overview, view).endswith(filtered)
    assert console() == []


@on_every_page
def test_every_card_becomes_an_image(overview: Overview, page: Page, console: Callable[[], list[str]]) -> None:
    for view in cards(overview, page):
        found: Any = overview.driver.execute_async_script(COLORS, view, 0, 1)
        assert not isinstance(found, str), (view, found)
        assert found[0] > 60, view
        assert found[1] < 0.97, view
    assert console() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@on_every_page
def test_axe_finds_nothing_in_menus_and_tables(overview: Overview, page: Page, width: int, theme: str) -> None:
    overview.prefer(theme)
    overview.emulate(width)
    views = cards(overview, page)
    open_menu(overview, views[-1])
    assert violations(overview) == []
    for view in views:
        choose(overview, view, "Show as table").find(f"#card-{view} .twin caption")
    open_menu(overview, views[-1])
    assert violations(overview) == []


@on_every_page
def test_tables_make_no_page_wider_than_a_phone(overview: Overview, page: Page) -> None:
    overview.emulate(360)
    for view in cards(overview, page):
        choose(overview, view, "Show as table").find(f"#card-{view} .twin caption")
    assert overview.run("return document.scrollingElement.scrollWidth") <= 360
