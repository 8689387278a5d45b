"""Fixtures of the dashboard's tests: a small store, loaded once."""

import pytest
from flask import Flask

from analytics.cached import CachedAnalyses
from analytics.shared_cache import SharedCache
from config import Config
from dashboard.page import PageSource
from dashboard.view import Context
from semantic.store import Store
from tests.dashboard.sample import sample_config, sample_store


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Return the product's own configuration with a database of the test run."""
    return sample_config(tmp_path_factory.mktemp("dashboard"))


@pytest.fixture(scope="session")
def loaded_store(config: Config) -> Store:
    """Return a store of 6,000 sessions in which New converts better than Old."""
    return sample_store(config)


@pytest.fixture(scope="session")
def context(config: Config, loaded_store: Store) -> Context:
    """Return what views are made from."""
    return Context(config, loaded_store.snapshot())


@pytest.fixture(scope="session")
def source(config: Config, loaded_store: Store) -> PageSource:
    """Return where pages get their numbers, with a cache in memory."""
    return PageSource(config, loaded_store, CachedAnalyses(loaded_store, SharedCache(Flask("test"))))
