"""Traps are laid in each database that we support: they divide, compare and keep time differently."""

from collections.abc import Callable
from pathlib import Path

import pytest

from semantic.database import engine_for
from semantic.filter import Filter
from semantic.query import Answer, Query
from semantic.store import Store
from tests.etl.project import Project, new_project

Ask = Callable[..., Answer]


@pytest.fixture(params=["sqlite", "mariadb"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """Return a project in each database."""
    if request.param == "sqlite":
        return new_project(tmp_path)
    return new_project(tmp_path, request.getfixturevalue("new_mariadb_url")())


@pytest.fixture
def ask(project: Project) -> Ask:
    """Return a function that asks the loaded data for measures, by dimensions, under a filter as in a URL."""

    def answer(measures: str, by: str = "", where: str = "") -> Answer:
        store = Store(engine_for(project.url, read_only=True), project.config.catalog)
        try:
            return store.answer(Query(tuple(measures.split()), tuple(by.split()), Filter.from_query(where)))
        finally:
            store.engine.dispose()

    return answer
