"""The first load of a page with an empty cache: what is transferred, and when numbers and charts stand."""

import itertools
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from tests.benchmarks.chromium import PROBE, chromium
from tests.benchmarks.contenders import Contender


@dataclass(frozen=True)
class FirstLoad:
    """One load.

    Attributes
    ----------
    transferred : dict of str to int
        Bytes over the network as they were sent, with headers, by type of resource.
    unpacked : int
        Bytes of the bodies.
    n_requests : int
        How many were answered.
    first_kpi_ms, last_chart_ms : float
        From the start of the navigation to the repaint of the first number and of the last chart in sight.
    """

    transferred: dict[str, int]
    unpacked: int
    n_requests: int
    first_kpi_ms: float
    last_chart_ms: float

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def first_load(contender: Contender, address: str) -> FirstLoad:
    """Return what the first load of a contender takes in a new browser.

    Parameters
    ----------
    contender : Contender
        Whose page.
    address : str
        Where it is served.
    """
    with chromium(has_log=True) as browser:
        browser.before_each_page(contender.script + PROBE)
        browser.cdp("Network.enable")
        browser.messages()
        browser.open(address)
        outcome = browser.run("__probe.outcome()")
        return _load_of(browser.messages(), outcome)


def _load_of(messages: list[dict[str, Any]], outcome: dict[str, Any]) -> FirstLoad:
    kinds: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    numbers = itertools.count()
    unpacked = 0
    for method, given in ((message["method"], message["params"]) for message in messages):
        if method == "Network.responseReceived" and given["response"]["url"].startswith("http"):
            kinds[given["requestId"]] = given["type"]
        elif method == "Network.dataReceived" and given["requestId"] in kinds:
            unpacked += given["dataLength"]
        elif method == "Network.loadingFinished" and given["requestId"] in kinds:
            sizes[kinds[given["requestId"]]] += int(given["encodedDataLength"])
            next(numbers)
    return FirstLoad(dict(sizes), unpacked, next(numbers), outcome["first_kpi_ms"], outcome["last_chart_ms"])
