"""The composition root: Config -> engine -> Store -> Flask with API and pages. Served by ``gunicorn wsgi:server``."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING, Any

from flask import Flask

import api
from analytics.cached import CachedAnalyses
from analytics.shared_cache import SharedCache
from analytics.simulation.runs import Runs
from api.batch import batch_routes
from api.simulations import simulation_routes
from api.waiting_room import waiting_room
from config import Config, load_config
from dashboard.app import create_app
from dashboard.page import PageSource
from dashboard.pages import PAGES
from model.jobs import Jobs
from model.registry import Registry
from model.served import Models
from semantic.data_hash import data_hash
from semantic.database import engine_for
from semantic.errors import ProductError, StoreError
from semantic.notes import Notes
from semantic.shelf import Shelf
from semantic.store import Store

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_PROBE_TIMEOUT_S = 3
_PATIENCE_S = 5
_MAX_LOG_BYTES = 65_536
_TRAIN_AFTER = Path(__file__).with_name("model") / "train_after.py"
_LOADING = "The data is being loaded; this page opens by itself when it is there."


def create_server(config: Config, store: Store | None = None) -> Flask:
    """Return the whole product as one Flask server.

    Parameters
    ----------
    config : Config
        What is served and how.
    store : Store, optional
        Where the numbers come from; default: the configured database.

    Raises
    ------
    StoreError
        Where the database holds nothing to serve.
    """
    server = Flask("recommender", static_folder=None)
    answers = CachedAnalyses(store or create_store(config), SharedCache(server, config.redis_url))
    notes = create_notes(config)
    models = create_models(config, answers.store)
    api.mount(server, config, answers, notes, models)
    server.register_blueprint(batch_routes(create_jobs(config)))
    runs = create_runs(config)
    source = PageSource(config, answers.store, answers, notes, models, runs)
    server.register_blueprint(simulation_routes(runs, source.version))
    create_app(source, server)
    return server


def create_store(config: Config, shelf: Shelf | None = None) -> Store:
    """Return a reader of the configured database, its cubes shared by a shelf; nothing is connected yet."""
    url = config.database_url
    probe = engine_for(url, read_only=True, read_timeout_s=_PROBE_TIMEOUT_S)
    return Store(engine_for(url, read_only=True), config.catalog, probe=probe, shelf=shelf)


def create_notes(config: Config) -> Notes:
    """Return what keeps saved views and annotations; nothing is connected yet, nor between uses."""
    return Notes(config.database_url, [page.path for page in PAGES])


def create_models(config: Config, store: Store) -> Models:
    """Return what serves the model; nothing is connected yet, nor between uses."""
    return Models(config, Registry(config), store)


def create_jobs(config: Config) -> Jobs:
    """Return what scores files that people drop; forks of this process share its folder, which goes with it."""
    return Jobs(_jobs_folder(), config)


def create_runs(config: Config) -> Runs:
    """Return what simulates experiments; forks of this process share its folder, which goes with it."""
    return Runs(_runs_folder(), config)


class Service:
    """What gunicorn serves: a waiting room until the store can be read, then the product.

    Parameters
    ----------
    config : Config
        What is served.
    create : callable
        From the configuration and the store to the product; called once, when there is data.
    """

    def __init__(self, config: Config, create: Callable[[Config, Store], Flask] = create_server) -> None:
        self.config = config
        self.store = create_store(config, Shelf(_passing_folder()))
        _jobs_folder(), _runs_folder()  # before any fork
        self._create = create
        self._waiting_room = waiting_room(config.title, self._reason)
        self._product: Flask | None = None
        self._lock = Lock()
        self._try_again_at = 0.0
        self._fault = ""
        self._load_log: IO[bytes] | None = None

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one HTTP request."""
        is_only_alive = environ["PATH_INFO"] == "/healthz" and self._product is None
        server = self._waiting_room if is_only_alive else self.product() or self._waiting_room
        return server(environ, start_response)

    def product(self) -> Flask | None:
        """Return the product, or None as long as there is no data; what is slow to fail is tried less often."""
        if self._product is None and time.monotonic() >= self._try_again_at and self._lock.acquire(timeout=_PATIENCE_S):
            started = time.monotonic()
            try:
                self.store.snapshot()
                self._product = self._product or self._create(self.config, self.store)
            except StoreError as error:
                self._fault, self._try_again_at = str(error), 2 * time.monotonic() - started
            finally:
                self._lock.release()
        return self._product

    def start_loading(self) -> "subprocess.Popen[bytes] | None":
        """Return the running load of an SQLite database that holds nothing yet, or None where none is needed.

        A file on a disk that does not outlive a restart is filled anew at each; a release fills other databases.
        """
        if self.store.engine.url.get_backend_name() != "sqlite" or self.product():
            return None
        self._load_log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the load
        command = [sys.executable, "-m", "etl", "load", "--quiet"]
        if self.config.model.train_on_start:
            command = [sys.executable, "-P", str(_TRAIN_AFTER), *command]
        folder, log = self.config.folder, self._load_log
        return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=log)  # noqa: S603 - our own

    def start_training(self) -> "subprocess.Popen[bytes] | None":
        """Return the running training of a model of this data, or None where there is one, no data, or it is unwanted.

        It gives way to other processes; what is served until it ends is the model that there was.
        """
        if not self.config.model.train_on_start or not self.product() or not self._needs_training():
            return None
        command = [sys.executable, "-m", "model", "train", "--quiet", "--gently"]
        return subprocess.Popen(command, cwd=self.config.folder, stdout=subprocess.DEVNULL)  # noqa: S603 - our own

    def _needs_training(self) -> bool:
        try:
            return Registry(self.config).held(data_hash(self.store)) is None
        except ProductError:
            return True  # the training says what is wrong

    def _reason(self) -> str:
        """Return why there is nothing to serve: what the load complained of, that it runs, or what the store says."""
        if not self._load_log:
            return self._fault
        lines = os.pread(self._load_log.fileno(), _MAX_LOG_BYTES, 0).decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else _LOADING


@cache
def _jobs_folder() -> Path:
    return _passing_folder("scoring-")


@cache
def _runs_folder() -> Path:
    return _passing_folder("simulating-")


def _passing_folder(prefix: str = "cubes-") -> Path:
    """Return a new folder that goes when this process ends, and not when a fork of it does."""
    folder, owner = tempfile.mkdtemp(prefix=prefix), os.getpid()
    atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == owner else None)
    return Path(folder)


@cache
def _service() -> Service:
    return Service(load_config())


def __getattr__(name: str) -> Any:
    """Return ``server``, made when it is first asked for: importing this file starts nothing."""
    if name == "server":
        return _service()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
