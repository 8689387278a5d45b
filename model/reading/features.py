"""Features of a task, from the words of the configuration and the members of one version of the data."""

from dataclasses import replace

import numpy as np

from config import Config
from model.examples import OTHER, Examples, Feature, Floats
from model.task import Task
from semantic.catalog import MISSING, N_SESSIONS, Dimension
from semantic.query import Query
from semantic.snapshot import Snapshot

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
    """Return the examples with range and median of each number, and whether anything is missing, as in the rows."""
    features = tuple(_with_range(f, examples.column(f.name), examples.weight) for f in examples.features)
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


def _with_range(feature: Feature, values: Floats, weight: Floats) -> Feature:
    is_present = ~np.isnan(values)
    feature = replace(feature, has_missing=not bool(is_present.all()))
    if feature.kind == "category" or not is_present.any():
        return feature
    distinct, place = np.unique(values[is_present], return_inverse=True)
    below = np.cumsum(np.bincount(place, weights=weight[is_present]))
    median = distinct[np.searchsorted(below, below[-1] / 2)]
    return replace(feature, low=float(distinct[0]), high=float(distinct[-1]), median=float(median))
