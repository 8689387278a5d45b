import pytest

from semantic.database import engine_for
from semantic.drill_down import DrillDown
from semantic.errors import InputError
from semantic.sessions_page import PageQuery, Sort
from semantic.store import Store
from tests.etl.project import FIELDS, ROWS, Project


def test_every_record_is_loaded_a_duplicate_or_quarantined(any_project: Project) -> None:
    rows = [*ROWS, ROWS[0], ROWS[1].replace("99.5", "-1"), "short", ROWS[2].replace("s3", "s9").replace("yes", "maybe")]
    counts = any_project.load(rows).counts
    assert (counts.n_read, counts.n_loaded, counts.n_duplicates, counts.n_quarantined) == (8, 4, 1, 3)
    rules = any_project.query("SELECT line, column_name, rule FROM rejected_rows ORDER BY line")
    assert rules == [
        (7, "spent", "must be at least 0"),
        (8, "", "must be a readable record"),
        (9, "bought", "must be 0 or 1, true or false, yes or no"),
    ]


def test_loading_the_same_source_again_changes_nothing(any_project: Project) -> None:
    first = any_project.load()
    second = any_project.load()
    assert (first.changed, second.changed, second.version) == (True, False, 1)
    assert any_project.query("SELECT count(*) FROM runs") == [(1,)]


@pytest.mark.parametrize("change", ["source", "policy", "force"])
def test_a_change_of_source_or_policy_is_loaded(project: Project, change: str) -> None:
    project.load()
    if change == "policy":
        project.configure(fields={**FIELDS, "age": {"column": "age", "edges": [18, 40], "maximum": 40}})
    assert project.load(ROWS[:3] if change == "source" else None, force=change == "force").version == 2


def test_both_databases_hold_the_same(project: Project, new_mariadb_url: object) -> None:
    other = Project(project.folder, new_mariadb_url())  # type: ignore[operator]
    rows = [
        *ROWS,
        ROWS[0],
        ROWS[1].replace("99.5", "1"),
        ROWS[3].replace("s4", "sé😀\\").replace("mumbai", '"a, ""b"""'),
        "x",
    ]
    project.load(rows)
    other.load(rows)
    for table, columns in (
        ("sessions", "*"),
        ("rejected_rows", "line, column_name, rule, value, raw"),
        (
            "runs",
            "command, source, source_hash, policy_hash, status, n_read, n_loaded, n_duplicates, n_quarantined, version",
        ),
        ("snapshots", "version, run_id, table_name, n_rows, origin, catalog_hash, domains"),
        ("cube_parts", "*"),
    ):
        statement = f"SELECT {columns} FROM {table} ORDER BY 1"
        mine, theirs = (sorted(map(str, p.query(statement))) for p in (project, other))
        assert [
            t.replace("datetime.date(2026, 7, 1)", "'2026-07-01'").replace("datetime.date(2026, 7, 2)", "'2026-07-02'")
            for t in theirs
        ] == mine


def test_a_load_that_fails_leaves_the_data_as_it_was(any_project: Project) -> None:
    any_project.load()
    before = any_project.query("SELECT * FROM sessions"), any_project.tables()
    with pytest.raises(InputError):
        any_project.load(ROWS[:1])
    assert (any_project.query("SELECT * FROM sessions"), any_project.tables()) == before
    assert any_project.query("SELECT status FROM runs ORDER BY run_id") == [("succeeded",), ("failed",)]


def test_days_are_those_of_the_configured_zone(any_project: Project) -> None:
    any_project.configure(display={"timezone": "Asia/Kolkata"})
    any_project.load(["Old,0,s1,u1,2026-07-01T20:00:00Z,a,1,1,", "New,0,s2,u2,2026-07-01 20:00,a,1,1,"])
    assert [str(day) for (day,) in any_project.query("SELECT day FROM sessions ORDER BY row_id")] == [
        "2026-07-02",
        "2026-07-01",
    ]


def pages(project: Project, sort: str, find: str = "") -> tuple[str, list[object]]:
    store = Store(engine_for(project.url, read_only=True), project.config.catalog)
    page = DrillDown(store).page(PageQuery(sort=Sort.from_text(sort), find=find))
    store.engine.dispose()
    return page.origin, [row["session_id"] for row in page.records()]


def test_pages_of_sessions_fit_what_was_kept(any_project: Project) -> None:
    rows = ["short", ROWS[0], ROWS[0], *ROWS[1:], ROWS[1].replace("99.5", "-1"), ROWS[0].replace("s1", "s9")]
    any_project.load([*rows, ROWS[0].replace("s1", "s9").replace("12.5", "13")])
    assert pages(any_project, "row_id") == ("index", ["s1", "s2", "s3", "s4"])
    assert pages(any_project, "-time_spent_s") == ("index", ["s3", "s1", "s2", "s4"])


@pytest.mark.parametrize(("find", "ids"), [("u2", ["s6", "s2"]), ("s3", ["s3"]), ("u9", []), ("(missing)", [])])
def test_a_session_or_user_is_found_by_the_index(any_project: Project, find: str, ids: list[str]) -> None:
    any_project.load([*ROWS, ROWS[0].replace("s1,u1", "s6,u2"), ROWS[0].replace("s1,u1", "s7,")])
    assert pages(any_project, "-time_spent_s", find) == ("index", ids)


def test_after_an_append_pages_are_found_by_the_index_of_all_rows(any_project: Project) -> None:
    any_project.load()
    any_project.append([ROWS[3].replace(",1,0", ",50,0"), ROWS[0].replace("s1", "s5")])
    assert pages(any_project, "-time_spent_s") == ("index", ["s4", "s3", "s1", "s5", "s2"])
    assert pages(any_project, "row_id") == ("index", ["s1", "s2", "s3", "s4", "s5"])
