"""Fixtures that all tests share: real servers, a real browser, and the reference data."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from selenium.webdriver.chrome.options import Options

from tests.servers import MariaDBServer, RedisServer, mariadb_running, require_program

# Threads of LightGBM and XGBoost spin where they wait, which costs more than they bring on a busy machine.
os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
)

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_setup_options() -> Options:
    """Return how the browser of dash's test fixtures starts."""
    options = Options()
    options.binary_location = require_program("chromium", "chromium-browser", "google-chrome", package="chromium")
    require_program("chromedriver", package="chromium-driver")
    for flag in CHROMIUM_FLAGS:
        options.add_argument(flag)
    return options


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[MariaDBServer]:
    """Yield one private MariaDB for the whole run."""
    with mariadb_running() as server:
        yield server


@pytest.fixture(scope="module")
def mariadb_url(mariadb_server: MariaDBServer) -> Iterator[str]:
    """Yield the URL of a database that is empty when the module begins."""
    url = mariadb_server.create_database()
    yield url
    mariadb_server.drop_database(url)


@pytest.fixture
def new_mariadb_url(mariadb_server: MariaDBServer) -> Iterator[Callable[[], str]]:
    """Yield a function that returns the URL of one more empty database at each call."""
    urls: list[str] = []

    def create() -> str:
        urls.append(mariadb_server.create_database())
        return urls[-1]

    yield create
    for url in urls:
        mariadb_server.drop_database(url)


@pytest.fixture(scope="session")
def _shared_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_url(_shared_redis: RedisServer) -> str:
    """Return the URL of a running Redis that is empty when the test begins."""
    _shared_redis.empty()
    return _shared_redis.url


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """Yield a running Redis of the test's own, which it may stop, start, freeze and thaw."""
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder with the public reference data; it is not part of the product."""
    folder = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the reference data is not at {folder}; name its folder in SHARED_DATA")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that drive a browser."""
    for item in items:
        if {"dash_duo", "dash_br"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.e2e)
