"""Features of a task, from the words of the configuration and the members of one version of the data."""

from dataclasses import replace

import numpy as np

from config import Config
from model.examples import OTHER, Examples, Feature
from model.task import Task
from semantic.catalog import MISSING, N_SESSIONS, Dimension
from semantic.query import Query
from semantic.store import Snapshot

MOST_MEMBERS = 255
"""As many as LightGBM tells apart in one feature."""


def features_of(config: Config, snapshot: Snapshot, task: Task) -> tuple[Feature, ...]:
    """Return what a task's model may know, in the order of the catalog; ranges are known once rows were read.

    Parameters
    ----------
    config : Config
        The words.
    snapshot : Snapshot
        The version of the data, whose members are meant.
    task : Task
        Without consequences, what is measured after the engine acted is left out.
    """
    dimensions = (d for d in config.catalog.dimensions if d.kind != "time")
    return tuple(
        _feature(dimension, config, snapshot)
        for dimension in dimensions
        if task.has_consequences or not dimension.is_post_treatment
    )


def with_ranges(examples: Examples) -> Examples:
    """Return the examples with the range of each number, and whether anything is missing, as they are in the rows."""
    features = tuple(_with_range(feature, examples.column(feature.name)) for feature in examples.features)
    return replace(examples, features=features)


def _feature(dimension: Dimension, config: Config, snapshot: Snapshot) -> Feature:
    is_number = dimension.is_binned
    return Feature(
        name=dimension.name,
        label=dimension.label,
        kind="number" if is_number else "category",
        members=() if is_number else _members(dimension.name, snapshot),
        unit=dimension.unit,
        is_post_treatment=dimension.is_post_treatment,
        is_chosen_by_engine=dimension.is_chosen_by_engine,
        aliases=() if is_number else tuple(config.fields[dimension.name].aliases.items()),
    )


def _members(name: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the members that sessions have, at most 254 of the most frequent and one for all others."""
    members = snapshot.domains[name].members
    answer = snapshot.cube.answers([Query((N_SESSIONS,), (name,))], snapshot.version)[0]
    n = answer[N_SESSIONS] if answer else np.arange(len(members), 0, -1)
    present = [place for place, member in enumerate(members) if n[place] and member != MISSING]
    if len(present) <= MOST_MEMBERS:
        return tuple(members[place] for place in present)
    frequent = set(sorted(present, key=lambda place: -n[place])[: MOST_MEMBERS - 1])
    return (*(members[place] for place in present if place in frequent), OTHER)


def _with_range(feature: Feature, values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Feature:
    present = values[~np.isnan(values)]
    has_missing = len(present) < len(values)
    if feature.kind == "category" or not len(present):
        return replace(feature, has_missing=has_missing)
    return replace(feature, has_missing=has_missing, low=float(present.min()), high=float(present.max()))
