"""Fixtures of the dashboard's tests: a small store, loaded once."""

import pytest

from config import Config
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
