"""Every page can be used by everyone: axe-core finds nothing, the keyboard reaches all, targets are large enough."""

from importlib.resources import files
from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from dashboard.pages import PAGES, Page
from tests.e2e.overview import Overview

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FILTER = "?device=Mobile&day=2026-08-01..2026-08-20"
WITH_NOTICE = "?device=Watch,Mobile&time_spent_s=1..200"
NOTHING_MATCHES = "?day=2030-01-01..2030-02-01"
MOST_STEPS = 500

on_every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
with_filters = pytest.mark.parametrize("page", [p for p in PAGES if p.has_filters], ids=lambda page: page.name)
both_themes = pytest.mark.parametrize("theme", ["light", "dark"])
both_widths = pytest.mark.parametrize("width", [1280, 360])
INTERACTIVE = """const inGroup = e => e.closest('[role=grid], [role=treegrid]');
    const interactive = (within = document) => [...within.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
        .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}) && !inGroup(e)
            && e.role !== 'presentation');
    const told = e => e.outerHTML.slice(0, 120);"""
FOCUS = """const e = document.activeElement, seen = [];
    if (!e || e === document.body) return null;
    for (let node = e, up = 0; node && up < 3; node = node.parentElement, up++) {
        const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(node);
        seen.push(outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && !/, 0\\)$/.test(outlineColor)); }
    const {left, right, top, bottom} = e.getBoundingClientRect();
    const inSight = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
    const isFirst = !e.isVisited; e.isVisited = true;
    return {told: e.outerHTML.slice(0, 120), hasRing: seen.some(Boolean) && inSight, isFirst}"""
SMALL = """const reach = 11.5, label = e => e.closest('label') || e;
    const isHit = (e, x, y) => { const hit = document.elementFromPoint(x, y); return hit && label(e).contains(hit); };
    const size = e => label(e).getBoundingClientRect(), isLarge = e => Math.min(size(e).width, size(e).height) >= 24;
    const isReached = e => { e.scrollIntoView({block: 'center', inline: 'center'});
        const box = e.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
        return [[-1, 0], [1, 0], [0, -1], [0, 1]].every(([dx, dy]) => isHit(e, x + dx * reach, y + dy * reach)); };
    const isInSight = e => e.getBoundingClientRect().right > 0;
    const within = document.querySelector(arguments[0]);
    return interactive(within).filter(e => isInSight(e) && !isLarge(e) && !isReached(e)).map(told)"""


def violations(overview: Overview) -> list[Any]:
    """Return what axe-core finds on the open page: rule, element, and what is wrong; its text is put in from here."""
    overview.run(AXE)
    script = """const [rules, done] = arguments;
        axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']}).then(
            ({violations}) => done(violations.flatMap(({id, nodes}) =>
                nodes.map(({target, failureSummary}) => [id, target.join(' '), failureSummary]))),
            error => done([["error", "", String(error)]]))"""
    return list(overview.driver.execute_async_script(script, RULES))


@on_every_page
@both_themes
@both_widths
@pytest.mark.parametrize("search", ["", FILTER], ids=["all", "filtered"])
def test_axe_finds_nothing(overview: Overview, page: Page, theme: str, width: int, search: str) -> None:
    overview.prefer(theme)
    overview.emulate(width)
    overview.open(search, page.path).seen()
    assert violations(overview) == []


@on_every_page
@both_themes
@pytest.mark.parametrize("search", [WITH_NOTICE, NOTHING_MATCHES], ids=["notice", "empty"])
def test_axe_finds_nothing_in_notices_and_empty_pages(overview: Overview, page: Page, theme: str, search: str) -> None:
    overview.prefer(theme)
    overview.open(search, page.path)
    assert violations(overview) == []


def test_axe_finds_faults_that_are_planted(overview: Overview) -> None:
    overview.run(
        "document.querySelector('.foot').style.color = '#ccc'; document.querySelector('#share').textContent = ''"
    )
    assert {rule for rule, *_ in violations(overview)} == {"color-contrast", "button-name"}


@with_filters
@both_themes
@both_widths
@pytest.mark.parametrize("dimension", ["device", "day"])
def test_axe_finds_nothing_in_an_open_popover(
    overview: Overview, page: Page, theme: str, width: int, dimension: str
) -> None:
    overview.prefer(theme)
    overview.emulate(width)
    overview.open(FILTER, page.path)
    open_popover(overview, dimension)
    assert violations(overview) == []


def open_popover(overview: Overview, dimension: str) -> None:
    """Open the popover of a dimension."""
    overview.find(f".control[data-dimension={dimension}] .pill").click()
    overview.find(f".control[data-dimension={dimension}] .popover")


def walk(overview: Overview) -> list[dict[str, Any]]:
    """Return what has the focus after each press of Tab, until one element has it for the second time."""
    steps: list[dict[str, Any]] = []
    overview.run("scrollTo(0, 0); document.activeElement.blur()")
    while len(steps) < MOST_STEPS:
        ActionChains(overview.driver).send_keys(Keys.TAB).perform()
        step = overview.run(FOCUS)
        if step is None or not step["isFirst"]:
            break
        steps.append(step)
    return steps


@on_every_page
@both_widths
def test_tab_reaches_everything_and_shows_where_it_is(overview: Overview, page: Page, width: int) -> None:
    overview.emulate(width)
    overview.open(FILTER, page.path).seen()
    steps = walk(overview)
    assert [step["told"] for step in steps if not step["hasRing"]] == []
    assert overview.run(INTERACTIVE + "return interactive().filter(e => !e.isVisited).map(told)") == []


@on_every_page
def test_targets_are_24_pixels_wide_and_high_on_a_phone(overview: Overview, page: Page) -> None:
    overview.emulate(360)
    overview.open(FILTER, page.path).seen()
    assert overview.run(INTERACTIVE + SMALL, "body") == []


@with_filters
@pytest.mark.parametrize("dimension", ["device", "day"])
def test_targets_in_popovers_are_large_enough_on_a_phone(overview: Overview, page: Page, dimension: str) -> None:
    overview.emulate(360)
    overview.open(FILTER, page.path)
    open_popover(overview, dimension)
    assert overview.run(INTERACTIVE + SMALL, ".popover:not([hidden])") == []
