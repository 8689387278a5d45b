"""A headless Chromium as a reader with a mouse: real input events, the network's log, and what the probe noted."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver

from tests.conftest import pytest_setup_options
from tests.e2e.conftest import LoggingOptions

PROBE = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")
WIDTH, HEIGHT = 1440, 1300
HOVER_S = 0.12


class Chromium:
    """One open browser with one page.

    Parameters
    ----------
    driver : webdriver.Chrome
        What drives it.
    """

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def cdp(self, command: str, **given: Any) -> dict[str, Any]:
        """Return what the browser answers to a command of its debugging protocol."""
        answer: dict[str, Any] = self._driver.execute_cdp_cmd(command, given) or {}
        return answer

    def run(self, expression: str) -> Any:
        """Return the value of an expression in the page, awaited where it is a promise."""
        answer = self.cdp("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression[:80]}: {answer['exceptionDetails']['exception']['description']}")
        return answer["result"].get("value")

    def before_each_page(self, script: str) -> None:
        """Run a script in each page before the page's own."""
        self.cdp("Page.addScriptToEvaluateOnNewDocument", source=script)

    def open(self, url: str) -> None:
        """Go to a page and wait for its load event."""
        self._driver.get(url)

    @property
    def url(self) -> str:
        """Where it is."""
        return str(self._driver.current_url)

    def point(self, x: float, y: float, seconds: float = HOVER_S) -> None:
        """Move the mouse there, and leave the page the time to see that."""
        self.cdp("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        time.sleep(seconds)

    def press(self, x: float, y: float, *, shift: bool = False) -> None:
        """Press and release the left button."""
        more = {"x": x, "y": y, "button": "left", "clickCount": 1, "modifiers": 8 if shift else 0}
        self.cdp("Input.dispatchMouseEvent", type="mousePressed", **more)
        self.cdp("Input.dispatchMouseEvent", type="mouseReleased", **more)

    def key(self, name: str) -> None:
        """Press and release a key."""
        for kind in ("keyDown", "keyUp"):
            self.cdp("Input.dispatchKeyEvent", type=kind, key=name)

    def complaints(self) -> list[str]:
        """Return the errors that the console holds since this was last called."""
        return [str(entry["message"]) for entry in self._driver.get_log("browser") if entry["level"] == "SEVERE"]

    def messages(self) -> list[dict[str, Any]]:
        """Return what the log of the network holds since this was last called."""
        return [json.loads(entry["message"])["message"] for entry in self._driver.get_log("performance")]

    def screenshot(self, path: Path) -> None:
        """Keep a picture of the page."""
        self._driver.save_screenshot(str(path))


@contextmanager
def chromium(*, has_log: bool = False) -> Iterator[Chromium]:
    """Yield a new browser with an empty cache, 1440 by 1300 pixels; with a log of its network where asked."""
    options = LoggingOptions(pytest_setup_options()) if has_log else pytest_setup_options()
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options)
    try:
        driver.set_script_timeout(300)
        browser = Chromium(driver)
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        browser.cdp("Emulation.setDeviceMetricsOverride", **size)
        yield browser
    finally:
        driver.quit()
