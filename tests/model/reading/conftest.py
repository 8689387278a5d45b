"""Loaded sessions in SQLite and in MariaDB."""

from pathlib import Path

import pytest

from config import Config
from semantic.store import Store
from tests.etl.project import Project, new_project
from tests.model.reading.loaded import loaded

Loaded = tuple[Store, Config]


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Return simulated sessions in SQLite."""
    return loaded(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="module")
def mariadb(tmp_path_factory: pytest.TempPathFactory, mariadb_url: str) -> Loaded:
    """Return the same sessions in MariaDB."""
    return loaded(tmp_path_factory.mktemp("mariadb"), mariadb_url)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project in SQLite whose log a test writes."""
    return new_project(tmp_path)
