from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from config import Config
from model.examples import OTHER, Examples, Feature
from model.reading.features import MOST_MEMBERS, features_of, with_ranges
from model.task import ARRIVAL, RETROSPECTIVE
from semantic.catalog import Dimension
from semantic.domain import Domain
from semantic.store import Store


def test_a_visitor_who_arrives_has_spent_no_time_yet(sqlite: tuple[Store, Config]) -> None:
    store, config = sqlite
    arrival, later = (features_of(config, store.snapshot(), task) for task in (ARRIVAL, RETROSPECTIVE))
    assert [f.name for f in arrival] == ["variant", "device", "location", "category", "gender", "age"]
    assert [f.name for f in later if f not in arrival] == ["time_spent_s", "pages_viewed"]


def test_neither_days_nor_ids_nor_amounts_nor_the_outcome_are_features(sqlite: tuple[Store, Config]) -> None:
    store, config = sqlite
    names = {f.name for f in features_of(config, store.snapshot(), RETROSPECTIVE)}
    assert names.isdisjoint({"day", "started_at", "user_id", "session_id", "revenue", "converted"})


def test_what_the_engine_chose_is_marked(sqlite: tuple[Store, Config]) -> None:
    store, config = sqlite
    features = {f.name: f for f in features_of(config, store.snapshot(), RETROSPECTIVE)}
    assert [name for name, f in features.items() if f.is_chosen_by_engine] == ["category"]
    assert ("Bombay", "Mumbai") in features["location"].aliases


def snapshot_of(n_members: int) -> tuple[object, Config]:
    words = tuple(f"m{place}" for place in range(n_members))
    dimension = Dimension("device", "Device", "device", "category")
    n = np.array([0.0, *range(1, n_members)])
    cube = SimpleNamespace(answers=lambda queries, version: [{"n_sessions": n}])
    snapshot = SimpleNamespace(cube=cube, version=1, domains={"device": Domain(dimension, words)})
    config = SimpleNamespace(
        catalog=SimpleNamespace(dimensions=(dimension,)), fields={"device": SimpleNamespace(aliases={})}
    )
    return snapshot, config  # type: ignore[return-value]


def test_members_that_no_session_has_are_not_known() -> None:
    snapshot, config = snapshot_of(3)
    assert features_of(config, snapshot, ARRIVAL)[0].members == ("m1", "m2")  # type: ignore[arg-type]


def test_the_rarest_of_many_members_become_one() -> None:
    snapshot, config = snapshot_of(300)
    members = features_of(config, snapshot, ARRIVAL)[0].members  # type: ignore[arg-type]
    assert len(members) == MOST_MEMBERS
    assert (members[0], members[-2], members[-1]) == ("m46", "m299", OTHER)


def test_ranges_and_absence_are_as_in_the_rows() -> None:
    age, device = Feature("age", "Age", "number"), Feature("device", "Device", "category", ("a", "b"))
    examples = Examples((age, device), np.array([[30, 0], [np.nan, 1], [18, 1]]), np.zeros(3), np.ones(3), np.arange(3))
    assert with_ranges(examples).features == (replace(age, low=18.0, high=30.0, median=18.0, has_missing=True), device)


def test_the_median_is_that_of_sessions_not_of_rows() -> None:
    age, x = Feature("age", "Age", "number"), np.array([[20.0], [30], [40]])
    examples = Examples((age,), x, np.zeros(3), np.array([1.0, 1, 5]), np.arange(3))
    assert with_ranges(examples).features[0].median == 40
