"""Loaded sessions in SQLite and in MariaDB."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config import Config
from semantic.store import Store
from tests.etl.project import Project, new_project
from tests.model.reading.loaded import loaded
from tests.servers import MariaDBServer

Loaded = tuple[Store, Config]


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Return simulated sessions in SQLite."""
    return loaded(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def mariadb(tmp_path_factory: pytest.TempPathFactory, mariadb_server: MariaDBServer) -> Iterator[Loaded]:
    """Yield the same sessions in MariaDB."""
    url = mariadb_server.create_database()
    store, config = loaded(tmp_path_factory.mktemp("mariadb"), url)
    yield store, config
    store.disconnect()
    mariadb_server.drop_database(url)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project in SQLite whose log a test writes."""
    return new_project(tmp_path)
