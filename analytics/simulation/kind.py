"""Kind: a sort of simulation: what may be set, what it makes of that, and how it is run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from analytics.simulation.fields import Field
from config import Config

Tell = Callable[[float], None]
"""Told how much of the work is done, in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of simulation.

    Attributes
    ----------
    name, label : str
        For URLs and for people.
    says : str
        What it answers, in a sentence.
    fields : tuple of Field
        What may be set.
    scenario : callable
        From the values of the fields to a frozen scenario that can be run; raises InputError.
    run : callable
        From the scenario, who is told of the progress, and the configuration of the data, to a frozen result.
    result : type
        Of the result.
    reads_data : bool
        Whether it depends on the version of the data.
    """

    name: str
    label: str
    says: str
    fields: tuple[Field, ...]
    scenario: Callable[[Mapping[str, Any]], Any]
    run: Callable[[Any, Tell, Config], Any]
    result: type
    reads_data: bool = False
