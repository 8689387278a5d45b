"""A user who saw two engines belongs to neither alone.

| session | user | variant | at     | keep | exclude     | first       |
| ------- | ---- | ------- | ------ | ---- | ----------- | ----------- |
| a       | u1   | Old     | 1 July | Old  | quarantined | Old         |
| b       | u1   | New     | 2 July | New  | quarantined | quarantined |
| c       | u1   | Old     | 3 July | Old  | quarantined | Old         |
| d       | u2   | New     | 1 July | New  | New         | New         |
| e       | (no) | Old     | 1 July | Old  | Old         | Old         |
"""

import pytest

from tests.etl.project import Project
from tests.traps.conftest import Ask

ROWS = (
    "New,1,b,u1,2026-07-02 10:00:00,Delhi,30,10,5",
    "Old,1,a,u1,2026-07-01 10:00:00,Delhi,30,10,5",
    "Old,0,c,u1,2026-07-03 10:00:00,Delhi,30,10,5",
    "New,0,d,u2,2026-07-01 10:00:00,Delhi,30,10,5",
    "Old,0,e,,2026-07-01 10:00:00,Delhi,30,10,5",
)
POLICIES = [("keep", {"Old": 3, "New": 2}), ("exclude", {"Old": 1, "New": 1}), ("first", {"Old": 3, "New": 1})]


@pytest.mark.parametrize(("policy", "expected"), POLICIES)
def test_the_policy_decides_what_counts(project: Project, ask: Ask, policy: str, expected: dict[str, float]) -> None:
    project.configure(cleaning={"users_in_two_variants": policy, "max_quarantined": 1})
    project.load(ROWS)
    answer = ask("n_sessions", "variant")
    assert dict(zip(answer.members["variant"], answer["n_sessions"], strict=True)) == expected


@pytest.mark.parametrize(("policy", "expected"), POLICIES)
def test_read_is_loaded_and_duplicates_and_quarantined(project: Project, policy: str, expected: dict[str, int]) -> None:
    project.configure(cleaning={"users_in_two_variants": policy, "max_quarantined": 1})
    counts = project.load(ROWS).counts
    assert counts.n_read == counts.n_loaded + counts.n_duplicates + counts.n_quarantined == 5
    assert counts.n_loaded == sum(expected.values())


@pytest.mark.parametrize("policy", ["keep", "exclude", "first"])
def test_such_users_are_counted_under_every_policy(project: Project, policy: str) -> None:
    project.configure(cleaning={"users_in_two_variants": policy, "max_quarantined": 1})
    assert project.load(ROWS).counts.n_users_in_two_variants == 1


def test_sessions_without_a_user_are_no_user(project: Project) -> None:
    project.configure(cleaning={"users_in_two_variants": "exclude"})
    rows = [f"{variant},0,s{i},,2026-07-01 10:00:00,Delhi,30,10,5" for i, variant in enumerate(["Old", "New"])]
    assert project.load(rows).counts.n_loaded == 2
