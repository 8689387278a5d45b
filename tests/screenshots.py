"""Pictures of the running product for the README: light, dark and phone; ``make screenshots``."""

import base64
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.chromium import Chromium, chromium
from tests.benchmarks.serving import ROOT, served

FOLDER = ROOT / "docs" / "images"
SHOTS = (
    ("overview-light", "/", 1280, "light"),
    ("overview-dark", "/?device=Mobile", 1280, "dark"),
    ("explore-light", "/explore", 1280, "light"),
    ("experiment-light", "/experiment", 1280, "light"),
    ("plan-light", "/plan", 1280, "light"),
    ("simulate-light", "/simulate", 1280, "light"),
    ("model-light", "/model", 1280, "light"),
    ("predict-light", "/predict?session-device=Desktop&session-age=29&session-category=Books", 1280, "light"),
    ("data-light", "/data", 1280, "light"),
    ("overview-phone", "/?device=Mobile", 360, "light"),
)
"""Name, address, width in pixels and theme of each picture."""
_TALLEST_PX = {1280: 1500, 360: 1400}
_WAIT_S = 30
_SEE_ALL = "for (let y = 0; y < document.body.scrollHeight; y += 400) scrollTo(0, y); scrollTo(0, 0)"
_TALL = "document.documentElement.scrollHeight"
_READY = "document.body.matches('.is-ready:not(.is-waiting)')"


def main() -> None:
    """Load the default sessions, train on them, serve both as in production, and keep a picture of each page."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/sessions.db"
        for command in (("etl", "load"), ("model", "train")):
            words = [sys.executable, "-m", *command, "--quiet"]
            subprocess.run(words, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True)
        with served(Path(sys.executable), "wsgi:server", {"DATABASE_URL": url}) as (address, _), chromium() as browser:
            for name, path, width, theme in SHOTS:
                (FOLDER / f"{name}.png").write_bytes(_picture(browser, address + path, width, theme))


def _picture(browser: Chromium, url: str, width: int, theme: str) -> bytes:
    browser.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
    _resize(browser, width, 900)
    browser.open(url)
    _settle(browser)
    browser.run(_SEE_ALL)
    _resize(browser, width, min(int(browser.run(_TALL)), _TALLEST_PX[width]))
    _settle(browser)
    return base64.b64decode(browser.cdp("Page.captureScreenshot")["data"])


def _resize(browser: Chromium, width: int, height: int) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.cdp("Emulation.setDeviceMetricsOverride", **size)


def _settle(browser: Chromium) -> None:
    deadline = time.monotonic() + _WAIT_S
    while not browser.run(_READY) and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)


if __name__ == "__main__":
    main()
