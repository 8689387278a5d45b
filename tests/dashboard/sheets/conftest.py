"""A real load of a dirty log, an append that is clean, and one that failed, as a page sees them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from analytics.cached import CachedAnalyses
from analytics.profiled import ProfileResult
from analytics.shared_cache import SharedCache
from dashboard.page import PageSource
from dashboard.sheets.facts import Facts
from semantic.database import engine_for
from semantic.provenance import Run
from semantic.store import Store
from tests.etl.project import ROWS, Project, new_project

DIRT = (
    "Old,0,s7,u1,not a day,Delhi,20,5,",
    "Old,0,s8,u1,never,Delhi,20,5,",
    "Old,0,s9,u1,=now(),<b>Delhi</b>,20,5,",
    "Old,perhaps,s10,u1,2026-07-02 10:00:00,Delhi,20,5,",
)
DIRTY = (*ROWS, ROWS[0], *DIRT)
"""Four good rows, one of them twice, and four that break two rules."""


@dataclass(frozen=True)
class Loaded:
    """A project and the pages over it."""

    project: Project
    source: PageSource

    @property
    def facts(self) -> Facts:
        """What sheets are made from now."""
        return self.source.facts(self.source.context())


def run_of(facts: Facts) -> Run:
    """Return the run behind the data."""
    assert facts.made_by
    return facts.made_by


def profile_of(facts: Facts) -> ProfileResult:
    """Return the profile of the data."""
    assert facts.profile
    return facts.profile


def pages_over(project: Project) -> PageSource:
    """Return pages over what the project has loaded."""
    store = Store(engine_for(project.url, read_only=True), project.config.catalog, check_every_s=0)
    return PageSource(project.config, store, CachedAnalyses(store, SharedCache(Flask("test"))))


@pytest.fixture(scope="package")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """Yield pages over one load of the dirty log; read only."""
    project = new_project(tmp_path_factory.mktemp("dirty"))
    project.load(DIRTY)
    loaded = Loaded(project, pages_over(project))
    yield loaded
    loaded.source.store.disconnect()


@pytest.fixture(scope="package")
def facts(dirty: Loaded) -> Facts:
    """Return the facts of the dirty load."""
    return dirty.facts


@pytest.fixture(scope="package")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    """Yield the facts after a dirty load, a clean append and an append that failed."""
    project = new_project(tmp_path_factory.mktemp("later"))
    project.load(DIRTY)
    project.append([row.replace(",s", ",t") for row in ROWS])
    with pytest.raises(Exception, match="at most 50%"):
        project.append(["Old,0"])
    source = pages_over(project)
    yield source.facts(source.context())
    source.store.disconnect()
