import json

import pytest

from etl.pipeline.staging import CONFLICT
from tests.etl.project import FIELDS, ROWS, Project

TWICE = (*ROWS, ROWS[0], ROWS[1].replace("99.5", "100"), ROWS[0].replace("Old,0", "OLD,no"))


def counts(project: Project) -> tuple[int, ...]:
    (row,) = project.query(
        "SELECT n_read, n_loaded, n_duplicates, n_quarantined FROM runs ORDER BY run_id DESC LIMIT 1"
    )
    return row


def test_equal_sessions_are_dropped_and_conflicting_ones_quarantined(any_project: Project) -> None:
    any_project.load(TWICE)
    assert counts(any_project) == (7, 3, 2, 2)
    rejected = any_project.query("SELECT line, column_name, rule, value, raw FROM rejected_rows ORDER BY line")
    assert [row[:4] for row in rejected] == [(3, "session", CONFLICT, "s2"), (7, "session", CONFLICT, "s2")]
    assert [json.loads(row[4])["spent"] for row in rejected] == ["99.5", "100"]


@pytest.mark.parametrize(("policy", "revenue"), [("first", 99.5), ("last", 100.0)])
def test_one_of_two_conflicting_sessions_may_win(any_project: Project, policy: str, revenue: float) -> None:
    any_project.configure(cleaning={"conflicting": policy})
    any_project.load(TWICE)
    assert counts(any_project) == (7, 4, 3, 0)
    assert any_project.query("SELECT revenue FROM sessions WHERE session_id = 's2'") == [(revenue,)]


@pytest.mark.parametrize(("policy", "left"), [("keep", 5), ("exclude", 3), ("first", 4)])
def test_users_in_two_variants_follow_the_policy_and_are_counted(any_project: Project, policy: str, left: int) -> None:
    any_project.configure(cleaning={"users_in_two_variants": policy})
    any_project.load([*ROWS[:3], ROWS[3].replace("u4", "u1"), ROWS[3].replace("s4", "s5")])
    assert any_project.query("SELECT n_loaded, n_users_in_two_variants FROM runs") == [(left, 1)]


def test_a_user_seen_in_a_rejected_record_was_still_exposed(project: Project) -> None:
    project.configure(cleaning={"users_in_two_variants": "exclude"})
    project.load([*ROWS, "New,1,s9,u1,2026-07-03,Delhi,999,5,"])
    assert project.query("SELECT session_id FROM sessions WHERE user_id = 'u1'") == []


@pytest.mark.parametrize(("identical", "loaded", "duplicates"), [("drop", 4, 1), ("keep", 5, 0)])
def test_equal_records_without_an_id_follow_the_policy(
    any_project: Project, identical: str, loaded: int, duplicates: int
) -> None:
    fields = {name: spec for name, spec in FIELDS.items() if name != "session_id"}
    any_project.configure(fields=fields, cleaning={"identical": identical})
    any_project.load([*ROWS, ROWS[0]])
    assert counts(any_project) == (5, loaded, duplicates, 0)


def test_sessions_stand_on_the_line_of_their_record(project: Project) -> None:
    project.load(TWICE)
    assert project.query("SELECT row_id, session_id FROM sessions ORDER BY 1") == [(2, "s1"), (4, "s3"), (5, "s4")]
