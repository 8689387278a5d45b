"""Facts of the simulator: settings with their result, worked out in this process."""

from dataclasses import replace
from functools import cache
from typing import Any

from analytics.simulation.settings import Settings
from config import load_config
from dashboard.sheets.facts import Facts
from dashboard.sheets.simulate.shown import Run, run_of
from dashboard.simulation_facts import SimulationFacts


@cache
def result_of(texts: tuple[tuple[str, str], ...]) -> tuple[Settings, Any]:
    """Return settings and their result."""
    settings = Settings.of({"repetitions": "400", "days": "6"} | dict(texts))
    return settings, settings.kind.run(settings.scenario, lambda share: None, load_config(environ={}))


def shown(facts: Facts, **texts: str) -> Facts:
    """Return facts in which a simulation is done."""
    given = dict(texts)
    settings, result = result_of(tuple(given.items()))
    return replace(facts, simulation=SimulationFacts(given, settings, result=result, is_asked=True))


def run(facts: Facts, **texts: str) -> Run:
    """Return what a sheet tells of."""
    found = run_of(shown(facts, **texts), texts.get("kind", "test"))
    assert found
    return found
