"""A join must not multiply sessions: a lookup in which a key stands twice would count its sessions twice.

| user | country |
| ---- | ------- |
| u1   | IN      |
| u1   | IN      |   <- a plain join makes two sessions of u1's one
"""

import pytest

from semantic.errors import InputError
from tests.etl.project import FIELDS, ROWS, Project
from tests.traps.conftest import Ask


def with_lookup(project: Project, *rows: str) -> None:
    (project.folder / "countries.csv").write_text("\n".join(["user,country", *rows]) + "\n", encoding="utf-8")
    source = {"kind": "csv", "path": "log.csv", "lookups": [{"path": "countries.csv", "on": "user"}]}
    project.configure(source=source, fields={**FIELDS, "country": {"column": "country", "kind": "category"}})


def test_each_session_is_counted_once(project: Project, ask: Ask) -> None:
    with_lookup(project, "u1,IN", "u2,IN", "u3,US", "u4,US", "u9,CA")
    project.load(ROWS)
    answer = ask("n_sessions", "country")
    assert dict(zip(answer.members["country"], answer["n_sessions"], strict=True)) == {"IN": 2, "US": 2}


def test_a_user_of_many_sessions_does_not_multiply_them(project: Project, ask: Ask) -> None:
    with_lookup(project, "u1,IN")
    project.load([f"{'Old' if i else 'New'},{i % 2},s{i},u1,2026-07-01 10:00:00,Delhi,30,10,5" for i in range(7)])
    total = ask("n_sessions n_converted sum_revenue")
    assert [float(total[name]) for name in ("n_sessions", "n_converted", "sum_revenue")] == [7, 3, 35]


def test_a_session_without_a_match_is_kept_as_missing(project: Project, ask: Ask) -> None:
    with_lookup(project, "u1,IN")
    project.load(ROWS)
    answer = ask("n_sessions", "country")
    assert answer["n_sessions"].sum() == len(ROWS)
    assert answer.members["country"][-1] == "(missing)"


def test_a_key_with_two_different_rows_is_refused(project: Project) -> None:
    with_lookup(project, "u1,IN", "u1,US")
    with pytest.raises(InputError, match="'u1'"):
        project.load(ROWS)


def test_a_key_with_two_equal_rows_is_joined_once(project: Project, ask: Ask) -> None:
    with_lookup(project, "u1,IN", "u1,IN")
    project.load(ROWS)
    assert ask("n_sessions")["n_sessions"] == len(ROWS)
