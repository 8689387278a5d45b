import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.pipeline import users as module
from etl.pipeline.users import Exposures, FirstSeen, UserPolicy, policy_for, user_hashes

RECORDS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", None]), st.sampled_from(["Old", "New", None]), st.integers(1, 5))
)


def frames_of(records: list[tuple[str | None, str | None, int]], size: int = 3) -> list[pd.DataFrame]:
    parts = [records[i : i + size] for i in range(0, len(records), size)]
    return [
        pd.DataFrame(
            {
                "user_id": pd.Series([user for user, _, _ in part], dtype=object),
                "variant": pd.Categorical([variant for _, variant, _ in part], ["New", "Old"]),
                "started_at": [float(at) for _, _, at in part],
            }
        )
        for part in parts
    ]


def expected(records: list[tuple[str | None, str | None, int]], policy: str) -> list[bool]:
    """Return by plain loops which records go."""
    seen: dict[str, list[tuple[int, int, str]]] = {}
    for place, (user, variant, at) in enumerate(records):
        if user and variant:
            seen.setdefault(user, []).append((at, place, variant))
    two = {user: min(all_)[2] for user, all_ in seen.items() if len({v for _, _, v in all_}) > 1}
    return [user in two and (policy == "exclude" or variant != two[user]) for user, variant, _ in records]


@given(RECORDS, st.sampled_from(["exclude", "first"]))
def test_policies_are_those_of_plain_loops(records: list[tuple[str | None, str | None, int]], policy: str) -> None:
    frames = frames_of(records)
    found = policy_for(policy, "user", frames, frames)
    masks = [found.faults(frame)[0].mask if found.faults(frame) else np.zeros(len(frame), bool) for frame in frames]
    assert [bool(bad) for mask in masks for bad in mask] == expected(records, policy)


@given(RECORDS)
def test_users_in_two_variants_are_counted(records: list[tuple[str | None, str | None, int]]) -> None:
    exposures = Exposures()
    for frame in frames_of(records):
        exposures.add(frame)
    variants = {user: {v for u, v, _ in records if u == user and v} for user, _, _ in records if user}
    assert len(exposures.in_two_variants()) == sum(len(v) > 1 for v in variants.values())


def test_memory_is_merged_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PORTION", 2)
    exposures = Exposures()
    for frame in frames_of([("a", "Old", 1), ("b", "Old", 1), ("a", "New", 2), ("a", "Old", 3)], size=1):
        exposures.add(frame)
    assert len(exposures.in_two_variants()) == 1


def test_without_a_time_the_first_session_to_arrive_counts() -> None:
    frames = [frame.drop(columns="started_at") for frame in frames_of([("a", "New", 9), ("a", "Old", 1)], size=1)]
    first = FirstSeen(np.unique(user_hashes(frames[0])))
    for frame in frames:
        first.add(frame)
    assert first.variants() == ("New",)


def test_to_keep_reads_nothing() -> None:
    policy = policy_for("keep", "user", iter([]), iter([]))
    assert policy == UserPolicy("user", policy.users)
    assert policy.faults(frames_of([("a", "Old", 1)])[0]) == []


def test_a_log_without_users_has_none_in_two_variants() -> None:
    exposures = Exposures()
    exposures.add(pd.DataFrame({"variant": pd.Categorical(["Old"])}))
    assert len(exposures.in_two_variants()) == 0
