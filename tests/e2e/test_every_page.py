"""What holds on every page: no request to anyone else, no complaint, nothing wider than the window."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from dashboard.pages import PAGES, Page
from tests.e2e.overview import Overview

FILTER = "?device=Mobile&day=2026-08-01..2026-08-20"

on_every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@on_every_page
def test_no_request_leaves_the_host(overview: Overview, page: Page) -> None:
    overview.asked()
    overview.open(FILTER, page.path).seen()
    urls = overview.asked()
    assert any("/page-data" in url for url in urls)
    assert {urlsplit(url).netloc for url in urls} == {urlsplit(overview.browser.server_url).netloc}


@on_every_page
def test_the_console_stays_empty(overview: Overview, page: Page, console: Callable[[], list[str]]) -> None:
    overview.open("", page.path).seen()
    overview.find("#theme").click()
    overview.open(FILTER, page.path).seen()
    assert console() == []


@on_every_page
@pytest.mark.parametrize("width", [360, 320])
@pytest.mark.parametrize("search", ["", FILTER], ids=["all", "filtered"])
def test_no_page_is_wider_than_a_phone(overview: Overview, page: Page, width: int, search: str) -> None:
    overview.emulate(width)
    overview.open(search, page.path).seen()
    assert overview.run("return document.scrollingElement.scrollWidth") <= width
    assert overview.run("return innerWidth") == width
