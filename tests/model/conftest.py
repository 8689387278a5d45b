"""A registry in a real SQLite file and in a real MariaDB."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config import Config, load_config
from model.registry import Registry

ROOT = Path(__file__).resolve().parents[2]


def config_at(url: str) -> Config:
    """Return the product's own configuration with that database."""
    return load_config(ROOT / "config.yaml", {"DATABASE_URL": url})


@pytest.fixture(params=["sqlite", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'recommender.db'}"
    create: Callable[[], str] = request.getfixturevalue("new_mariadb_url")
    return create()


@pytest.fixture
def registry(url: str) -> Registry:
    return Registry(config_at(url))


@pytest.fixture
def local_registry(tmp_path: Path) -> Registry:
    """Return a registry in a file alone."""
    return Registry(config_at(f"sqlite:///{tmp_path / 'recommender.db'}"))
