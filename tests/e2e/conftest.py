"""Fixtures of the browser tests: one app over the sample and one real browser for all of them."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from dash.testing.application_runners import ThreadedRunner
from dash.testing.composite import DashComposite
from flask import Flask, Response, request
from selenium.webdriver.chrome.options import Options

import api
from analytics.cached import CachedAnalyses
from analytics.shared_cache import SharedCache
from analytics.simulation.runs import Runs
from api.batch import batch_routes
from api.simulations import simulation_routes
from config import Config
from dashboard.app import create_app
from dashboard.page import PageSource
from dashboard.pages import PAGES
from model.jobs import Jobs
from semantic.notes import Notes
from semantic.store import Store
from tests.dashboard.conftest import config, loaded_store
from tests.dashboard.sample_model import SampleModels, answering
from tests.e2e.overview import Overview
from tests.servers import free_port

__all__ = ["config", "loaded_store"]

_DELAYS: list[float] = []
"""How long the server waits before each coming answer, in seconds; none once it is empty."""

_FAULTS: list[int] = []
"""Statuses of the coming answers that fail; none once it is empty."""


class LoggingOptions(Options):
    """Options with a log of the network, which Dash's browser would leave out."""

    def __init__(self, given: Options) -> None:
        super().__init__()
        self.binary_location = given.binary_location
        for argument in given.arguments:
            self.add_argument(argument)  # type: ignore[no-untyped-call]

    def set_capability(self, name: str, value: Any) -> None:
        """Set a capability; logs keep the network's."""
        kept = value | {"performance": "ALL"} if name == "goog:loggingPrefs" else value
        super().set_capability(name, kept)  # type: ignore[no-untyped-call]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that drive a browser."""
    for item in items:
        if "overview" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def served() -> SampleModels:
    """Return what serves the model to the browser."""
    return SampleModels(answering())


@pytest.fixture
def models(served: SampleModels) -> Iterator[SampleModels]:
    """Yield what serves the model, which a test may change; it is as before after it."""
    yield served
    served.facts = answering()


@pytest.fixture(scope="session")
def jobs_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where files are scored."""
    return tmp_path_factory.mktemp("jobs")


@pytest.fixture(scope="session")
def browser(
    request: pytest.FixtureRequest,
    config: Config,
    loaded_store: Store,
    served: SampleModels,
    jobs_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[DashComposite]:
    """Yield a running app with a browser."""
    server = Flask("test", static_folder=None)
    server.before_request(_wait)
    answers, notes = CachedAnalyses(loaded_store, SharedCache(server)), notes_of(config)
    api.mount(server, config, answers, notes, served)
    server.register_blueprint(batch_routes(Jobs(jobs_folder, config)))
    runs = Runs(tmp_path_factory.mktemp("runs"), config)
    source = PageSource(config, loaded_store, answers, notes, served, runs)
    server.register_blueprint(simulation_routes(runs, source.version))
    app = create_app(source, server)
    options = [LoggingOptions(given) for given in request.config.hook.pytest_setup_options()]
    with (
        ThreadedRunner() as runner,
        DashComposite(runner, browser="Chrome", options=options, percy_run=False) as composite,
    ):
        composite.driver.implicitly_wait(0)
        composite.start_server(app, port=free_port())
        yield composite


def notes_of(config: Config) -> Notes:
    """Return what keeps saved views and annotations, never older than what was added."""
    return Notes(config.database_url, [page.path for page in PAGES], check_every_s=0)


@pytest.fixture
def notes(config: Config) -> Iterator[Notes]:
    """Yield what keeps saved views and annotations, empty before and after."""
    kept = notes_of(config)
    yield kept
    for view in kept.read().views:
        kept.delete_view(view.slug)
    for annotation in kept.read().annotations:
        kept.delete_annotation(annotation.id)


def _wait() -> Response | None:
    if not request.path.startswith("/page-data"):
        return None
    if _DELAYS:
        time.sleep(_DELAYS.pop(0))
    return Response("", _FAULTS.pop(0)) if _FAULTS else None


@pytest.fixture
def overview(browser: DashComposite) -> Overview:
    """Return the page, freshly opened at 1280 pixels by a reader whose system is light."""
    _DELAYS.clear()
    _FAULTS.clear()
    page = Overview(browser)
    page.go_offline(False)
    page.run("localStorage.clear()")
    page.prefer("light")
    page.emulate(1280)
    page.open()
    browser.get_logs()
    return page


@pytest.fixture
def slow_server() -> Callable[..., None]:
    """Return a function that makes the server wait before the coming answers, some seconds each."""
    return lambda *seconds: _DELAYS.extend(seconds)


@pytest.fixture
def failing_server() -> list[int]:
    """Return the statuses with which the coming answers fail."""
    return _FAULTS


@pytest.fixture
def console(browser: DashComposite) -> Callable[[], list[str]]:
    """Return a function that returns what the browser complained of."""
    return lambda: [str(entry["message"]) for entry in browser.get_logs() or []]
