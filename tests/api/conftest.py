"""The API over a small store, without the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import api
from analytics.cached import CachedAnalyses
from analytics.shared_cache import SharedCache
from config import Config
from model.served import Models
from semantic.notes import Notes
from semantic.store import Store
from tests.dashboard.sample import sample_config, sample_store
from wsgi import create_models, create_store

PATHS = ("/", "/explore")
"""Addresses of the pages that saved views may lead to."""


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return sample_config(tmp_path_factory.mktemp("api"))


@pytest.fixture(scope="session")
def store(config: Config) -> Store:
    return sample_store(config)


def server_of(config: Config, store: Store, models: Models | None = None) -> Flask:
    """Return a server with the API and one page that answers everything, as the pages' catch-all does."""
    server = Flask("test", static_folder=None)
    answers, notes = CachedAnalyses(store, SharedCache(server)), Notes(config.database_url, PATHS)
    api.mount(server, config, answers, notes, models or create_models(config, store))
    server.add_url_rule("/<path:path>", "pages", lambda path: f"page {path}")
    return server


@pytest.fixture(scope="session")
def server(config: Config, store: Store) -> Flask:
    return server_of(config, store)


@pytest.fixture
def client(server: Flask) -> Iterator[FlaskClient]:
    with server.test_client() as client:
        yield client


@pytest.fixture
def away_client(config: Config, tmp_path: Path) -> FlaskClient:
    """Return a client of a server whose database was never loaded."""
    return server_of(config, create_store(sample_config(tmp_path))).test_client()
