"""A page is printed as a sheet: light, whole, with where it is from and what its numbers mean."""

import base64
import re
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from dashboard.pages import PAGES, Page
from tests.e2e.overview import Overview

PRINTING = "document.body.classList.contains('is-printing')"


def ready_to_print(overview: Overview) -> Overview:
    """Press the button, and wait until the browser's own dialog would open; it is kept away."""
    overview.run("window.print = () => { window.isPrinted = true }")
    overview.find("#print").click()
    overview.until(lambda: overview.run("return window.isPrinted"))
    return overview


def pdf_of(overview: Overview) -> bytes:
    """Return the page as PDF."""
    options = {"preferCSSPageSize": True, "printBackground": False}
    return base64.b64decode(overview.driver.execute_cdp_cmd("Page.printToPDF", options)["data"])


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of each sheet in points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(float(width), float(height)) for width, height in boxes]


def drawing_of(pdf: bytes) -> bytes:
    """Return the unpacked instructions that draw the sheets."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x")


def test_the_sheet_says_where_it_is_from_and_what_its_numbers_mean(overview: Overview) -> None:
    overview.open("?gender=Female")
    ready_to_print(overview)
    assert overview.text("#print-head h1") == "Recommender Conversion: Overview"
    assert overview.text("#print-head").splitlines()[1:] == [
        "Filter: Gender Female",
        "Data version 1 · loaded 21 Sep 2026 14:13 UTC · 6,000 sessions · simulated data",
    ]
    told = overview.text("#print-foot")
    assert all(word in told for word in ("What the numbers mean", "Conversion rate", "Revenue per session", "Device"))


def test_nothing_that_is_still_to_be_loaded_is_on_it(overview: Overview) -> None:
    overview.driver.get(overview.browser.server_url + "/explore")
    overview.until(lambda: overview.run("return document.body.matches('.is-ready:not(.is-waiting)')"))
    ready_to_print(overview)
    left = "return [...document.querySelectorAll('.skeleton')].filter(e => e.checkVisibility()).length"
    assert overview.run(left) == 0


def test_what_can_be_pressed_is_not_on_it(overview: Overview) -> None:
    ready_to_print(overview)
    left = """return [...document.querySelectorAll('nav, button, input, .popover, .skip')].filter(
        e => e.checkVisibility() && !e.matches('.dot-row')).map(e => e.outerHTML.slice(0, 90))"""
    assert overview.run(left) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_white_whatever_the_theme_and_comes_back_as_it_was(overview: Overview, theme: str) -> None:
    overview.prefer(theme)
    overview.open()
    ready_to_print(overview)
    ground = "return getComputedStyle(document.body).backgroundColor"
    line = "return document.querySelector('#figure-trend .js-plotly-plot').data.at(-1).line.color"
    assert (overview.run(ground), overview.run(line)) == ("rgb(255, 255, 255)", "#3b5bdb")
    pdf_of(overview)
    assert overview.run(f"return [{PRINTING}, document.documentElement.dataset.theme]") == [False, theme]


def test_every_card_is_drawn_at_the_width_of_the_sheet(overview: Overview) -> None:
    ready_to_print(overview)
    wide = """return [...document.querySelectorAll('#body .card, .verdict')].filter(e => e.checkVisibility()
        && (e.querySelector('.skeleton') || e.getBoundingClientRect().right > 721)).map(e => e.id)"""
    assert overview.run(wide) == []
    figures: Any = overview.run("""return [...document.querySelectorAll('.js-plotly-plot')].map(
        e => [e._fullLayout.width, e.parentElement.clientWidth])""")
    assert len(figures) == 2
    assert all(abs(drawn - room) < 2 for drawn, room in figures)


def test_the_pdf_has_a_few_full_sheets_of_a4(overview: Overview) -> None:
    overview.open("?gender=Female")
    pdf = pdf_of(ready_to_print(overview))
    assert pdf.startswith(b"%PDF-")
    assert 2 <= len(sizes(pdf)) <= 4
    assert all(abs(width - 595) < 2 and abs(height - 842) < 2 for width, height in sizes(pdf))
    assert drawing_of(pdf).count(b" Tj") + drawing_of(pdf).count(b" TJ") > 60


def test_who_prints_by_the_browsers_menu_gets_the_sheet_too(overview: Overview) -> None:
    overview.run("""addEventListener('beforeprint', () => { window.seen = [document.body.className,
        document.getElementById('print-head').textContent] })""")
    pdf_of(overview)
    assert "is-printing" in overview.run("return window.seen[0]")
    assert "Filter: all sessions" in overview.run("return window.seen[1]")
    assert not overview.run(f"return {PRINTING}")


def test_a_phone_that_never_says_that_it_has_printed_is_restored_by_a_touch(overview: Overview) -> None:
    ready_to_print(overview)
    overview.run("document.body.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))")
    assert not overview.run(f"return {PRINTING}")
    overview.click("device", "Mobile")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_can_be_printed(overview: Overview, page: Page, console: Callable[[], list[str]]) -> None:
    overview.driver.get(overview.browser.server_url + page.path)
    ready_to_print(overview.settled())
    assert overview.text("#print-head h1").endswith(page.title)
    assert console() == []


def test_a_card_larger_than_what_is_left_of_a_sheet_begins_on_it(overview: Overview) -> None:
    overview.driver.get(overview.browser.server_url + "/explore")
    ready_to_print(overview.settled())
    inside = "return getComputedStyle(document.querySelector(arguments[0])).breakInside"
    assert overview.run(inside, "#card-segments") == "auto"
    assert overview.run(inside, "#card-segments .segments > *") == "avoid"
