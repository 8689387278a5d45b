"""The most frequent member of each dimension, as a plain count has it."""

from pathlib import Path

from dashboard.typical import typical_members
from semantic.store import Store
from tests.dashboard.sample import Sample, sample_config, sample_frame, sample_store

FRAME = sample_frame(Sample())


def test_the_most_frequent_members_are_those_of_a_plain_count(loaded_store: Store) -> None:
    found = typical_members(loaded_store)
    assert set(found) == {"variant", "device", "location", "category", "gender"}
    assert all(member == FRAME[name].value_counts().idxmax() for name, member in found.items())


def test_without_sessions_nothing_is_typical(tmp_path: Path) -> None:
    store = sample_store(sample_config(tmp_path), Sample(n_sessions=0))
    assert typical_members(store) == {}
    store.disconnect()
