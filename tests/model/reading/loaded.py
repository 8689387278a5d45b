"""Simulated sessions, loaded the usual way, and a store over them."""

from pathlib import Path
from typing import Any

import yaml

from config import Config, load_config
from etl.pipeline import load
from etl.progress import Reporter
from semantic.database import engine_for
from semantic.store import Store
from tests.etl.project import ROOT, Project

N_SESSIONS = 3_000


def loaded(folder: Path, url: str = "", **model: Any) -> tuple[Store, Config]:
    """Return a store over simulated sessions of the product's own configuration, and that configuration."""
    data = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    data["source"]["sessions"] = N_SESSIONS
    (folder / "config.yaml").write_text(yaml.safe_dump(data | {"model": model}, sort_keys=False))
    config = load_config(folder / "config.yaml", {"DATABASE_URL": url or f"sqlite:///{folder / 'data.db'}"})
    load(config, Reporter())
    return store_of(config), config


def store_of(config: Config) -> Store:
    """Return a store over what a configuration names."""
    return Store(engine_for(config.database_url, read_only=True), config.catalog)


def loaded_rows(project: Project, rows: list[str]) -> tuple[Store, Config]:
    """Return a store over the rows of a log, and its configuration."""
    project.load(rows)
    return store_of(project.config), project.config
