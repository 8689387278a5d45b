"""Notes over a real SQLite file and a real MariaDB."""

from collections.abc import Callable
from pathlib import Path

import pytest

from semantic.notes import Notes

PATHS = ("/", "/explore")


@pytest.fixture(params=["sqlite", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'recommender.db'}"
    create: Callable[[], str] = request.getfixturevalue("new_mariadb_url")
    return create()


@pytest.fixture
def notes(url: str) -> Notes:
    return Notes(url, PATHS)
