"""The page in both themes and all widths, without a complaint and without asking anyone else."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.remote.webelement import WebElement

from tests.e2e.overview import Overview

CONTRAST = """
    const light = c => { const v = c.map(x => x / 255).map(x => x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
        return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
    const rgba = text => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
    const ground = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor);
        if (c.length === 3 || c[3] === 1) return c.slice(0, 3); } return [255, 255, 255]; };
    const ownText = e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    const isFaded = e => e.closest('.unseen, .dot-row.faded, svg, [hidden]');
    return [...document.querySelectorAll('body *')]
        .filter(e => ownText(e) && e.checkVisibility() && !isFaded(e)).map(e => {
            const [a, b] = [light(rgba(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
            return [e.className || e.tagName, e.textContent.slice(0, 20), (a + .05) / (b + .05)]; })
        .filter(([, , ratio]) => ratio < 4.5)"""


def is_drawn(card: WebElement) -> bool:
    """Return whether a card shows its numbers."""
    return not card.find_elements("css selector", ".skeleton")


def scroll_through(overview: Overview) -> None:
    """Bring every card into sight, and wait until it is drawn."""
    for card in overview.run("return [...document.querySelectorAll('.card.chart')].filter(e => e.checkVisibility())"):
        overview.run("arguments[0].scrollIntoView({block: 'center'})", card)
        overview.until(partial(is_drawn, card))
    overview.until(lambda: overview.run("return document.querySelectorAll('.main-svg').length") >= 4)


@pytest.mark.parametrize("width", [360, 768, 1024, 1280, 1920, 2560])
def test_nothing_sticks_out_at_any_width(overview: Overview, width: int) -> None:
    overview.emulate(width)
    overview.open("?device=Mobile&day=2026-08-01..2026-08-20")
    scroll_through(overview)
    wide = """const sticksOut = e => e.getBoundingClientRect().right > innerWidth + 1;
        const mayScroll = 'svg, .popover, .dot-grid, .js-plotly-plot';
        return [...document.querySelectorAll('main *')].filter(e => !e.closest(mayScroll) && sticksOut(e))
            .map(e => e.className || e.tagName)"""
    assert overview.run(wide) == []
    assert overview.run("return document.documentElement.scrollWidth <= innerWidth")


def test_the_console_stays_empty_through_a_visit(overview: Overview, console: Callable[[], list[str]]) -> None:
    scroll_through(overview)
    overview.click("device", "Mobile").click("gender", "Female", shift=True)
    overview.find("#theme").click()
    overview.open("?device=Watch")
    assert console() == []


def test_no_request_leaves_the_host(overview: Overview) -> None:
    overview.asked()
    overview.open()
    scroll_through(overview)
    urls: list[str] = []

    def has_asked_for_the_map() -> bool:
        urls.extend(overview.asked())
        return any("topojson" in url for url in urls)

    overview.until(has_asked_for_the_map)
    assert {urlsplit(url).netloc for url in urls} == {urlsplit(overview.browser.server_url).netloc}


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_hardly_shifts_while_it_loads(overview: Overview, width: int) -> None:
    overview.emulate(width)
    overview.open()
    script = """const done = arguments[0]; let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
            .observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 500)"""
    assert overview.driver.execute_async_script(script) < 0.05


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_texts_can_be_read_on_their_ground(overview: Overview, theme: str) -> None:
    overview.prefer(theme)
    overview.open("?device=Mobile")
    assert overview.run(CONTRAST) == []


def test_the_theme_follows_the_system_and_then_the_reader(overview: Overview) -> None:
    overview.prefer("dark")
    overview.open()
    assert overview.run("return document.documentElement.dataset.theme") == "dark"
    overview.find("#theme").click()
    overview.driver.refresh()
    overview.settled()
    assert overview.run("return document.documentElement.dataset.theme") == "light"


def test_figures_take_the_colours_of_the_theme_without_the_server(overview: Overview) -> None:
    color = "return document.querySelector('#figure-trend .js-plotly-plot')?.data?.at(-1)?.line.color"
    overview.until(lambda: overview.run(color) == "#3b5bdb")
    asked = "return performance.getEntriesByType('resource').filter(e => e.name.includes('page-data')).length"
    before = overview.run(asked)
    overview.find("#theme").click()
    overview.until(lambda: overview.run(color) == "#8da6ff")
    assert overview.run(asked) == before


def test_cards_do_not_jump_when_a_filter_changes(overview: Overview) -> None:
    top = "return document.querySelector('#card-device').getBoundingClientRect().top + scrollY"
    overview.click("gender", "Female")
    before = overview.run(top)
    overview.click("gender", "Male")
    assert overview.run(top) == pytest.approx(before, abs=1)
