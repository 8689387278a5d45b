"""Fixtures: the product's own configuration, and simulations that end in a folder of the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.simulation.runs import Runs
from config import Config, load_config
from tests.analytics.simulation.waiting import until

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def config() -> Config:
    """Return the product's own configuration."""
    return load_config(ROOT / "config.yaml", {})


@pytest.fixture
def runs(tmp_path: Path, config: Config) -> Iterator[Runs]:
    """Yield what simulates; it has ended once the test has."""
    made = Runs(tmp_path / "runs", config)
    yield made
    until(lambda: not made.queue.running())
