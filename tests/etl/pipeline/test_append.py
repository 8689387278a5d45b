from collections.abc import Sequence
from importlib import import_module

import numpy as np
import pytest

from etl.pipeline import verify
from semantic.database import engine_for
from semantic.errors import ConfigError, StoreError
from semantic.schema import INDEX_PARTS
from semantic.store import Store
from semantic.units import FIRST_DAY, UnitAnswer, UnitColumn, UnitQuery
from tests.etl.project import FIELDS, ROWS, Project

module = import_module("etl.pipeline.append")
LATER = (
    ROWS[0],
    ROWS[1].replace("99.5", "50").replace(" bengaluru ", "Pune"),
    "new,1,s8,u8,2026-07-05 08:00:00,BANGALORE,22,3,5",
)


def test_new_sessions_are_added_changed_ones_replaced_and_known_ones_counted(any_project: Project) -> None:
    any_project.load()
    outcome = any_project.append(LATER)
    counts = outcome.counts
    assert (counts.n_read, counts.n_loaded, counts.n_duplicates, counts.n_quarantined) == (3, 2, 1, 0)
    rows = any_project.query("SELECT session_id, location, revenue FROM sessions ORDER BY session_id")
    assert rows == [
        ("s1", "Bangalore", 0),
        ("s2", "Pune", 50),
        ("s3", "MUMBAI", 10),
        ("s4", "MUMBAI", 0),
        ("s8", "Bangalore", 5),
    ]


def test_the_cube_follows_an_append(any_project: Project) -> None:
    any_project.load()
    any_project.append(LATER)
    assert verify(any_project.config) > 0
    assert any_project.query("SELECT version, table_name, n_rows FROM snapshots ORDER BY 1") == [
        (1, "sessions_1", 4),
        (2, "sessions_1", 5),
    ]


def test_appending_the_same_again_changes_nothing(any_project: Project) -> None:
    any_project.load()
    any_project.append(LATER)
    before = any_project.query("SELECT * FROM sessions ORDER BY session_id")
    assert not any_project.append(LATER).changed
    any_project.append(ROWS[2:])
    assert not any_project.append(LATER).changed
    assert any_project.query("SELECT * FROM sessions ORDER BY session_id") == before
    assert any_project.query("SELECT max(version) FROM snapshots") == [(2,)]


def test_no_staged_table_stays(any_project: Project) -> None:
    any_project.load()
    any_project.append(LATER)
    assert {name for name in any_project.tables() if name[-1].isdigit()} == {"sessions_1"}


def test_an_append_to_nothing_is_a_load(project: Project) -> None:
    assert project.append(ROWS).command == "load"


def test_users_of_stored_sessions_count_as_exposed(project: Project) -> None:
    project.load()
    outcome = project.append([ROWS[1].replace("s2", "s9").replace("u2", "u1")])
    assert outcome.counts.n_users_in_two_variants == 1


def test_an_append_under_another_configuration_is_refused(project: Project) -> None:
    project.load()
    project.configure(fields={name: spec for name, spec in FIELDS.items() if name != "age"})
    with pytest.raises(StoreError, match="loaded with another configuration"):
        project.append(LATER)


@pytest.mark.parametrize("policy", ["exclude", "first"])
def test_a_policy_that_looks_back_needs_the_whole_log(project: Project, policy: str) -> None:
    project.configure(cleaning={"users_in_two_variants": policy})
    with pytest.raises(ConfigError, match=f"users_in_two_variants is {policy}"):
        project.append(LATER)


def test_ids_made_from_the_source_differ_from_file_to_file(project: Project) -> None:
    project.configure(
        fields={name: spec for name, spec in FIELDS.items() if name != "session_id"}, cleaning={"identical": "keep"}
    )
    project.load()
    project.append(LATER)
    assert project.query("SELECT count(*) FROM sessions") == [(7,)]


@pytest.mark.parametrize("is_counted_anew", [False, True])
def test_sums_over_users_follow_an_append(
    any_project: Project, monkeypatch: pytest.MonkeyPatch, is_counted_anew: bool
) -> None:
    if is_counted_anew:
        monkeypatch.setattr(module, "add_cubes", lambda *cubes: None)
    any_project.load()
    any_project.append(
        [*LATER, "old,1,s9,u1,2026-06-28 08:00:00,Goa,22,3,9", "old,0,s10,,2026-07-06 08:00:00,Goa,,3,1"]
    )
    found = units(any_project)
    with engine_for(any_project.url, read_only=False).begin() as connection:
        connection.execute(INDEX_PARTS.delete())
    wanted = units(any_project)
    assert [answer.origin for answer in (*found, *wanted)] == ["index", "index", "sql", "sql"]
    for one, other in zip(found, wanted, strict=True):
        np.testing.assert_allclose(one.products, other.products, rtol=1e-12)
        np.testing.assert_array_equal(one.n, other.n)


def units(project: Project) -> Sequence[UnitAnswer]:
    """Return sums over users by place and by first day."""
    store = Store(engine_for(project.url, read_only=True), project.config.catalog)
    columns = UnitColumn("sessions", "n_sessions"), UnitColumn("revenue", "sum_revenue")
    answers = store.answers([UnitQuery(columns, by) for by in (("variant", "location"), (FIRST_DAY, "variant"))])
    store.engine.dispose()
    return answers
