"""The overview, and any other page, as a reader uses it: what can be seen and done, in words."""

import json
import time
from collections.abc import Callable
from typing import Any

from dash.testing.composite import DashComposite
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

WAIT_S = 20


class Overview:
    """One open page.

    Parameters
    ----------
    browser : DashComposite
        Dash's test browser, its server running.
    """

    def __init__(self, browser: DashComposite) -> None:
        self.browser = browser
        self.driver: Any = browser.driver

    def open(self, search: str = "", path: str = "/") -> "Overview":
        """Go to the page, the overview unless another path is given, and wait until it shows numbers."""
        self.driver.get(self.browser.server_url + path + search)
        return self.settled()

    def settled(self) -> "Overview":
        """Wait until the page has drawn the answer to the URL that it shows."""
        self.until(lambda: self.run("return document.body.matches('.is-ready:not(.is-waiting)')"))
        time.sleep(0.15)
        return self

    def seen(self) -> "Overview":
        """Bring every card into sight, and wait until it is drawn."""
        for card in self.run("return [...document.querySelectorAll('.card')].filter(e => e.checkVisibility())"):
            self.run("arguments[0].scrollIntoView({block: 'center'})", card)
            self.until(lambda card=card: not card.find_elements(By.CSS_SELECTOR, ".skeleton"))  # type: ignore[misc]
        self.run("scrollTo(0, 0)")
        return self.settled()

    def until(self, is_so: Callable[[], Any]) -> None:
        """Wait until something is so; raises AssertionError where it never is."""
        deadline = time.monotonic() + WAIT_S
        while not _is_so_now(is_so):
            assert time.monotonic() < deadline, f"not so after {WAIT_S} s; the URL is {self.driver.current_url}"
            time.sleep(0.05)

    def run(self, script: str, *values: Any) -> Any:
        """Return what a script returns in the page."""
        return self.driver.execute_script(script, *values)

    def find(self, selector: str) -> WebElement:
        """Return the first element that is shown; wait for it."""
        self.until(lambda: any(e.is_displayed() for e in self.driver.find_elements(By.CSS_SELECTOR, selector)))
        found: list[WebElement] = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return next(element for element in found if element.is_displayed())

    def text(self, selector: str) -> str:
        """Return the text that is shown there."""
        return str(self.find(selector).text).replace("\u00a0", " ")

    @property
    def search(self) -> str:
        """The URL's query string."""
        return str(self.run("return location.search"))

    @property
    def sessions(self) -> int:
        """How many sessions the page is about; 0 while it shows none."""
        text = str(self.run("return document.querySelector('[data-metric=sessions] .under')?.textContent || 'of 0'"))
        return int(text.split(" · ")[0].removeprefix("of ").replace(",", ""))

    def exists(self, selector: str) -> bool:
        """Return whether there is such an element."""
        return bool(self.driver.find_elements(By.CSS_SELECTOR, selector))

    def mark(self, view: str, member: str) -> WebElement:
        """Return a member's row in a breakdown."""
        row = self.find(f'#card-{view} .dot-row[data-member="{member}"]')
        self.run("arguments[0].scrollIntoView({block: 'center'})", row)
        return row

    def click(self, view: str, member: str, *, shift: bool = False) -> "Overview":
        """Click a member of a breakdown, and wait for the answer."""
        row = self.mark(view, member)
        if shift:
            ActionChains(self.driver).key_down(Keys.SHIFT).click(row).key_up(Keys.SHIFT).perform()
        else:
            row.click()
        return self.settled()

    def chosen(self, view: str) -> list[str]:
        """Return the members of a breakdown that are marked as chosen."""
        rows = self.driver.find_elements(By.CSS_SELECTOR, f"#card-{view} .dot-row.chosen")
        return [str(row.get_attribute("data-member")) for row in rows]

    def numbers(self, view: str) -> list[str]:
        """Return what the rows of a breakdown say."""
        rows = f"document.querySelectorAll('#card-{view} .dot-row')"
        return list(self.run(f"return [...{rows}].map(row => row.getAttribute('aria-label'))"))

    def click_twice(self, first: tuple[str, str], second: tuple[str, str], pause_ms: int) -> None:
        """Click two marks so fast that no person could, without waiting for an answer."""
        script = """const [first, second, pause] = arguments;
            const row = ([view, member]) => document.querySelector(`#card-${view} .dot-row[data-member="${member}"]`);
            row(first).click(); setTimeout(() => row(second).click(), pause);"""
        self.run(script, first, second, pause_ms)
        time.sleep(pause_ms / 1000 + 0.1)

    def figure(self, view: str) -> WebElement:
        """Return the figure of a view, drawn and listening, in the middle of the window."""
        node = f"document.querySelector('#figure-{view} .js-plotly-plot')"
        self.run(f"document.querySelector('#card-{view}').scrollIntoView({{block: 'center'}})")
        self.until(lambda: self.run(f"return {node}?.isHeard"))
        return self.find(f"#figure-{view} .js-plotly-plot")

    def click_place(self, place: str) -> "Overview":
        """Click a place on the map, and wait for the answer."""
        figure = self.figure("location")
        self.until(
            lambda: self.exists("#figure-location .scatterlayer path.point, #figure-location .scattergeo path.point")
        )
        nth = self.run("return arguments[0].data[0].customdata.indexOf(arguments[1])", figure, place)
        points = self.driver.find_elements(By.CSS_SELECTOR, "#figure-location path.point")
        ActionChains(self.driver).move_to_element(points[nth]).pause(0.2).click().perform()
        return self.settled()

    def click_day(self, *, shift: bool = False, right: int = 0) -> "Overview":
        """Click a day right of the middle of the trend, and wait for the answer."""
        chain = ActionChains(self.driver).move_to_element(self.figure("trend")).move_by_offset(right, 0).pause(0.3)
        chain = chain.key_down(Keys.SHIFT).click().key_up(Keys.SHIFT) if shift else chain.click()
        chain.perform()
        return self.settled()

    def drag_over_days(self) -> "Overview":
        """Drag over a part of the trend, and wait for the answer."""
        ActionChains(self.driver).move_to_element(self.figure("trend")).click_and_hold().move_by_offset(
            60, 4
        ).move_by_offset(60, 4).pause(0.1).release().perform()
        return self.settled()

    def emulate(self, width: int, height: int = 900) -> None:
        """Make the window that large."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def prefer(self, theme: str) -> None:
        """Say that the reader's system is light or dark."""
        feature = {"name": "prefers-color-scheme", "value": theme}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def go_offline(self, is_offline: bool = True) -> None:
        """Cut the browser off from the network, or join them again."""
        conditions = {"offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.driver.execute_cdp_cmd("Network.enable", {})
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", conditions)

    def asked(self) -> list[str]:
        """Return every URL that the browser has asked the network for since this was last called."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return [url for url in sent if not url.startswith(("data:", "blob:"))]


def _is_so_now(is_so: Callable[[], Any]) -> bool:
    """Return whether something is so; it is not while the page is about to draw the element anew."""
    try:
        return bool(is_so())
    except StaleElementReferenceException:
        return False
