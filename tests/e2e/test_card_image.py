"""Any card becomes a PNG in the browser, in either theme, without asking another host."""

import base64
import struct
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.e2e.overview import Overview
from tests.e2e.test_card_menu import choose
from tests.e2e.test_table_twin import as_table

VIEWS = ["verdict", "kpi", "trend", "location", "device"]
PNG = """const [view, done] = arguments, reader = new FileReader();
    reader.onload = () => done(reader.result.split(',')[1]);
    product.image.pngOf(document.getElementById(`card-${view}`)).then(
        blob => reader.readAsDataURL(blob), error => done(String(error)))"""
COLORS = """const [view, from, to, done] = arguments;
    product.image.pngOf(document.getElementById(`card-${view}`)).then(createImageBitmap).then(bitmap => {
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), brush = canvas.getContext('2d');
        brush.drawImage(bitmap, 0, 0);
        const top = Math.round(bitmap.height * from), rows = Math.round(bitmap.height * (to - from));
        const pixels = new Uint32Array(brush.getImageData(0, top, bitmap.width, rows).data.buffer), counts = {};
        for (const pixel of pixels) counts[pixel] = (counts[pixel] || 0) + 1;
        const ground = Math.max(...Object.values(counts)) / pixels.length;
        done([Object.keys(counts).length, ground]); }, error => done(String(error)))"""


def drawn(overview: Overview, view: str) -> Overview:
    """Bring a card into sight and wait until it is drawn."""
    overview.run(f"document.getElementById('card-{view}').scrollIntoView({{block: 'center'}})")
    overview.until(lambda: not overview.exists(f"#card-{view} .skeleton"))
    if view in ("trend", "location") and not overview.exists(f"#card-{view} .twin"):
        overview.figure(view)
    return overview.settled()


def png_of(overview: Overview, view: str) -> bytes:
    """Return the image of a card."""
    return base64.b64decode(drawn(overview, view).driver.execute_async_script(PNG, view))


def colors(overview: Overview, view: str, first: float = 0.0, last: float = 1.0) -> Any:
    """Return how many colours a band of the image has, and the share of the most frequent one."""
    return drawn(overview, view).driver.execute_async_script(COLORS, view, first, last)


@pytest.mark.parametrize("view", VIEWS)
def test_the_image_is_twice_as_large_as_the_card(overview: Overview, view: str) -> None:
    image = png_of(overview, view)
    width, height = struct.unpack(">II", image[16:24])
    card = drawn(overview, view).find(f"#card-{view}").size
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    assert width == 2 * (card["width"] + 32)
    assert 2 * card["height"] - 120 < height < 2 * (card["height"] + 260)


def test_of_a_table_the_image_shows_every_row_and_column(overview: Overview) -> None:
    as_table(drawn(overview, "trend"), "trend")
    whole = overview.run(
        "const e = document.querySelector('#card-trend table'); return [e.scrollWidth, e.scrollHeight]"
    )
    size = struct.unpack(">II", png_of(overview, "trend")[16:24])
    assert all(2 * part < drawn_px < 2 * part + 500 for part, drawn_px in zip(whole, size, strict=True))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_the_image_shows_the_card_and_what_it_says_of_itself(overview: Overview, view: str, theme: str) -> None:
    overview.prefer(theme)
    overview.open("?gender=Female")
    n_colors, ground = colors(overview, view)
    assert n_colors > 60
    assert ground < 0.97
    n_below, ground_below = colors(overview, view, 0.86)
    assert n_below > 15
    assert ground_below < 0.995


def test_it_says_filter_version_origin_and_meaning(overview: Overview) -> None:
    overview.open("?gender=Female")
    script = """const card = document.getElementById('card-device'), view = product.page.data.views.device;
        return [...product.origin.lines(view.filter_text), ...product.origin.definitions([card]).keys()]"""
    assert overview.run(script) == [
        "Filter: Gender Female",
        "Data version 1 · loaded 21 Sep 2026 14:13 UTC · 6,000 sessions · simulated data",
        "Device",
        "Conversion rate",
    ]


def test_making_it_asks_no_other_host_and_complains_of_nothing(
    overview: Overview, console: Callable[[], list[str]]
) -> None:
    overview.asked()
    png_of(overview, "trend")
    hosts = {urlsplit(url).netloc for url in overview.asked()}
    assert hosts <= {urlsplit(overview.browser.server_url).netloc}
    assert console() == []


def test_the_menu_saves_it_under_the_name_of_the_card(overview: Overview) -> None:
    overview.run("""window.saved = []; HTMLAnchorElement.prototype.click = function () {
        window.saved.push([this.download, this.href.slice(0, 5)]); }""")
    choose(overview, "device", "Download image")
    overview.until(lambda: overview.run("return window.saved.length"))
    assert overview.run("return window.saved") == [["device-2026-08-29.png", "blob:"]]


def test_a_fault_is_told(overview: Overview) -> None:
    overview.run("Image.prototype.decode = () => Promise.reject(new Error('no memory'))")
    choose(overview, "device", "Download image")
    assert "The image of Device could not be made (no memory)." in overview.text(".notice.note")
