import numpy as np
import pytest
from hypothesis import given, settings

from analytics.journey.path import paths_of
from analytics.journey.spec import PathSpec
from semantic.errors import UnknownNameError
from tests.analytics.funnel.drawn import LOGS
from tests.analytics.funnel.slow import log_of
from tests.analytics.journey.drawn import path_specs

LOG = log_of([(0, n, name) for n, name in enumerate("axbac")])


def told(spec: PathSpec, log=LOG) -> list[str]:
    """Return the labels of the path of the first unit."""
    found = paths_of(log, spec)
    return [found.labels[node] for node in found.nodes[0] if node >= 0]


def slow_path(names: list[str], spec: PathSpec) -> list[str]:
    """Return the path of one unit by walking it."""
    names = names if spec.direction == "from" else names[::-1]
    if spec.joins_repeats:
        names = [name for n, name in enumerate(names) if n == 0 or name != names[n - 1]]
    if spec.anchor is not None:
        names = names[names.index(spec.anchor) :] if spec.anchor in names else []
    goal = next((n for n, name in enumerate(names) if n and name in spec.goals), None)
    if goal is not None and goal <= spec.depth:
        return [*names[:goal], "Converted"]
    ended, goes_on = ("Dropped off", "Goes on") if spec.direction == "from" else ("Began", "Earlier")
    return [*names[: spec.depth], goes_on if len(names) > spec.depth else ended] if names else []


@settings(max_examples=300, deadline=None)
@given(LOGS, path_specs())
def test_paths_are_those_of_walking_each_unit(log, spec) -> None:
    found = paths_of(log, spec)
    by_unit = {int(unit): [log.names[code] for code in log.name[log.user == unit]] for unit in np.unique(log.user)}
    expected = {unit: path for unit, names in by_unit.items() if (path := slow_path(names, spec))}
    other = found.labels.index("Other")
    assert found.unit.tolist() == list(expected)
    for nodes, path in zip(found.nodes, expected.values(), strict=True):
        walked = [found.labels[node] for node in nodes if node >= 0]
        assert len(walked) == len(path)
        assert all(label in (name, found.labels[other]) for label, name in zip(walked, path, strict=True))


@given(LOGS, path_specs())
def test_a_position_shows_no_more_events_than_asked(log, spec) -> None:
    found = paths_of(log, spec)
    for column in found.nodes.T:
        assert np.unique(column[(column >= 0) & (column < len(log.names))]).size <= spec.n_nodes


@given(LOGS, path_specs())
def test_each_path_has_one_end_and_nothing_after_it(log, spec) -> None:
    found = paths_of(log, spec)
    is_end = found.nodes >= found.first_end
    assert (is_end.sum(axis=1) == 1).all()
    assert (np.argmax(is_end, axis=1) == (found.nodes >= 0).sum(axis=1) - 1).all()


def test_a_path_goes_from_the_first_anchor_and_to_the_last() -> None:
    assert told(PathSpec("a", depth=3)) == ["a", "x", "b", "Goes on"]
    assert told(PathSpec("a", "to", depth=3)) == ["a", "b", "x", "Earlier"]
    assert told(PathSpec("x", "to", depth=3)) == ["x", "a", "Began"]


def test_a_goal_ends_a_path() -> None:
    assert told(PathSpec(None, goals=("b",))) == ["a", "x", "Converted"]


def test_rare_events_of_a_position_are_other() -> None:
    log = log_of([(0, 0, "a"), (0, 1, "b"), (1, 0, "a"), (1, 1, "b"), (2, 0, "a"), (2, 1, "c")])
    found = paths_of(log, PathSpec("a", depth=2, n_nodes=1))
    assert [found.labels[node] for node in found.nodes[:, 1]] == ["b", "b", "Other"]


def test_an_unknown_anchor_is_named() -> None:
    with pytest.raises(UnknownNameError, match="unknown event 'z'"):
        paths_of(LOG, PathSpec("z"))
