"""Projects in SQLite and in MariaDB."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.etl.project import Project, new_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project in SQLite."""
    return new_project(tmp_path)


@pytest.fixture(params=["sqlite", "mariadb"])
def any_project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """Return a project in each database that we support."""
    if request.param == "sqlite":
        return new_project(tmp_path)
    create: Callable[[], str] = request.getfixturevalue("new_mariadb_url")
    return new_project(tmp_path, create())
