"""SimulationFacts: what the simulator page is asked for, and what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analytics.simulation.kinds import KINDS
from analytics.simulation.runs import Runs, RunStatus
from analytics.simulation.settings import Settings
from semantic.errors import ProductError
from semantic.jobs import JobError

PREFIX = "simulate-"
"""Begins the options of the URL that hold the settings: ``simulate-rate=12``."""
RUN = "simulate-run"
"""Option that says that the reader has asked for a result."""


@dataclass(frozen=True)
class SimulationFacts:
    """What the simulator page tells of.

    Attributes
    ----------
    texts : mapping of str to str
        What the URL holds, by the names of the fields.
    settings : Settings or None
        What these make; None where they make nothing.
    fault : str
        Why they make nothing.
    status : RunStatus
        How the simulation is doing.
    result : object
        Of the sort of simulation; None until it is there.
    is_asked : bool
        Whether it is to be run as soon as the page is open.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    settings: Settings | None = None
    fault: str = ""
    status: RunStatus = field(default_factory=lambda: RunStatus("", "absent"))
    result: Any = None
    is_asked: bool = False

    @property
    def kind(self) -> str:
        """Name of the sort of simulation that is chosen."""
        chosen = self.texts.get("kind", "")
        return chosen if any(kind.name == chosen for kind in KINDS) else KINDS[0].name


def texts_of(options: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that options of a URL hold, by the names of their fields."""
    return {key.removeprefix(PREFIX): text for key, text in options.items() if key.startswith(PREFIX) and key != RUN}


def read_simulation(runs: Runs | None, options: Mapping[str, str], version: str) -> SimulationFacts:
    """Return what is known of the simulation that a URL asks for.

    Parameters
    ----------
    runs : Runs or None
        Where results are; None: nowhere.
    options : mapping of str to str
        Of the URL.
    version : str
        Of the data.
    """
    texts = texts_of(options)
    is_asked = RUN in options or not texts
    try:
        settings = Settings.of(texts)
    except ProductError as error:
        return SimulationFacts(texts, fault=str(error))
    if runs is None:
        return SimulationFacts(texts, settings, is_asked=is_asked)
    status = runs.status(settings.key(version))
    try:
        result = runs.result(settings, version) if status.state == "done" else None
    except JobError:
        status, result = RunStatus(status.id, "absent"), None
    return SimulationFacts(texts, settings, "", status, result, is_asked)
